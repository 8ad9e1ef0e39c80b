import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../main/ipc/handlers/settings';
import { Notices } from '../../renderer/state/notices.svelte';
import { Workspace } from '../../renderer/state/workspace.svelte';
import type { RecordDetail } from '../../renderer/state/types';
import { TestBridge, refuse } from './bridge';
import { idOf, sampleDetail, sampleFields } from './samples';

/** A vault of three records behind the bridge. */
function setup() {
  const records = new Map<string, RecordDetail>([1, 2, 3].map((number) => [idOf(number), sampleDetail(number)]));
  const change = (id: string, changes: Partial<RecordDetail>) => {
    records.set(id, { ...records.get(id)!, ...changes });
    return {};
  };
  const bridge = new TestBridge({
    'kinds:list': () => [
      {
        kind: 'key-pair',
        label: 'Key pair',
        labelPlural: 'Key pairs',
        isTyped: false,
        isDraggable: true,
        fields: [...sampleFields],
      },
    ],
    'settings:get': () => ({ ...defaultSettings, lockAfterMinutes: 10, hideRevealedAfterSeconds: 30 }),
    'vault:integrity': () => ({ state: 'whole', checked: 3, total: 3, warnings: [] }),
    'export:list': () => [],
    'record:facets': () => ({ total: 3, favourites: 0, trashed: 0, kinds: [], accounts: [], tags: [] }),
    'record:list': ({ view }) => {
      const isShown = (row: RecordDetail) => (view === 'trash') === (row.trashedAtMs !== null);
      const shown = [...records.values()].filter(isShown);
      const rows = shown.map(({ id, kind, title, subtitle, tags, isFavourite, updatedAtMs, trashedAtMs }) => {
        return { id, kind, title, subtitle, tags, isFavourite, updatedAtMs, trashedAtMs };
      });
      return { rows, total: rows.length };
    },
    'record:get': ({ id }) => records.get(id) ?? refuse('not-found'),
    'record:trash': ({ id }) => change(id, { trashedAtMs: 1 }),
    'record:restore': ({ id }) => change(id, { trashedAtMs: null }),
    'record:purge': ({ id }) => (records.delete(id) ? {} : refuse('not-found')),
  });
  const workspace = new Workspace(bridge.api);
  return { records, bridge, workspace, settle: () => vi.advanceTimersByTimeAsync(0) };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('workspace', () => {
  test('moves to the trash with a way back', async () => {
    const { workspace, settle } = setup();
    workspace.connect();
    await settle();
    workspace.select(idOf(2));
    await settle();
    await workspace.trash();
    expect(workspace.navigation.selectedId).toBeNull();
    expect(workspace.list.rows.map(({ id }) => id)).toEqual([idOf(1), idOf(3)]);
    const [notice] = workspace.notices.items;
    expect([notice?.text, notice?.action?.label]).toEqual(['Moved to trash', 'Undo']);
    notice?.action?.run();
    await settle();
    expect(workspace.list.rows).toHaveLength(3);
    expect(workspace.current.detail?.id).toBe(idOf(2));
  });

  test('a search that found nothing where it was goes on in all items', async () => {
    const { bridge, workspace, settle } = setup();
    workspace.connect();
    workspace.go('favourites');
    await settle();
    await workspace.list.search('web');
    await workspace.list.narrow({ kind: 'key-pair', account: null, tag: null });
    workspace.searchAll();
    await settle();
    expect([workspace.navigation.section, workspace.list.view, workspace.list.isFiltered]).toEqual([
      'all',
      'all',
      false,
    ]);
    expect(workspace.list.query).toBe('web');
    expect(bridge.requestsOf('record:list').at(-1)).toMatchObject({
      query: 'web',
      view: 'all',
      filter: { kind: null, account: null, tag: null },
    });
  });

  test('restores from the trash with a way back', async () => {
    const { records, workspace, settle } = setup();
    workspace.connect();
    workspace.select(idOf(2));
    await settle();
    await workspace.trash();
    workspace.go('trash');
    workspace.select(idOf(2));
    await settle();
    await workspace.restore();
    expect(records.get(idOf(2))?.trashedAtMs).toBeNull();
    // The offer to take the step before back is gone: it was overtaken.
    const [notice, ...others] = workspace.notices.items;
    expect([notice?.text, notice?.action?.label, others]).toEqual(['Restored', 'Undo', []]);
    notice?.action?.run();
    await settle();
    expect(records.get(idOf(2))?.trashedAtMs).not.toBeNull();
    expect(workspace.list.rows.map(({ id }) => id)).toEqual([idOf(2)]);
    expect(workspace.current.detail?.id).toBe(idOf(2));
  });

  test('deleting for ever takes the offer to undo away', async () => {
    const { records, workspace, settle } = setup();
    workspace.connect();
    workspace.select(idOf(2));
    await settle();
    await workspace.trash();
    workspace.go('trash');
    workspace.select(idOf(2));
    await settle();
    await workspace.purge();
    expect(records.has(idOf(2))).toBe(false);
    expect(workspace.notices.items.map(({ text, action }) => [text, action])).toEqual([['Deleted for ever', null]]);
  });

  test('asks before unsaved changes are dropped, and stays if told to', async () => {
    const { workspace, settle } = setup();
    workspace.connect();
    workspace.select(idOf(1));
    await settle();
    workspace.current.isEditing = true;
    workspace.current.hasUnsavedChanges = true;
    workspace.select(idOf(2));
    expect(workspace.navigation.pending).not.toBeNull();
    workspace.navigation.stay();
    expect([workspace.navigation.selectedId, workspace.current.isEditing]).toEqual([idOf(1), true]);
    workspace.go('settings');
    workspace.navigation.discard();
    await settle();
    expect(workspace.navigation.section).toBe('settings');
    expect(workspace.current.detail).toBeNull();
  });

  test('follows changes of the records, but leaves an open form alone', async () => {
    const { records, bridge, workspace, settle } = setup();
    workspace.connect();
    workspace.select(idOf(1));
    await settle();
    records.set(idOf(1), sampleDetail(1, { title: 'Renamed elsewhere' }));
    workspace.current.isEditing = true;
    bridge.emit('records:changed');
    await settle();
    expect(workspace.current.detail?.title).toBe('Key 1');
    workspace.current.isEditing = false;
    bridge.emit('records:changed');
    await settle();
    expect(workspace.current.detail?.title).toBe('Renamed elsewhere');
  });

  test('a record begins with a step once, and not any more after another one was chosen', async () => {
    const { workspace, settle } = setup();
    const { navigation } = workspace;
    const take = (number: number) => navigation.takeFirstStep(idOf(number), 'add-device');
    workspace.goTo(idOf(1), 'add-device');
    await settle();
    expect(navigation.takeFirstStep(idOf(1), 'begin-rotation')).toBe(false);
    expect([take(2), take(1), take(1)]).toEqual([false, true, false]);
    workspace.goTo(idOf(1), 'add-device');
    workspace.goTo(idOf(2));
    workspace.goTo(idOf(1));
    expect(take(1)).toBe(false);
  });

  test('the form of a record opens at a field, and the next time at its beginning', async () => {
    const { workspace, settle } = setup();
    workspace.edit(idOf(1), 'status');
    await settle();
    expect([workspace.current.isEditing, workspace.current.firstField]).toEqual([true, 'status']);
    workspace.select(idOf(2));
    await settle();
    expect([workspace.current.isEditing, workspace.current.firstField]).toEqual([false, null]);
  });

  test('is empty only if nothing was found without a search', async () => {
    const { records, workspace, settle } = setup();
    expect(workspace.isVaultEmpty).toBe(false);
    records.clear();
    workspace.connect();
    await settle();
    expect(workspace.isVaultEmpty).toBe(true);
    void workspace.list.search('x');
    expect(workspace.isVaultEmpty).toBe(false);
  });

  test('shows what a restored backup holds', async () => {
    const { records, workspace, settle } = setup();
    workspace.connect();
    workspace.select(idOf(1));
    await settle();
    records.delete(idOf(1));
    await workspace.restored();
    expect(workspace.list.rows).toHaveLength(2);
    expect([workspace.current.detail, workspace.notices.items[0]?.text]).toEqual([
      null,
      expect.stringContaining('kept aside'),
    ]);
  });

  test('listens no more once it is gone', () => {
    const { bridge, workspace } = setup();
    const disconnect = workspace.connect();
    disconnect();
    const events = ['records:changed', 'integrity:changed', 'ways:changed'] as const;
    expect(events.map((event) => bridge.listeners(event))).toEqual([0, 0, 0]);
  });
});

describe('messages', () => {
  test('go after five seconds, later with a step to take, and never while the pointer is on them', async () => {
    const notices = new Notices();
    notices.show('Copied');
    notices.show('Moved to trash', { action: { label: 'Undo', run: () => undefined } });
    await vi.advanceTimersByTimeAsync(5000);
    expect(notices.items.map(({ text }) => text)).toEqual(['Moved to trash']);
    notices.resume(notices.items[0]!.id);
    notices.pause(notices.items[0]!.id);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(notices.items).toHaveLength(1);
    notices.resume(notices.items[0]!.id);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(notices.items).toHaveLength(0);
  });

  test('a plain one takes the place of the one before', () => {
    const notices = new Notices();
    for (const text of ['Copied', 'Saved', 'Copied']) notices.show(text);
    expect(notices.items.map(({ text }) => text)).toEqual(['Copied']);
  });
});
