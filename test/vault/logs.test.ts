import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyAside } from '../../main/files/aside-copy';
import { bytesOf, createSmall, password, temporaryFolder, unlockSmall } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const snapshot = () => place.snapshot();

describe('a vault whose process was killed', () => {
  /** Leaves file and log as a kill would: copied by another process while the vault is open. */
  async function crash() {
    const vault = await createSmall(place.file);
    vault.lock();
    const again = await unlockSmall(place.file);
    again.save({ id: null, overview: bytesOf('saved last'), body: bytesOf('body') });
    execFileSync('cp', [place.file, path.join(place.folder, 'crashed.coffer')]);
    execFileSync('cp', [`${place.file}-wal`, path.join(place.folder, 'crashed.coffer-wal')]);
    again.lock();
    return path.join(place.folder, 'crashed.coffer');
  }

  test('has what was saved last, and its log is folded in', async () => {
    const crashed = await crash();
    const vault = await unlockSmall(crashed);
    expect(vault.size).toBe(1);
    vault.lock();
    expect(readdirSync(place.folder).sort()).toEqual(['crashed.coffer', 'test.coffer']);
  });

  test('is as it was, log and all, after a wrong password', async () => {
    const crashed = await crash();
    const before = snapshot();
    await expect(unlockSmall(crashed, `${password}?`)).rejects.toMatchObject({ code: 'wrong-password' });
    expect(snapshot()).toEqual(before);
    (await unlockSmall(crashed)).lock();
  });

  test('with the log of another vault beside it opens as it is or is refused, and nothing is lost', async () => {
    const crashed = await crash();
    const other = path.join(place.folder, 'other.coffer');
    const vault = await createSmall(other);
    vault.save({ id: null, overview: bytesOf('of the other'), body: bytesOf('b') });
    execFileSync('cp', [`${other}-wal`, `${crashed}-wal`]);
    vault.lock();
    const before = snapshot();
    const outcome = await unlockSmall(crashed).then(
      (opened) => {
        const overviews = [...opened.overviews()].map(({ overview }) => new TextDecoder().decode(overview));
        opened.lock();
        return overviews;
      },
      (error: unknown) => (error as { code: string }).code,
    );
    if (outcome === 'vault-damaged') expect(snapshot()).toEqual(before);
    else expect(outcome).toEqual([]); // the state before the last save, from the main file
  });
});

describe('a vault whose file goes away while it is open', () => {
  test.each([
    ['deleted', () => rmSync(place.file)],
    ['moved', () => renameSync(place.file, `${place.file}.moved`)],
    [
      'replaced by a copy',
      () => {
        execFileSync('cp', [place.file, `${place.file}.copy`]);
        renameSync(`${place.file}.copy`, place.file);
      },
    ],
  ])('%s: the next save says so instead of getting lost', async (_, happens) => {
    const vault = await createSmall(place.file);
    const id = vault.save({ id: null, overview: bytesOf('o'), body: bytesOf('b') });
    happens();
    const save = () => vault.save({ id, overview: bytesOf('new'), body: null });
    expect(save).toThrow(expect.objectContaining({ code: 'io-failed' }));
    expect(new TextDecoder().decode(vault.overviewOf(id) ?? new Uint8Array())).toBe('o');
    vault.lock();
  });
});

describe('the copies taken before a log is folded in', () => {
  const wal = () => `${place.file}-wal`;

  test('are not put back over what another process saved after they were taken', async () => {
    (await createSmall(place.file)).lock();
    writeFileSync(wal(), 'log');
    const aside = copyAside(place.file);
    aside.requireUnchanged();
    writeFileSync(wal(), 'longer log');
    expect(() => aside.requireUnchanged()).toThrow(expect.objectContaining({ code: 'vault-in-use' }));
    aside.discard();
    expect(readFileSync(wal(), 'utf8')).toBe('longer log');
    expect(readdirSync(place.folder).sort()).toEqual(['test.coffer', 'test.coffer-wal']);
  });

  test('put every byte back', async () => {
    (await createSmall(place.file)).lock();
    writeFileSync(wal(), 'log');
    const before = snapshot();
    const aside = copyAside(place.file);
    writeFileSync(place.file, 'folded');
    rmSync(wal());
    aside.restore();
    expect(snapshot()).toEqual(before);
  });

  test('are refused of a log that is a link', async () => {
    (await createSmall(place.file)).lock();
    symlinkSync('/etc/hostname', wal());
    const before = readdirSync(place.folder);
    await expect(unlockSmall(place.file)).rejects.toMatchObject({ code: 'vault-damaged' });
    expect(readdirSync(place.folder)).toEqual(before);
  });
});
