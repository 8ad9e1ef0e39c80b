import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { CofferError } from '../errors';
import { systemCodeOf, translateFileError } from './file-error';

const sqliteMagic = 'SQLite format 3\0';
// SQLite's file header: page size at 16, write and read version at 18 and 19 (1 or, with a log, 2), number of pages at 28.
const headerBytes = 100;
const logEndings = ['-wal', '-journal'] as const;

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
  return translating('vault', () => {
    if (!existsSync(file))
      throw new CofferError('not-found', 'vault: the file is not there; was it moved, or is a disk missing?');
    const real = realpathSync(file);
    const info = statSync(real);
    if (!info.isFile()) throw new CofferError('not-a-vault', 'file: expected a Coffer vault, not a folder or a device');
    const hasLog = logEndings.some((ending) => existsSync(real + ending));
    const header = readStart(real);
    if (header.length === 0) throw new CofferError('not-a-vault', 'file: it is empty; restore the vault from a backup');
    if (!Buffer.from(sqliteMagic, 'latin1').subarray(0, header.length).equals(header.subarray(0, 16))) {
      throw new CofferError('not-a-vault', 'file: expected a Coffer vault; its first bytes are not those of one');
    }
    if (header.length < headerBytes) throw wrongLength(info.size, null);
    if (header[18] !== header[19] || (header[18] !== 1 && header[18] !== 2)) {
      throw new CofferError('vault-damaged', 'vault: the file is damaged in its first bytes; restore it from a backup');
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
    throw new CofferError('file-exists', 'vault: a file with this name exists already; choose another name');
}

/** A new vault on its way: made under another name, and published when it is whole. */
export interface NewVaultFile {
  /** Empty, mode 0600, in the folder where the vault will be. */
  readonly temporaryPath: string;
  /** Gives it its name, never over another file; throws `file-exists`. The database must be closed. */
  publish(): void;
  /** Removes it, and its log. */
  discard(): void;
}

/**
 * Makes the empty file for a new vault.
 *
 * @throws CofferError `file-exists`, `no-permission`, `disk-full`, `not-found` (no such folder).
 */
export function startNewVaultFile(file: string): NewVaultFile {
  return translating('vault', () => {
    requireFreeName(file);
    const folder = realpathSync(path.dirname(file));
    const temporaryPath = path.join(folder, `.${path.basename(file)}.${crypto.randomUUID()}.new`);
    closeSync(openSync(temporaryPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
    const discard = () => {
      for (const ending of ['', ...logEndings]) rmSync(temporaryPath + ending, { force: true });
    };
    const publish = () => {
      translating('vault', () => {
        publishUnderName(temporaryPath, path.join(folder, path.basename(file)));
        discard();
        syncFolder(folder);
      });
    };
    return { temporaryPath, publish, discard };
  });
}

/** Copies of a vault and its log, taken before SQLite folds the log in. */
export interface AsideCopy {
  /** Puts the files back as they were. The database must be closed. */
  restore(): void;
  /** Removes the copies. */
  discard(): void;
}

/**
 * Copies a vault and the log beside it. To be called before the database is opened.
 *
 * @param file - As {@link inspectVaultFile} gives it.
 * @throws CofferError `disk-full`, `no-permission`, `io-failed`; nothing is left behind then.
 */
export function copyAside(file: string): AsideCopy {
  const mark = `.aside-${crypto.randomUUID()}`;
  const present = ['', ...logEndings].filter((ending) => existsSync(file + ending));
  const discard = () => {
    for (const ending of present) rmSync(file + ending + mark, { force: true });
  };
  const restore = () => {
    translating('vault', () => {
      for (const ending of present) renameSync(file + ending + mark, file + ending);
      syncFolder(path.dirname(file));
    });
  };
  try {
    translating('vault', () => {
      for (const ending of present) {
        copyFileSync(file + ending, file + ending + mark, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      }
    });
  } catch (error) {
    discard();
    throw error;
  }
  return { restore, discard };
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

function publishUnderName(temporary: string, file: string): void {
  try {
    linkSync(temporary, file);
  } catch (error) {
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(systemCodeOf(error))) throw error;
    // No hard links on this file system: reserve the name, then rename over the reservation.
    closeSync(openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
    renameSync(temporary, file);
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

function translating<T>(what: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    throw translateFileError(error, what);
  }
}

function wrongLength(bytes: number, saysBytes: number | null): CofferError {
  const expected = saysBytes === null ? '' : ` and should have ${saysBytes}`;
  return new CofferError(
    'vault-damaged',
    `vault: the file is damaged: it has ${bytes} bytes${expected}; restore it from a backup`,
  );
}
