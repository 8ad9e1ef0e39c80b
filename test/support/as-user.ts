import { chmod, chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Runs something without root's powers: the process takes another user and group for as long as it lasts, on all of its
 * threads. The user has no account, only a number that nobody else has. When the tests do not run as root, they are an
 * ordinary user already, and nothing is changed.
 */
export async function asUser<T>(work: () => Promise<T>): Promise<T> {
  const { seteuid, setegid, setgroups, getgroups } = process;
  if (!isRoot() || seteuid === undefined || setegid === undefined) return work();
  if (setgroups === undefined || getgroups === undefined) return work();
  const groups = getgroups();
  setgroups([throwAwayId()]);
  setegid(throwAwayId());
  seteuid(throwAwayId());
  try {
    return await work();
  } finally {
    seteuid(0);
    setegid(0);
    setgroups(groups);
  }
}

/** A folder that belongs to that user, and what removes it. */
export async function folderOfUser(): Promise<{ readonly path: string; readonly remove: () => Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'coffer-user-'));
  await chmod(path, 0o700);
  await giveToUser(path);
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}

/** Makes a file or folder the user's. */
export async function giveToUser(path: string): Promise<void> {
  if (isRoot()) await chown(path, throwAwayId(), throwAwayId());
}

/** True if the tests run as root. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Far above the numbers of accounts, and another one for each process that runs tests. */
function throwAwayId(): number {
  return 1_000_000 + process.pid;
}
