import { describe, expect, test } from 'vitest';
import { Outside } from '../../renderer/state/outside.svelte';
import { QuickAccess } from '../../renderer/state/quick-access.svelte';
import type { QuickRecord, TrayStatus } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';

const record = (n: number, ...labels: string[]): QuickRecord => ({
  id: String(n).repeat(32),
  title: `Record ${n}`,
  subtitle: '',
  kindLabel: 'Access key',
  actions: labels.map((label) => ({ name: label, label, isSecret: false })),
});
const rows = [record(1, 'id', 'secret'), record(2, 'id'), record(3)];

describe('quick access', () => {
  async function setUp() {
    const bridge = new TestBridge({
      'quick:search': ({ query }) => (query === 'none' ? [] : rows),
      'quick:copy': () => ({}),
      'quick:close': () => ({}),
    });
    const quick = new QuickAccess(bridge.api);
    await quick.search();
    return { bridge, quick };
  }

  test('begins with the first record and its first action; Enter copies it', async () => {
    const { bridge, quick } = await setUp();
    expect([quick.chosen, quick.action?.name, quick.isFirstAction]).toEqual([rows[0], 'id', true]);
    await quick.run();
    expect(bridge.requestsOf('quick:copy')).toEqual([{ id: rows[0]?.id, action: 'id' }]);
  });

  test('goes round the records and round the actions; another record begins with its first', async () => {
    const { quick } = await setUp();
    quick.moveAction(1);
    expect(quick.action?.name).toBe('secret');
    quick.moveAction(1);
    expect(quick.action?.name).toBe('id');
    quick.moveAction(-1);
    quick.move(1);
    expect([quick.chosen?.title, quick.action?.name]).toEqual(['Record 2', 'id']);
    quick.move(-2);
    expect(quick.chosen?.title).toBe('Record 3');
    quick.move(1);
    expect(quick.chosen?.title).toBe('Record 1');
  });

  test('does nothing where nothing is found, or nothing can be copied', async () => {
    const { bridge, quick } = await setUp();
    quick.choose(rows[2]?.id ?? '');
    quick.moveAction(1);
    await quick.run();
    quick.query = 'none';
    await quick.search();
    quick.move(1);
    await quick.run();
    expect([quick.rows, quick.chosen, bridge.requestsOf('quick:copy')]).toEqual([[], null, []]);
  });

  test('shows the answer to what was typed last', async () => {
    const slow = later<QuickRecord[]>();
    const bridge = new TestBridge({ 'quick:search': ({ query }) => (query === 'slow' ? slow.promise : [record(4)]) });
    const quick = new QuickAccess(bridge.api);
    quick.query = 'slow';
    const first = quick.search();
    quick.query = 'fast';
    await quick.search();
    slow.settle(rows);
    await first;
    expect(quick.chosen?.title).toBe('Record 4');
  });

  test('says why it could not copy', async () => {
    const bridge = new TestBridge({
      'quick:search': () => rows,
      'quick:copy': () => refuse('not-found', 'item: it is in the trash'),
    });
    const quick = new QuickAccess(bridge.api);
    await quick.search();
    await quick.run();
    expect(quick.failure).toMatch(/trash/);
  });
});

describe('tray and keys', () => {
  function setUp(given: Partial<TrayStatus> = {}) {
    let tray: TrayStatus = { isWanted: true, state: 'missing', isNoticeDue: true, ...given };
    const bridge = new TestBridge({
      'tray:status': () => tray,
      'tray:told': () => {
        tray = { ...tray, isNoticeDue: false };
        return {};
      },
      'tray:set': ({ isWanted }) => ({ ...tray, isWanted, state: 'off' }),
      'shortcut:status': () => ({ keys: 'Alt+K', state: 'ready' }),
      'shortcut:set': ({ keys }) => (keys === 'k' ? refuse('bad-request') : { keys, state: 'taken' }),
    });
    const become = (state: TrayStatus['state']) => {
      tray = { ...tray, state };
    };
    return { bridge, become, outside: new Outside(bridge.api) };
  }

  test('a missing tray is told of once, until the user hides it or it comes', async () => {
    const { bridge, become, outside } = setUp();
    await outside.loadTray();
    await outside.loadTray();
    expect([outside.isNoticeShown, bridge.requestsOf('tray:told').length]).toEqual([true, 1]);
    become('shown');
    await outside.loadTray();
    expect(outside.isNoticeShown).toBe(false);
    become('missing');
    await outside.loadTray();
    expect(outside.isNoticeShown).toBe(false);
  });

  test('the tray is followed until that is ended', () => {
    const { bridge, outside } = setUp({ state: 'shown', isNoticeDue: false });
    const end = outside.connect();
    bridge.emit('tray:changed');
    expect(bridge.requestsOf('tray:status')).toHaveLength(2);
    end();
    expect(bridge.listeners('tray:changed')).toBe(0);
  });

  test('wishes are kept, and what is refused says why', async () => {
    const { outside } = setUp();
    expect(await outside.wantTray(false)).toBe(true);
    expect(outside.tray?.state).toBe('off');
    await outside.loadShortcut();
    expect(await outside.useKeys('k')).toBe(false);
    expect([outside.failure === null, outside.shortcut?.keys]).toEqual([false, 'Alt+K']);
    expect(await outside.useKeys('Alt+L')).toBe(true);
    expect([outside.failure, outside.shortcut]).toEqual([null, { keys: 'Alt+L', state: 'taken' }]);
  });
});
