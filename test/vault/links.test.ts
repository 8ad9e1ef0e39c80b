import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSmallWithRecords, temporaryFolder, unlockSmall } from '../support/small-vault';
import { measurePeak } from '../support/peak-memory';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

/** Unlocking must fail soon, and leave the link as it is. */
async function expectRefusal(code: string, message: string): Promise<void> {
  const target = readlinkSync(place.file);
  const { result, cpuMs, peakBytes } = await measurePeak(() =>
    unlockSmall(place.file).catch((error: unknown) => error),
  );
  expect(result).toMatchObject({ name: 'CofferError', code, message: expect.stringContaining(message) as string });
  expect(cpuMs).toBeLessThan(2000);
  expect(peakBytes).toBeLessThan(64 * 1024 * 1024);
  expect(readlinkSync(place.file)).toBe(target);
}

describe('a symbolic link in the place of a vault', () => {
  test('that leads to itself', async () => {
    symlinkSync('test.coffer', place.file);
    await expectRefusal('not-found', 'the file is not there');
  });

  test('that leads around', async () => {
    symlinkSync('other.coffer', place.file);
    symlinkSync('test.coffer', path.join(place.folder, 'other.coffer'));
    await expectRefusal('not-found', 'the file is not there');
  });

  test('that leads nowhere', async () => {
    symlinkSync('gone.coffer', place.file);
    await expectRefusal('not-found', 'the file is not there');
  });

  test('that leads to a folder', async () => {
    symlinkSync('.', place.file);
    await expectRefusal('not-a-vault', 'not a folder or a device');
  });

  test.each(['/dev/zero', '/dev/null', '/dev/random'])(
    'that leads to %s, which has no end or no bytes',
    async (device) => {
      symlinkSync(device, place.file);
      await expectRefusal('not-a-vault', 'not a folder or a device');
    },
  );

  test('that leads to a pipe, which nobody writes to: it does not wait', async () => {
    execFileSync('mkfifo', [path.join(place.folder, 'pipe')]);
    symlinkSync('pipe', place.file);
    await expectRefusal('not-a-vault', 'not a folder or a device');
  });
});

describe.each(['-wal', '-journal'])('beside a vault, in the place of its %s', (ending) => {
  beforeEach(() => createSmallWithRecords(place.file));

  const precious = () => path.join(place.folder, 'precious.txt');

  test('a symbolic link to another file: refused, and that file is as it was', async () => {
    writeFileSync(precious(), 'not to be written to\n'.repeat(1000));
    const before = [readFileSync(precious()), readFileSync(place.file)];
    symlinkSync('precious.txt', place.file + ending);
    await expect(unlockSmall(place.file)).rejects.toMatchObject({
      code: 'vault-damaged',
      message: expect.stringContaining('not a plain file') as string,
    });
    expect([readFileSync(precious()), readFileSync(place.file)]).toEqual(before);
    expect(lstatSync(place.file + ending).isSymbolicLink()).toBe(true);
  });

  test('a symbolic link that leads nowhere: refused, and nothing is made where it leads', async () => {
    symlinkSync('precious.txt', place.file + ending);
    await expect(unlockSmall(place.file)).rejects.toMatchObject({ code: 'vault-damaged' });
    expect(lstatSync(precious(), { throwIfNoEntry: false })).toBeUndefined();
  });

  test('a folder: refused', async () => {
    mkdirSync(place.file + ending);
    await expect(unlockSmall(place.file)).rejects.toMatchObject({ code: 'vault-damaged' });
    expect(lstatSync(place.file + ending).isDirectory()).toBe(true);
  });
});
