import { closeSync, constants, existsSync, fsyncSync, openSync, renameSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { discardWorkingFile, logEndings, workingPath } from './leftovers';

/** A file that will take a vault's place. */
export interface Successor {
  /** Empty, mode 0600, in the vault's folder. */
  readonly path: string;
  /**
   * Syncs it and renames it over the vault, in one step for the file system. Both databases must be closed.
   *
   * @throws CofferError `io-failed` if a log stands beside the vault, which would be played into the successor; `no-permission`,
   *   `disk-full`. The vault is as it was then.
   */
  takePlace(): void;
  /** Removes it, and its logs. */
  discard(): void;
}

/**
 * Makes the empty file for a vault's successor.
 *
 * @param vaultFile - Links resolved.
 * @throws CofferError `no-permission`, `disk-full`, `not-found`.
 */
export function startSuccessor(vaultFile: string): Successor {
  const successor = workingPath(vaultFile, 'new');
  const discard = () => discardWorkingFile(successor);
  const takePlace = () => {
    if (logEndings.some((ending) => existsSync(vaultFile + ending))) {
      throw new CofferError('io-failed', say('main-files.vault-its-log-could-not-be-folded-in'));
    }
    translating(() => {
      syncFile(successor);
      renameSync(successor, vaultFile);
    });
    syncFolderQuietly(path.dirname(vaultFile));
  };
  translating(() => closeSync(openSync(successor, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)));
  return { path: successor, takePlace, discard };
}

/**
 * Makes a file's content last.
 *
 * @throws The system's error.
 */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes names in a folder last, where that can be done: the file is whole either way, only its name could be lost in a power cut. */
export function syncFolderQuietly(folder: string): void {
  if (process.platform === 'win32') return; // Windows has no handle of a folder to sync
  try {
    const descriptor = openSync(folder, 'r');
    try {
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  } catch {
    // As said above.
  }
}

function translating(step: () => void): void {
  try {
    step();
  } catch (error) {
    throw translateFileError(error, say('main-files.vault'));
  }
}
