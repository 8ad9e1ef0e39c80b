import { closeSync, constants, copyFileSync, existsSync, fsyncSync, lstatSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { discardWorkingFile, logsBeside, workingPath } from './leftovers';

/** Copies of a vault and its log, taken before SQLite folds the log in. */
export interface AsideCopy {
  /**
   * To be called once the vault is locked for this process.
   *
   * @throws CofferError `vault-in-use` if another process changed the vault since the copies were taken.
   */
  requireUnchanged(): void;
  /** Puts the bytes back as they were. The database must be closed. */
  restore(): void;
  /** Removes the copies. */
  discard(): void;
}

/**
 * Copies a vault and the log beside it. To be called before the database is opened.
 *
 * @param file - As `inspectVaultFile` gives it.
 * @throws CofferError `disk-full`, `no-permission`, `io-failed`; nothing is left behind then.
 */
export function copyAside(file: string): AsideCopy {
  const folder = path.dirname(file);
  const copy = workingPath(file, 'aside');
  const present = ['', ...logsBeside(file)];
  const copyOf = (ending: string) => copy + ending;
  const before = present.map((ending) => markOf(file + ending));
  const discard = () => discardWorkingFile(copy);
  try {
    for (const ending of present) copyAndSync(file + ending, copyOf(ending));
  } catch (error) {
    discard();
    throw translateFileError(error, say('main-files.vault'));
  }
  const requireUnchanged = () => {
    // Taking the lock rolls a journal back, which changes the file; a write-ahead log stays as it is.
    if (present.includes('-journal')) return;
    const isSame = present.every((ending, at) => existsSync(file + ending) && markOf(file + ending) === before[at]);
    if (!isSame) throw new CofferError('vault-in-use', say('main-files.vault-another-coffer-has-just-used-it-try'));
  };
  const restore = () => {
    try {
      // Logs first: a log beside the folded file plays to the same content, an unfolded file without its log would lose it.
      for (const ending of present.toReversed()) renameSync(copyOf(ending), file + ending);
      syncFolder(folder);
    } catch (error) {
      throw translateFileError(error, say('main-files.vault'));
    }
  };
  return { requireUnchanged, restore, discard };
}

/** Changes whenever the file is written to or replaced. */
function markOf(file: string): string {
  const info = lstatSync(file, { bigint: true });
  if (!info.isFile()) {
    throw new CofferError('vault-damaged', say('main-files.vault-the-log-beside-it-is-not-a'));
  }
  return `${info.dev}:${info.ino}:${info.size}:${info.mtimeNs}`;
}

function copyAndSync(from: string, to: string): void {
  copyFileSync(from, to, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  const descriptor = openSync(to, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function syncFolder(folder: string): void {
  if (process.platform === 'win32') return; // Windows has no handle of a folder to sync
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
