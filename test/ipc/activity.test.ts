import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CofferError } from '../../main/errors';
import { labels, setUpBridge } from '../support/bridge';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  await bridge.createVault();
  // That the vault was made is an event of its own.
  bridge.activity.clear();
  bridge.activity.save();
});
afterEach(() => {
  vi.useRealTimers();
  bridge.remove();
});

const bytesOf = (text: string) => new TextEncoder().encode(text);
const whatWasDone = () => bridge.activity.list().map(({ what, title, detail }) => [what, title, detail].join(' '));
const makeKey = (title: string) => bridge.get('key-pair:generate', labels({ title }));
/** Records in the vault, those that are listed nowhere too. */
const size = () => bridge.session.vault.size;

describe('activity', () => {
  test('says what was copied, revealed and exported, the newest first, and nothing of what failed', async () => {
    const { id } = await makeKey('Web');
    await bridge.get('record:copy', { id, field: 'publicKey' });
    await bridge.get('record:reveal', { id, field: 'privateKey' });
    await bridge.call('record:reveal', { id, field: 'notes' });
    const toClipboard = { passphrase: null, comment: '', destination: 'clipboard' } as const;
    await bridge.get('export:run', { id, format: 'public', ...toClipboard });
    bridge.answers.push(null);
    await bridge.get('export:run', { id, format: 'openssh', ...toClipboard, destination: 'dialog' });
    expect(whatWasDone()).toEqual(['copied Web public', 'revealed Web privateKey', 'copied Web publicKey']);
  });

  test('is there again after locking and unlocking, which it says as well', async () => {
    const { id } = await makeKey('Web');
    await bridge.get('record:copy', { id, field: 'publicKey' });
    await bridge.lockAndUnlock();
    expect(whatWasDone()).toEqual(['unlocked  ', 'copied Web publicKey']);
    expect(bridge.activity.list()[1]).toMatchObject({ recordId: id, atMs: bridge.clock.nowMs });
  });

  test('is saved two seconds later, in one change, and without delay to the answer', async () => {
    const { id } = await makeKey('Web');
    vi.useFakeTimers();
    const { counter } = bridge.session.vault.mark;
    await bridge.get('record:copy', { id, field: 'publicKey' });
    await bridge.get('record:copy', { id, field: 'keyName' });
    expect(bridge.session.vault.mark.counter).toBe(counter);
    vi.advanceTimersByTime(2000);
    expect(bridge.session.vault.mark.counter).toBe(counter + 1);
  });

  test('is kept in parts of 40 events, of which the oldest goes', () => {
    const before = size();
    const note = (count: number, title: string) => {
      for (let n = 0; n < count; n++) bridge.activity.note({ what: 'copied', recordId: 'a', title, detail: String(n) });
    };
    note(41, 'first');
    bridge.activity.save();
    expect(size()).toBe(before + 2);
    for (let n = 0; n < 48; n++) {
      note(40, 'later');
      bridge.activity.save();
    }
    const ofFirst = () => bridge.activity.list().filter(({ title }) => title === 'first').length;
    expect([size(), ofFirst(), bridge.activity.list().length]).toEqual([before + 50, 41, 1961]);
    note(40, 'last');
    bridge.activity.save();
    expect([size(), ofFirst(), bridge.activity.list().length]).toEqual([before + 50, 1, 1961]);
  });

  test('waits in memory while the vault takes no change, and is not lost', async () => {
    const { id } = await makeKey('Web');
    bridge.session.vault.refuseChanges(new CofferError('read-only', 'vault: open for reading only'));
    await bridge.get('record:copy', { id, field: 'publicKey' });
    bridge.activity.save();
    expect(whatWasDone()).toEqual(['copied Web publicKey']);
    bridge.session.vault.refuseChanges(null);
    await bridge.lockAndUnlock();
    expect(whatWasDone()).toContain('copied Web publicKey');
  });

  test('of a locked vault is neither told nor noted', async () => {
    await bridge.get('vault:lock', {});
    bridge.activity.note({ what: 'copied', recordId: 'a', title: 'late', detail: '' });
    expect(() => bridge.activity.list()).toThrow(expect.objectContaining({ code: 'vault-locked' }));
    await bridge.unlock();
    expect(whatWasDone()).toEqual(['unlocked  ']);
  });

  test('notes each record of a small import, and of a large one the number; neither counts as used', async () => {
    const importKeys = async (count: number) => {
      const files = Array.from({ length: count }, (_, n) => {
        const { privateKey } = generateKeyPairSync('ed25519');
        return { name: `${n}.pem`, bytes: bytesOf(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string) };
      });
      const { candidates } = await bridge.get('import:drop', { files });
      return (await bridge.get('import:run', { ids: candidates.map(({ id }) => id) })).imported.length;
    };
    expect(await importKeys(2)).toBe(2);
    expect(whatWasDone()).toEqual(['imported', 'imported'].map((what) => expect.stringContaining(what) as string));
    expect(await importKeys(21)).toBe(21);
    expect(bridge.activity.list()).toHaveLength(3);
    const [many] = bridge.activity.list();
    expect(many).toMatchObject({ what: 'imported', recordId: '', detail: '21' });
    expect(many?.names.split('\n').sort()).toEqual(Array.from({ length: 21 }, (_, n) => String(n)).sort());
    expect(bridge.quickRecords.recent()).toEqual([]);
  });

  test('of many records holds as many names as there is room for', async () => {
    const names = Array.from({ length: 1000 }, (_, n) => `${n} ${'x'.repeat(60)}`);
    bridge.activity.note({ what: 'imported', recordId: '', title: '', detail: '1000', names });
    await bridge.lockAndUnlock();
    const kept = bridge.activity.list()[1]?.names ?? '';
    expect(kept.length).toBeGreaterThan(15_000);
    expect(kept.length).toBeLessThanOrEqual(16_000);
    expect(names).toContain(kept.split('\n').at(-1));
  });

  test('says that the vault was made, and that a copy of it was saved, but not that this was given up', async () => {
    const another = setUpBridge();
    await another.createVault();
    expect(another.activity.list()).toMatchObject([{ what: 'unlocked', recordId: '', detail: 'made' }]);
    another.remove();
    bridge.answers.push(null);
    await bridge.get('backup:save-copy', {});
    expect(whatWasDone()).toEqual([]);
    bridge.answers.push(path.join(bridge.folder, 'copy'));
    await bridge.get('backup:save-copy', {});
    expect(whatWasDone()).toEqual(['exported  vault-copy']);
    expect(bridge.quickRecords.recent()).toEqual([]);
  });

  test('says that the recovery sheet left the vault', async () => {
    const press = (channel: string) => bridge.callRaw(channel, {}, bridge.eventsOf.sheet);
    await press('sheet:save-pdf');
    expect(whatWasDone()).toEqual([]);
    await press('sheet:print');
    bridge.factors.state.sheetPlace = { name: 'sheet.pdf', folder: bridge.folder };
    await press('sheet:save-pdf');
    expect(whatWasDone()).toEqual(['exported  sheet-pdf', 'exported  sheet-print']);
  });

  test('can be cleared, for ever', async () => {
    const { id } = await makeKey('Web');
    const before = size();
    await bridge.get('record:copy', { id, field: 'publicKey' });
    bridge.activity.save();
    bridge.activity.clear();
    expect([whatWasDone(), size()]).toEqual([[], before]);
    const everything = { query: '', view: 'all', sort: 'title', offset: 0, limit: 200 } as const;
    expect((await bridge.get('record:list', everything)).total).toBe(1);
  });
});

describe('the list of what was done', () => {
  const dayMs = 86_400_000;

  test('names records as they are called now, says which are in the trash, and keeps the names of those that are gone', async () => {
    const [web, old, gone] = [await makeKey('Web'), await makeKey('Old'), await makeKey('Gone')];
    for (const { id } of [web, old, gone]) await bridge.get('record:copy', { id, field: 'publicKey' });
    await bridge.get('record:update', { id: web.id, changes: { title: 'Web 2' } });
    for (const { id } of [old, gone]) await bridge.get('record:trash', { id });
    await bridge.get('record:purge', { id: gone.id });
    const { events, records } = await bridge.get('activity:list', {});
    expect(events.map(({ title, recordId }) => [title, recordId])).toEqual([
      ['Gone', gone.id],
      ['Old', old.id],
      ['Web', web.id],
    ]);
    expect(records).toEqual([
      { id: old.id, kind: 'key-pair', title: 'Old', isInTrash: true },
      { id: web.id, kind: 'key-pair', title: 'Web 2', isInTrash: false },
    ]);
  });

  test('forgets what is older than some days, for ever, whether saved or not', async () => {
    const { id } = await makeKey('Web');
    const copy = () => bridge.get('record:copy', { id, field: 'publicKey' });
    await copy();
    bridge.activity.save();
    bridge.clock.nowMs += 40 * dayMs;
    await copy();
    bridge.activity.save();
    bridge.clock.nowMs += 40 * dayMs;
    await copy();
    await bridge.get('activity:clear', { olderThanDays: 90 });
    expect(bridge.activity.list()).toHaveLength(3);
    await bridge.get('activity:clear', { olderThanDays: 60 });
    expect(bridge.activity.list()).toHaveLength(2);
    await bridge.lockAndUnlock();
    expect(whatWasDone()).toEqual(['unlocked  ', 'copied Web publicKey', 'copied Web publicKey']);
    await bridge.get('activity:clear', { olderThanDays: null });
    await bridge.lockAndUnlock();
    expect(whatWasDone()).toEqual(['unlocked  ']);
  });

  test('a part that is wholly older goes whole, and others lose what is older', () => {
    const before = size();
    for (let n = 0; n < 100; n++) {
      bridge.activity.note({ what: 'copied', recordId: 'a', title: String(n), detail: '' });
      bridge.clock.nowMs += 1;
    }
    bridge.activity.save();
    expect(size()).toBe(before + 3);
    bridge.activity.clear(bridge.clock.nowMs - 50);
    expect([size(), bridge.activity.list().length]).toEqual([before + 2, 50]);
    expect(bridge.activity.list().at(-1)?.title).toBe('50');
    bridge.activity.note({ what: 'copied', recordId: 'a', title: 'more', detail: '' });
    bridge.activity.save();
    expect(bridge.activity.list()[0]?.title).toBe('more');
  });

  test('tells when it changes; a vault that takes no change keeps it, and says so', async () => {
    let told = 0;
    bridge.activity.subscribe(() => (told += 1));
    const { id } = await makeKey('Web');
    await bridge.get('record:copy', { id, field: 'publicKey' });
    bridge.activity.save();
    expect(told).toBe(1);
    bridge.session.vault.refuseChanges(new CofferError('read-only', 'vault: open for reading only'));
    const answer = await bridge.call('activity:clear', { olderThanDays: null });
    expect(answer).toMatchObject({ ok: false, error: { code: 'read-only' } });
    expect(bridge.activity.list()).toHaveLength(1);
    bridge.session.vault.refuseChanges(null);
    await bridge.get('activity:clear', { olderThanDays: null });
    expect([told, bridge.activity.list()]).toEqual([3, []]);
  });

  test('is asked for by the app window alone, of an open vault, with days that make sense', async () => {
    for (const channel of ['activity:list', 'activity:clear']) {
      const foreign = await bridge.callRaw(channel, {}, bridge.eventsOf['quick-access']);
      expect(foreign).toMatchObject({ ok: false, error: { code: 'refused' } });
    }
    for (const olderThanDays of [0, -1, 1.5, '30', undefined]) {
      const answer = await bridge.callRaw('activity:clear', { olderThanDays });
      expect(answer).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    }
    await bridge.get('vault:lock', {});
    expect(await bridge.call('activity:list', {})).toMatchObject({ ok: false, error: { code: 'vault-locked' } });
  });
});
