import { chmod, mkdir, realpath, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureKeyFolder } from '../../main/files/key-folder';
import { asUser, folderOfUser } from '../support/as-user';

let home: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  const folder = await folderOfUser();
  home = await realpath(folder.path);
  remove = folder.remove;
});

afterEach(() => remove());

const ssh = (): string => join(home, '.ssh');
const modeOf = async (path: string): Promise<number> => (await stat(path)).mode & 0o7777;

test('a missing folder is created for the user alone, whatever the umask', async () => {
  const before = process.umask(0);
  try {
    expect(await asUser(() => ensureKeyFolder(home, '.ssh'))).toBe(ssh());
  } finally {
    process.umask(before);
  }
  expect(await modeOf(ssh())).toBe(0o700);
});

test('a folder that is there is used as it is', async () => {
  await asUser(() => mkdir(ssh()));
  await chmod(ssh(), 0o750);
  expect(await asUser(() => ensureKeyFolder(home, '.ssh'))).toBe(ssh());
  expect(await modeOf(ssh())).toBe(0o750);
});

test('a link to a folder of the user’s own is followed', async () => {
  const kept = join(home, 'dotfiles');
  await asUser(async () => {
    await mkdir(kept);
    await symlink(kept, ssh());
  });
  expect(await asUser(() => ensureKeyFolder(home, '.ssh'))).toBe(kept);
});

test('a link to a folder of another user is refused', async () => {
  await asUser(() => symlink('/etc', ssh()));
  const ensuring = asUser(() => ensureKeyFolder(home, '.ssh'));
  await expect(ensuring).rejects.toMatchObject({
    code: 'no-permission',
    message: expect.stringMatching(/another user/) as string,
  });
});

test('a file, a link to a file and a link to nothing are refused', async () => {
  await asUser(() => writeFile(ssh(), ''));
  await expect(asUser(() => ensureKeyFolder(home, '.ssh'))).rejects.toMatchObject({ code: 'io-failed' });
  for (const [name, target, code] of [
    ['one', '/etc/passwd', 'io-failed'],
    ['two', '/nowhere', 'not-found'],
  ] as const) {
    const other = join(home, name);
    await asUser(async () => {
      await mkdir(other);
      await symlink(target, join(other, '.ssh'));
    });
    await expect(asUser(() => ensureKeyFolder(other, '.ssh'))).rejects.toMatchObject({ code });
  }
});

test('a home that may not be written to is told', async () => {
  await chmod(home, 0o500);
  await expect(asUser(() => ensureKeyFolder(home, '.ssh'))).rejects.toMatchObject({ code: 'no-permission' });
});
