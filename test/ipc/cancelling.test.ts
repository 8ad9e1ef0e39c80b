import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpBridge } from '../support/bridge';
import { succeed } from '../support/keys-tools';
import { bytesOf, password } from '../support/small-vault';
import { newWays } from '../support/ways';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  bridge.clock.nowMs = Date.UTC(2026, 10, 25, 12);
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const cancelled = { ok: false, error: { code: 'cancelled' } };

describe('unlocking', () => {
  test('answers that it was cancelled; the vault is locked, and the next try opens it', async () => {
    await bridge.get('vault:lock', {});
    const request = await bridge.unlockRequest();
    const unlocking = bridge.call('vault:unlock', request);
    await bridge.get('vault:cancel', {});
    expect(await unlocking).toMatchObject(cancelled);
    expect(bridge.session.state).toBe('locked');
    await bridge.unlock();
  });

  test('does not wait for a security key any more', async () => {
    await bridge.get('ways:enrol-security-key', {});
    await bridge.get('ways:replace', await newWays(bridge, { factors: ['security-key'] }));
    await bridge.get('vault:lock', {});
    const { ways } = await bridge.get('vault:ways', {});
    const slot = ways.find(({ factors }) => factors.includes('security-key'))?.slot ?? '';
    bridge.factors.state.isKeyAway = true;
    const unlocking = bridge.call('vault:unlock', await bridge.unlockRequest({ slot }));
    await bridge.get('vault:cancel', {});
    expect(await unlocking).toMatchObject(cancelled);
    bridge.factors.state.isKeyAway = false;
    await bridge.unlock({ slot });
  });

  test('that nobody began can’t be cancelled, and the next one is not', async () => {
    await bridge.get('vault:lock', {});
    await bridge.get('vault:cancel', {});
    await bridge.unlock();
  });
});

test('a new vault is not made', async () => {
  const file = path.join(bridge.folder, 'other.coffer');
  bridge.session.choose(file, true);
  const making = bridge.call('vault:create', { password: bytesOf(password) });
  await bridge.get('vault:cancel', {});
  expect(await making).toMatchObject(cancelled);
  expect([bridge.session.state, existsSync(file)]).toEqual(['new', false]);
});

describe('ways in', () => {
  test('a change leaves them as they were, and no secret of this computer', async () => {
    const before = await bridge.get('ways:list', {});
    const changing = bridge.call('ways:replace', await newWays(bridge, { factors: ['this-computer'] }));
    while (bridge.factors.sealed.size === 0) await new Promise((resolve) => setImmediate(resolve));
    await bridge.get('ways:cancel', {});
    expect(await changing).toMatchObject(cancelled);
    expect([await bridge.get('ways:list', {}), bridge.factors.sealed.size]).toEqual([before, 0]);
    expect(bridge.factors.state.sheetCode).toBeNull();
  });

  test('another one, and a recovery code, are not added', async () => {
    const before = await bridge.get('ways:list', {});
    const current = () => ({ currentPassword: bytesOf(password) });
    const adding = bridge.call('ways:add', { ...current(), password: bytesOf('another horse battery'), factors: [] });
    await bridge.get('ways:cancel', {});
    expect(await adding).toMatchObject(cancelled);
    const addingCode = bridge.call('ways:add-recovery', current());
    await bridge.get('ways:cancel', {});
    expect(await addingCode).toMatchObject(cancelled);
    expect([await bridge.get('ways:list', {}), bridge.factors.state.sheetCode]).toEqual([before, null]);
  });
});

describe('an import', () => {
  const rows = 300;
  const letters = (n: number) => Array.from(String(n), (digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  const file = (from: number) =>
    Array.from({ length: rows }, (_, n) => `AKIA${letters(from + n).padStart(16, 'Z')},${'a'.repeat(40)}`).join('\n');
  const csv = (from = 0) => bytesOf(`Access key ID,Secret access key\n${file(from)}\n`);
  const nextTurn = () => new Promise((resolve) => setImmediate(resolve));
  const countNow = async () =>
    (await bridge.get('record:list', { query: '', view: 'all', sort: 'title', offset: 0, limit: 1 })).total;
  /** Lets a step go on until it says that it has done something. */
  const untilDone = async (step: string) => {
    for (;;) {
      const progress = await bridge.get('import:progress', {});
      if (progress.step === step && progress.done > 0) return progress;
      await nextTurn();
    }
  };

  test('tells how far it has come', async () => {
    expect(await bridge.get('import:progress', {})).toEqual({ step: 'idle', done: 0, total: 0 });
    const looking = bridge.get('import:paste', { text: csv() });
    expect(await untilDone('comparing')).toMatchObject({ total: 2 * rows });
    const { candidates } = await looking;
    const running = bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
    expect(await untilDone('importing')).toMatchObject({ total: rows });
    expect(await running).toMatchObject({ isCancelled: false });
    expect(await bridge.get('import:progress', {})).toEqual({ step: 'idle', done: 0, total: 0 });
  });

  test('that is cancelled keeps what it took in; the rest is ready still, and can be taken in', async () => {
    const { candidates } = await bridge.get('import:paste', { text: csv() });
    const running = bridge.get('import:run', { ids: candidates.map(({ id }) => id) });
    await untilDone('importing');
    await bridge.get('import:cancel', {});
    const { imported, batch, isCancelled } = await running;
    expect(isCancelled).toBe(true);
    expect([imported.length > 0, imported.length < rows, await countNow()]).toEqual([true, true, imported.length]);
    const left = batch.candidates.filter(({ state }) => state === 'ready');
    expect(left).toHaveLength(rows - imported.length);
    await bridge.get('import:run', { ids: left.map(({ id }) => id) });
    expect(await countNow()).toBe(rows);
  });

  test('while files are looked at keeps nothing of them, and what comes next is looked at', async () => {
    const files = Array.from({ length: 40 }, (_, n) => ({ name: `${n}.csv`, bytes: csv(n * rows).slice(0, 2000) }));
    const looking = bridge.call('import:drop', { files });
    expect(await untilDone('reading')).toMatchObject({ total: 40 });
    await bridge.get('import:cancel', {});
    expect(await looking).toMatchObject(cancelled);
    const comparing = bridge.call('import:paste', { text: csv() });
    await untilDone('comparing');
    await bridge.get('import:cancel', {});
    expect(await comparing).toMatchObject(cancelled);
    expect((await bridge.get('import:paste', { text: csv() })).candidates).toHaveLength(rows);
  });

  test('what was dropped and nobody came to is wiped', async () => {
    const files = Array.from({ length: 40 }, (_, n) => ({ name: `${n}.csv`, bytes: csv(n * rows).slice(0, 2000) }));
    const looking = bridge.callRawUncloned('import:drop', { files });
    await untilDone('reading');
    await bridge.get('import:cancel', {});
    expect(await looking).toMatchObject(cancelled);
    expect(files.every(({ bytes }) => bytes.every((byte) => byte === 0))).toBe(true);
  });

  test('a look around ends, too', async () => {
    const downloads = path.join(bridge.home, 'Downloads');
    mkdirSync(downloads, { recursive: true });
    for (let n = 0; n < 100; n++) writeFileSync(path.join(downloads, `${n}.csv`), csv(n * rows).slice(0, 1000));
    const looking = bridge.call('import:look', {});
    await untilDone('reading');
    await bridge.get('import:cancel', {});
    expect(await looking).toMatchObject(cancelled);
  });

  test('a passphrase that is being tried leaves the file waiting for one', async () => {
    const key = path.join(bridge.folder, 'locked');
    await succeed('ssh-keygen', ['-q', '-t', 'ed25519', '-a', '60', '-N', 'pass', '-f', key]);
    const bytes = new Uint8Array(readFileSync(key));
    const [candidate] = (await bridge.get('import:drop', { files: [{ name: 'locked', bytes }] })).candidates;
    const id = candidate?.id ?? '';
    const trying = bridge.call('import:passphrase', { id, passphrase: bytesOf('pass') });
    await bridge.get('import:cancel', {});
    expect(await trying).toMatchObject(cancelled);
    const { candidates } = await bridge.get('import:passphrase', { id, passphrase: bytesOf('pass') });
    expect(candidates).toMatchObject([{ state: 'ready' }]);
  });
});
