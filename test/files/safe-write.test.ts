import { execFile } from 'node:child_process';
import { chmod, lstat, mkdir, open, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileSystemHost } from '../../main/files/owner-only';
import { modeOfExport, publishWithoutLinks, writeFileSafely, type FileToWrite } from '../../main/files/safe-write';
import { asUser, folderOfUser, isRoot } from '../support/as-user';

const run = promisify(execFile);
const content = new TextEncoder().encode('the new content');
let folder: string;
let remove: () => Promise<void>;

beforeEach(async () => {
  ({ path: folder, remove } = await folderOfUser());
});

afterEach(() => remove());

const fileOf = (changes: Partial<FileToWrite> = {}): FileToWrite => ({
  folder,
  fileName: 'key.pem',
  bytes: content,
  mode: 0o600,
  replace: false,
  ...changes,
});
const path = (name = 'key.pem'): string => join(folder, name);
const text = async (name = 'key.pem'): Promise<string> => (await readFile(path(name))).toString();

describe('a new file', () => {
  test.each([0o400, 0o600, 0o644] as const)('has its content and the mode %o, whatever the umask', async (mode) => {
    for (const umask of [0, 0o077, 0o777]) {
      const before = process.umask(umask);
      try {
        await asUser(() => writeFileSafely(fileOf({ mode, fileName: `mask-${umask}` })));
      } finally {
        process.umask(before);
      }
      expect(await text(`mask-${umask}`)).toBe('the new content');
      expect((await stat(path(`mask-${umask}`))).mode & 0o7777).toBe(mode);
    }
    expect((await readdir(folder)).sort()).toEqual(['mask-0', 'mask-511', 'mask-63']);
  });

  test('is not changed by reading the bytes: the caller’s stay', async () => {
    await writeFileSafely(fileOf());
    expect(new TextDecoder().decode(content)).toBe('the new content');
  });

  test('may be empty, and may be large', async () => {
    const large = new Uint8Array(5_000_000).fill(7);
    await asUser(() => writeFileSafely(fileOf({ fileName: 'empty', bytes: new Uint8Array() })));
    await asUser(() => writeFileSafely(fileOf({ fileName: 'large', bytes: large })));
    expect((await stat(path('empty'))).size).toBe(0);
    expect((await readFile(path('large'))).equals(large)).toBe(true);
  });
});

describe('a file that is there', () => {
  test('stays as it is unless it may be replaced', async () => {
    await asUser(() => writeFile(path(), 'the old content', { mode: 0o640 }));
    await expect(asUser(() => writeFileSafely(fileOf()))).rejects.toMatchObject({ code: 'file-exists' });
    expect(await text()).toBe('the old content');
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  test('is replaced as a whole, also if it is read-only, and those who have it open keep the old one', async () => {
    await asUser(() => writeFile(path(), 'the old content', { mode: 0o400 }));
    const old = await open(path());
    await asUser(() => writeFileSafely(fileOf({ mode: 0o400, replace: true })));
    expect(await text()).toBe('the new content');
    expect((await old.readFile()).toString()).toBe('the old content');
    await old.close();
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  test('stays if it appears while the new one is being written', async () => {
    const write = (_: unknown, index: number): Promise<unknown> => {
      const bytes = new TextEncoder().encode(`content of ${index} `.repeat(10_000));
      return writeFileSafely(fileOf({ bytes })).then(
        () => bytes,
        (error: unknown) => error,
      );
    };
    const outcomes = await asUser(() => Promise.all(Array.from({ length: 20 }, write)));
    const winners = outcomes.filter((outcome) => outcome instanceof Uint8Array);
    expect(winners).toHaveLength(1);
    expect(outcomes.filter((outcome) => !(outcome instanceof Uint8Array))).toEqual(
      Array.from({ length: 19 }, () => expect.objectContaining({ code: 'file-exists' }) as unknown),
    );
    expect((await readFile(path())).equals(winners[0] as Uint8Array)).toBe(true);
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  test('and is a link, is not followed', async () => {
    await writeFile(path('elsewhere'), 'untouched');
    await symlink(path('elsewhere'), path());
    await symlink(path('nowhere'), path('dangling'));
    await expect(writeFileSafely(fileOf())).rejects.toMatchObject({ code: 'file-exists' });
    await expect(writeFileSafely(fileOf({ fileName: 'dangling' }))).rejects.toMatchObject({ code: 'file-exists' });
    expect(await readlink(path())).toBe(path('elsewhere'));
    await writeFileSafely(fileOf({ replace: true }));
    expect((await lstat(path())).isFile()).toBe(true);
    expect(await text('elsewhere')).toBe('untouched');
  });

  test('and is a folder, is refused', async () => {
    await mkdir(path());
    await expect(writeFileSafely(fileOf())).rejects.toMatchObject({ code: 'file-exists' });
    await expect(writeFileSafely(fileOf({ replace: true }))).rejects.toMatchObject({ code: 'io-failed' });
    expect(await readdir(folder)).toEqual(['key.pem']);
  });
});

describe('where there are no hard links', () => {
  test('a new file is published all the same', async () => {
    await writeFile(path('temporary'), content, { mode: 0o400 });
    await publishWithoutLinks(path('temporary'), path());
    expect(await text()).toBe('the new content');
    expect((await stat(path())).mode & 0o777).toBe(0o400);
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  test('a file that is there stays', async () => {
    await writeFile(path(), 'the old content');
    await writeFile(path('temporary'), content);
    await expect(publishWithoutLinks(path('temporary'), path())).rejects.toMatchObject({ code: 'EEXIST' });
    expect(await text()).toBe('the old content');
  });

  test('a name that was taken is given back if publishing fails', async () => {
    await expect(publishWithoutLinks(path('not there'), path())).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('what the system refuses has its own message, and leaves nothing behind', () => {
  test('a folder without write permission', async () => {
    await chmod(folder, 0o500);
    const writing = asUser(() => writeFileSafely(fileOf()));
    await expect(writing).rejects.toMatchObject({
      code: 'no-permission',
      message: expect.stringMatching(/folder.*permission/) as string,
    });
    expect(await readdir(folder)).toEqual([]);
  });

  test('a folder of another user', async () => {
    if (!isRoot()) folder = '/usr';
    const target = isRoot() ? '/root' : '/usr';
    const writing = asUser(() => writeFileSafely(fileOf({ folder: target, fileName: 'coffer-test-never-written' })));
    await expect(writing).rejects.toMatchObject({ code: 'no-permission' });
  });

  test('a folder that may be written but not listed', async () => {
    await chmod(folder, 0o300);
    await asUser(() => writeFileSafely(fileOf()));
    await chmod(folder, 0o700);
    expect(await readdir(folder)).toEqual(['key.pem']);
  });

  test('a folder that is not there, and one that is a file', async () => {
    await expect(writeFileSafely(fileOf({ folder: path('missing') }))).rejects.toMatchObject({ code: 'not-found' });
    await writeFile(path('file'), '');
    await expect(writeFileSafely(fileOf({ folder: path('file') }))).rejects.toMatchObject({ code: 'not-found' });
  });

  test.each(['', '.', '..', 'a/b', '../key', 'a\\b', 'a\0b'])('the name %j', async (fileName) => {
    await expect(writeFileSafely(fileOf({ fileName }))).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('a message names no path and no content', async () => {
    const error = await writeFileSafely(fileOf({ folder: path('missing') })).catch(
      (reason: unknown) => reason as Error,
    );
    expect(String((error as Error).stack)).not.toContain(folder);
    expect((error as Error).cause).toBeUndefined();
  });
});

describe('a full disk', () => {
  let disk: string;

  beforeEach(async () => {
    disk = path('disk');
    await mkdir(disk);
    try {
      await run('mount', ['-t', 'tmpfs', '-o', 'size=64k,mode=0777', 'tmpfs', disk]);
    } catch (cause) {
      throw new Error('the full-disk tests mount a small tmpfs and must run as root with the right to mount', {
        cause,
      });
    }
  });

  afterEach(() => run('umount', [disk]));

  test('is told, nothing is left, and what was there stays', async () => {
    const bytes = new Uint8Array(200_000);
    await asUser(() => writeFileSafely(fileOf({ folder: disk, fileName: 'small' })));
    const fresh = asUser(() => writeFileSafely(fileOf({ folder: disk, bytes })));
    await expect(fresh).rejects.toMatchObject({
      code: 'disk-full',
      message: expect.stringMatching(/no space/) as string,
    });
    const replacing = asUser(() => writeFileSafely(fileOf({ folder: disk, fileName: 'small', bytes, replace: true })));
    await expect(replacing).rejects.toMatchObject({ code: 'disk-full' });
    expect(await readdir(disk)).toEqual(['small']);
    expect((await readFile(join(disk, 'small'))).toString()).toBe('the new content');
  });

  test('that has become read-only is told', async () => {
    await run('mount', ['-o', 'remount,ro', disk]);
    await expect(asUser(() => writeFileSafely(fileOf({ folder: disk })))).rejects.toMatchObject({
      code: 'no-permission',
    });
  });
});

describe('on Windows', () => {
  const calls: (readonly [string, readonly string[], { size: number; mode: number }])[] = [];
  const host = (fails = false, environment: FileSystemHost['environment'] = {}): FileSystemHost => ({
    platform: 'win32',
    environment: { SystemRoot: 'C:\\Windows', USERDOMAIN: 'CORP', USERNAME: 'Jo Doe', ...environment },
    runCommand: async (program, args) => {
      const { size, mode } = await stat(args[0] ?? '');
      calls.push([program, args, { size, mode: mode & 0o777 }]);
      if (fails) throw new Error('Access is denied.');
    },
  });

  beforeEach(() => calls.splice(0));

  test('a private file is given to the user alone while it is still empty', async () => {
    await writeFileSafely(fileOf({ mode: 0o400 }), host());
    const temporary = calls[0]?.[1][0] ?? '';
    expect(calls).toEqual([
      [
        'C:\\Windows\\System32\\icacls.exe',
        [temporary, '/inheritance:r', '/grant:r', 'CORP\\Jo Doe:F', '/q'],
        { size: 0, mode: 0o600 },
      ],
    ]);
    expect(temporary.startsWith(join(folder, '.coffer-'))).toBe(true);
    expect(await text()).toBe('the new content');
  });

  test('a user without a domain', async () => {
    await writeFileSafely(fileOf(), host(false, { USERDOMAIN: undefined }));
    expect(calls[0]?.[1][3]).toBe('Jo Doe:F');
  });

  test('a public file keeps the folder’s permissions', async () => {
    await writeFileSafely(fileOf({ mode: 0o644 }), host());
    expect(calls).toEqual([]);
  });

  test.each([
    ['icacls fails', host(true)],
    ['the user is not known', host(false, { USERNAME: undefined })],
  ])('nothing is written if %s', async (_, failing) => {
    await expect(writeFileSafely(fileOf(), failing)).rejects.toMatchObject({ code: 'no-permission' });
    expect(await readdir(folder)).toEqual([]);
  });
});

test('the mode of an export: private .pem files are read-only, other private ones the user’s, public ones everybody’s', () => {
  expect(modeOfExport('web.pem', true)).toBe(0o400);
  expect(modeOfExport('WEB.PEM', true)).toBe(0o400);
  expect(modeOfExport('web', true)).toBe(0o600);
  expect(modeOfExport('web.pub', false)).toBe(0o644);
});
