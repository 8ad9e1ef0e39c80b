import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  DragFolder,
  type DragFolderDeps,
  dragBase,
  dragPlaces,
  isProcessRunning,
  keepDraggedForMs,
  retryRemovalAfterMs,
} from '../../main/files/drag-folder';
import { asUser, folderOfUser, isRoot } from '../support/as-user';
import { bytesOf, temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
let base: string;
beforeEach(() => {
  place = temporaryFolder();
  base = path.join(place.folder, 'run');
  mkdirSync(base, { mode: 0o700 });
});
afterEach(() => place.remove());

/** A folder with a clock that the test moves. */
function setUp(changes: Partial<DragFolderDeps> = {}) {
  const timers: { atMs: number; run: () => void }[] = [];
  const clock = { nowMs: Date.now() };
  const drags = new DragFolder({
    base,
    places: [base],
    nowMs: () => clock.nowMs,
    after: (ms, run) => {
      const timer = { atMs: clock.nowMs + ms, run };
      timers.push(timer);
      return () => timers.splice(timers.indexOf(timer), 1);
    },
    isRunning: isProcessRunning,
    pid: process.pid,
    ...changes,
  });
  const pass = (ms: number) => {
    clock.nowMs += ms;
    for (const timer of timers.filter(({ atMs }) => atMs <= clock.nowMs)) timer.run();
  };
  return { drags, clock, pass, timers };
}

const key = () => ({ fileName: 'web-server.pem', bytes: bytesOf('a key') });
const modeOf = (file: string) => lstatSync(file).mode & 0o7777;
/** The number of a process that has ended. */
async function deadPid(): Promise<number> {
  const child = spawn('true');
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid ?? 0;
}
function leave(name: string): string {
  const folder = path.join(base, name);
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(path.join(folder, 'web-server.pem'), 'a key');
  return folder;
}

describe('files that are dragged', () => {
  test('lie in a folder of their own for the user alone, whatever the umask', async () => {
    const { drags } = setUp();
    const before = process.umask(0);
    try {
      const { paths } = await drags.write([key(), { fileName: 'cert.pem', bytes: bytesOf('a certificate') }]);
      const [first = '', second = ''] = paths;
      expect(path.basename(first)).toBe('web-server.pem');
      expect(path.dirname(second)).toBe(path.dirname(first));
      expect([first, second].map((file) => readFileSync(file, 'utf8'))).toEqual(['a key', 'a certificate']);
      expect([path.dirname(first), first, second].map(modeOf)).toEqual([0o700, 0o600, 0o600]);
      expect(readdirSync(path.dirname(first)).sort()).toEqual(['cert.pem', 'web-server.pem']);
    } finally {
      process.umask(before);
    }
  });

  test('are gone a minute after the drag began, and not before', async () => {
    const { drags, pass, timers } = setUp();
    await drags.write([key()]);
    pass(30_000);
    await drags.write([key()]);
    pass(keepDraggedForMs - 30_001);
    expect(readdirSync(base)).toHaveLength(2);
    pass(1);
    expect(readdirSync(base)).toHaveLength(1);
    pass(30_000);
    expect(readdirSync(base)).toEqual([]);
    expect(timers).toEqual([]);
  });

  test('go one by one by hand, and all of them at lock and quit', async () => {
    const { drags, timers } = setUp();
    const first = await drags.write([key()]);
    await drags.write([key()]);
    first.remove();
    first.remove();
    expect(readdirSync(base)).toHaveLength(1);
    drags.removeAll();
    expect(readdirSync(base)).toEqual([]);
    expect(timers).toEqual([]);
  });

  test('that another program holds are tried again, by time and at lock, until they are gone', async () => {
    const { path: theirs, remove } = await folderOfUser();
    try {
      base = theirs;
      await asUser(async () => {
        const { drags, pass, timers } = setUp();
        const folders = [await drags.write([key()]), await drags.write([key()])].map(({ paths: [file = ''] }) =>
          path.dirname(file),
        );
        // Without the right to write in it, nothing in it can be removed.
        for (const folder of folders) chmodSync(folder, 0o500);
        pass(keepDraggedForMs);
        drags.removeAll();
        expect(folders.map(existsSync)).toEqual([true, true]);
        chmodSync(folders[0] ?? '', 0o700);
        pass(retryRemovalAfterMs);
        expect(folders.map(existsSync)).toEqual([false, true]);
        chmodSync(folders[1] ?? '', 0o700);
        drags.removeAll();
        expect(folders.map(existsSync)).toEqual([false, false]);
        expect(timers).toEqual([]);
      });
    } finally {
      await remove();
    }
  });

  test('that are being written when the vault locks are not left', async () => {
    const { drags } = setUp();
    const writing = drags.write([key(), { fileName: 'cert.pem', bytes: bytesOf('a certificate') }]);
    drags.removeAll();
    await expect(writing).rejects.toMatchObject({ name: 'CofferError' });
    expect(readdirSync(base)).toEqual([]);
  });

  test('are twenty at most', async () => {
    const { drags, pass } = setUp();
    for (let n = 0; n < 20; n++) await drags.write([key()]);
    await expect(drags.write([key()])).rejects.toMatchObject({ code: 'busy' });
    pass(keepDraggedForMs);
    await drags.write([key()]);
    expect(readdirSync(base)).toHaveLength(1);
  });

  test('leave nothing when one of them can’t be written', async () => {
    const { drags, timers } = setUp();
    await expect(drags.write([key(), { fileName: '../out', bytes: bytesOf('x') }])).rejects.toMatchObject({
      code: 'bad-request',
    });
    expect(readdirSync(base)).toEqual([]);
    expect(timers).toEqual([]);
    expect(existsSync(path.join(place.folder, 'out'))).toBe(false);
  });

  test('are refused with words where no folder can be made', async () => {
    const { drags } = setUp({ base: path.join(base, 'missing') });
    await expect(drags.write([key()])).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what a killed Coffer left', () => {
  test('goes at the next start, and nothing else does', async () => {
    const dead = leave(`coffer-drag-${await deadPid()}-abcdEF`);
    const own = leave(`coffer-drag-${process.pid}-abcdEF`);
    const running = leave(`coffer-drag-${process.ppid}-abcdEF`);
    const others = ['coffer-drag', 'coffer-drag-x-abcdEF', 'coffer-drag-1-abc', 'else'].map(leave);
    const { drags } = setUp();
    const { paths } = await drags.write([key()]);
    drags.removeLeftovers();
    expect([dead, own].map(existsSync)).toEqual([false, false]);
    expect([running, ...others, ...paths].every(existsSync)).toBe(true);
  });

  test('goes by its age, too, if its number belongs to another program now', () => {
    const folder = leave(`coffer-drag-${process.ppid}-abcdEF`);
    const { drags, clock } = setUp();
    clock.nowMs += 2 * keepDraggedForMs;
    utimesSync(folder, clock.nowMs / 1000, clock.nowMs / 1000);
    drags.removeLeftovers();
    expect(existsSync(folder)).toBe(true);
    clock.nowMs += 2 * keepDraggedForMs + 1;
    drags.removeLeftovers();
    expect(existsSync(folder)).toBe(false);
  });

  test('goes wherever it was made, with a folder of the session or without', async () => {
    const other = path.join(place.folder, 'tmp');
    mkdirSync(other, { mode: 0o700 });
    const left = [leave(`coffer-drag-${await deadPid()}-abcdEF`)];
    const { drags } = setUp({ base: other, places: [other, base] });
    base = other;
    left.push(leave(`coffer-drag-${await deadPid()}-abcdEF`));
    drags.removeLeftovers();
    expect(left.map(existsSync)).toEqual([false, false]);
  });

  test('is not looked for behind a link, in place of the folder or in it', async () => {
    const precious = path.join(place.folder, 'precious');
    mkdirSync(precious);
    writeFileSync(path.join(precious, 'file'), 'precious');
    const pid = await deadPid();
    const link = path.join(base, `coffer-drag-${pid}-abcdEF`);
    symlinkSync(precious, link);
    symlinkSync(precious, path.join(leave(`coffer-drag-${pid}-ghijKL`), 'inside'));
    setUp().drags.removeLeftovers();
    expect(readdirSync(base)).toEqual([path.basename(link)]);
    expect(readFileSync(path.join(precious, 'file'), 'utf8')).toBe('precious');
  });

  test('of another user stays', async () => {
    if (!isRoot()) return;
    const { path: theirs, remove } = await folderOfUser();
    try {
      base = theirs;
      chmodSync(theirs, 0o777);
      const ours = leave(`coffer-drag-${await deadPid()}-abcdEF`);
      await asUser(() => {
        setUp().drags.removeLeftovers();
        return Promise.resolve();
      });
      expect(existsSync(ours)).toBe(true);
      setUp().drags.removeLeftovers();
      expect(existsSync(ours)).toBe(false);
    } finally {
      await remove();
    }
  });

  test('is no matter where there is no such folder', () => {
    const { drags } = setUp({ base: path.join(base, 'missing') });
    expect(() => drags.removeLeftovers()).not.toThrow();
  });
});

describe('the place for them', () => {
  test('is the folder of the session, if it is the user’s alone', () => {
    expect(dragBase(base)).toBe(base);
    chmodSync(base, 0o750);
    expect(dragBase(base)).toBe(tmpdir());
  });

  test('is the system’s for temporary files otherwise', async () => {
    const link = path.join(place.folder, 'link');
    symlinkSync(base, link);
    const { path: theirs, remove } = await folderOfUser();
    for (const folder of [undefined, '', 'run', link, path.join(base, 'missing'), ...(isRoot() ? [theirs] : [])]) {
      expect(dragBase(folder)).toBe(tmpdir());
    }
    await remove();
  });

  test('may have been another one at an earlier start: each is looked through', () => {
    const usual = path.join(place.folder, String(process.geteuid?.()));
    mkdirSync(usual, { mode: 0o700 });
    expect(dragPlaces(base, place.folder)).toEqual([base, usual, tmpdir()]);
    expect(dragPlaces(undefined, place.folder)).toEqual([tmpdir(), usual]);
    expect(dragPlaces(usual, place.folder)).toEqual([usual, tmpdir()]);
  });
});
