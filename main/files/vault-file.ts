import { closeSync, constants, existsSync, openSync, readSync, realpathSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { discardWorkingFile, logsBeside, workingPath } from './leftovers';
import { publishNew, syncFolder } from './safe-write';

const sqliteMagic = 'SQLite format 3\0';
// SQLite's file header: page size at 16, write and read version at 18 and 19 (1 or, with a log, 2), number of pages at 28.
const headerBytes = 100;

/** What can be seen of a vault file before SQLite opens it. */
export interface VaultFile {
  /** Symbolic links resolved, so that the log is looked for beside the real file. */
  readonly path: string;
  /** A log of a process that did not close the vault stands beside it. */
  readonly hasLog: boolean;
}

/**
 * Looks at a vault file that this process does not have open.
 *
 * @throws CofferError `not-found`, `no-permission`, `not-a-vault`; `vault-damaged` if it is shorter or longer than it says.
 */
export function inspectVaultFile(file: string): VaultFile {
  return translating(say('main-files.vault'), () => {
    if (!existsSync(file)) throw new CofferError('not-found', say('main-files.vault-the-file-is-not-there-was-it'));
    const real = realpathSync(file);
    const info = statSync(real);
    if (!info.isFile())
      throw new CofferError('not-a-vault', say('main-files.file-expected-a-coffer-vault-not-a-folder'));
    const hasLog = logsBeside(real).length > 0;
    const header = readStart(real);
    if (header.length === 0)
      throw new CofferError('not-a-vault', say('main-files.file-it-is-empty-restore-the-vault-from'));
    if (!Buffer.from(sqliteMagic, 'latin1').subarray(0, header.length).equals(header.subarray(0, 16))) {
      throw new CofferError('not-a-vault', say('main-files.file-expected-a-coffer-vault-its-first-bytes'));
    }
    if (header.length < headerBytes) throw wrongLength(info.size, null);
    if (header[18] !== header[19] || (header[18] !== 1 && header[18] !== 2)) {
      throw new CofferError('vault-damaged', say('main-files.vault-the-file-is-damaged-in-its-first'));
    }
    const saysBytes = header.readUInt32BE(28) * (header.readUInt16BE(16) === 1 ? 65536 : header.readUInt16BE(16));
    if (!hasLog && info.size !== saysBytes) throw wrongLength(info.size, saysBytes);
    return { path: real, hasLog };
  });
}

/**
 * Requires that no file has this name yet.
 *
 * @throws CofferError `file-exists`.
 */
export function requireFreeName(file: string): void {
  if (existsSync(file))
    throw new CofferError('file-exists', say('main-files.vault-a-file-with-this-name-exists-already'));
}

/** A new vault on its way: made under another name, and published when it is whole. */
export interface NewVaultFile {
  /** Empty, mode 0600, in the folder where the vault will be. */
  readonly temporaryPath: string;
  /** Gives it its name, never over another file; throws `file-exists`. The database must be closed. */
  publish(): Promise<void>;
  /** Removes it, and its log. */
  discard(): void;
}

/**
 * Makes the empty file for a new vault.
 *
 * @throws CofferError `file-exists`, `no-permission`, `disk-full`, `not-found` (no such folder).
 */
export function startNewVaultFile(file: string): NewVaultFile {
  return translating(say('main-files.vault'), () => {
    requireFreeName(file);
    const folder = realpathSync(path.dirname(file));
    const temporaryPath = workingPath(path.join(folder, path.basename(file)), 'new');
    closeSync(openSync(temporaryPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
    const discard = () => discardWorkingFile(temporaryPath);
    const publish = async () => {
      try {
        await publishNew(temporaryPath, path.join(folder, path.basename(file)));
        discard();
        await syncFolder(folder);
      } catch (error) {
        throw translateFileError(error, say('main-files.vault'));
      }
    };
    return { temporaryPath, publish, discard };
  });
}

function readStart(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(headerBytes);
    return start.subarray(0, readSync(descriptor, start, 0, headerBytes, 0));
  } finally {
    closeSync(descriptor);
  }
}

function translating<T>(what: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw translateFileError(error, what);
  }
}

function wrongLength(bytes: number, saysBytes: number | null): CofferError {
  return new CofferError(
    'vault-damaged',
    saysBytes === null
      ? say('main-files.vault-of-wrong-length', { bytes })
      : say('main-files.vault-of-another-length', { bytes, saysBytes }),
  );
}

/**
 * Requires that the folder of a vault, where its log goes, can be written to: makes a file there and removes it.
 *
 * @throws CofferError `no-permission`, `disk-full`, `not-found`.
 */
export function requireWritableFolder(vaultFile: string): void {
  translating(say('main-files.folder-of-the-vault'), () => {
    const probe = workingPath(vaultFile, 'new');
    closeSync(openSync(probe, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
    rmSync(probe);
  });
}
