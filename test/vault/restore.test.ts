import { appendFileSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { codeAt, minute, passwordWay, recordsOf, setUpRig } from '../support/rig';
import { bytesOf, password } from '../support/small-vault';

const other = 'another horse battery';
let rig: ReturnType<typeof setUpRig>;
let highestSeen = 0;
beforeEach(async () => {
  highestSeen = 0;
  rig = setUpRig({ highestSeen: () => Promise.resolve(highestSeen) });
  await rig.create();
  rig.save('one');
});
afterEach(() => rig.remove());

const lockAndUnlock = async () => {
  rig.session.lock();
  await rig.unlock();
  await rig.backups.idle();
};
const backUp = async () => {
  await rig.backups.backUpNow();
  rig.clock.nowMs += 1000;
  return rig.backups.list().find(({ kind }) => kind === 'by hand')?.fileName ?? '';
};

describe('restoring', () => {
  const counter = () => rig.session.vault.mark.counter;

  test('with the vault open: what was there is kept, the counter goes above all that was seen', async () => {
    const backup = await backUp();
    rig.save('two');
    highestSeen = counter() + 1000;
    expect(await rig.backups.restore(backup)).toBe('restored');
    expect(recordsOf(rig.session)).toEqual(['one']);
    expect(counter()).toBeGreaterThan(highestSeen);
    const kept = rig.backups.list().find(({ kind }) => kind === 'before restore');
    expect(kept?.content?.records).toBe(2);
    await rig.backups.restore(kept?.fileName ?? '');
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
    await lockAndUnlock();
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
  });

  test('of an older epoch: with its own ways in, not with those of now', async () => {
    const backup = await backUp();
    await rig.replace({ keepsOlderBackups: true }, { password: bytesOf(other) });
    rig.save('two');
    expect(await rig.backups.restore(backup)).toBe('sign-in');
    await expect(rig.unlock({ password: bytesOf(other) })).rejects.toMatchObject({ code: 'wrong-password' });
    expect(rig.backups.restoring).not.toBeNull();
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one']);
    expect(rig.backups.restoring).toBeNull();
    expect(rig.backups.list().find(({ kind }) => kind === 'before restore')?.content).toMatchObject({
      identity: { epoch: 2 },
      records: 2,
    });
  });

  test('without the way in that is in use: it is locked, and a code that was used since stays used', async () => {
    const secret = new Uint8Array(20).fill(7);
    await rig.enrol(secret);
    const backup = await backUp();
    await rig.changes.add(bytesOf(password), passwordWay(other));
    rig.clock.nowMs += 10 * minute;
    const withCode = () => ({ slot: rig.slotWith('totp'), code: codeAt(secret, rig.clock.nowMs) });
    rig.session.lock();
    await rig.unlock(withCode());
    rig.session.lock();
    await rig.unlock({ password: bytesOf(other) });
    expect(await rig.backups.restore(backup)).toBe('restored');
    expect(rig.session.state).toBe('locked');
    await expect(rig.unlock(withCode())).rejects.toMatchObject({ code: 'code-used' });
    rig.clock.nowMs += minute;
    await rig.unlock(withCode());
    expect(rig.session.vault.refusal).toBeNull();
    expect(recordsOf(rig.session)).toEqual(['one']);
  });

  test('may be given up: then the vault opens as it is', async () => {
    const backup = await backUp();
    rig.save('two');
    rig.session.lock();
    await rig.backups.restore(backup);
    rig.backups.cancelRestore();
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
  });

  test.each<[string, (file: string) => void]>([
    ['damaged', (file) => appendFileSync(file, 'x')],
    ['text', (file) => writeFileSync(file, 'no vault at all')],
    ['missing', (file) => rmSync(file)],
    ['beside a log of another database', (file) => writeFileSync(`${file}-wal`, 'no log')],
    ['beside a journal', (file) => writeFileSync(`${file}-journal`, 'no journal')],
  ])('over a vault that is %s', async (_, harm) => {
    const backup = await backUp();
    rig.save('two');
    rig.session.lock();
    harm(rig.file);
    await rig.backups.restore(backup);
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one']);
    await lockAndUnlock();
    expect(recordsOf(rig.session)).toEqual(['one']);
    expect(readdirSync(rig.folder).filter((name) => name.startsWith('.') || name.endsWith('-journal'))).toEqual([]);
  });

  test('over a vault whose log holds a change: the change is in what is kept', async () => {
    const backup = await backUp();
    rig.save('two');
    const crashed = ['', '-wal'].map((ending) => readFileSync(rig.file + ending));
    rig.session.lock();
    for (const [at, ending] of ['', '-wal'].entries()) writeFileSync(rig.file + ending, crashed[at] ?? '');
    await rig.backups.restore(backup);
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one']);
    await rig.backups.restore(rig.backups.list().find(({ kind }) => kind === 'before restore')?.fileName ?? '');
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
  });

  test('refuses what is not in the list, and what is damaged, with the vault as it was', async () => {
    const backup = await backUp();
    await expect(rig.backups.restore('../test.coffer')).rejects.toMatchObject({ code: 'not-found' });
    const file = path.join(rig.backupFolder, backup);
    const bytes = readFileSync(file);
    bytes.fill(0, bytes.length - 3000);
    writeFileSync(file, bytes);
    await expect(rig.backups.restore(backup)).rejects.toMatchObject({ code: 'vault-damaged' });
    rig.save('two');
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
  });
});
