import { constants } from 'node:fs';
import { link, lstat, open, rename, rm, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sayFirst } from '../../preload/words/first';
import { CofferError } from '../errors';
import { systemCodeOf, translateFileError } from './file-error';
import { restrictToOwner, thisHost, type FileSystemHost } from './owner-only';

/** `.pem` private keys, other private files, public files. */
export type FileMode = 0o400 | 0o600 | 0o644;

/** A file to be written. */
export interface FileToWrite {
  readonly folder: string;
  /** A bare name; see `safeFileName`. */
  readonly fileName: string;
  /** Stays the caller's, who wipes it. */
  readonly bytes: Uint8Array;
  readonly mode: FileMode;
  /** False: an existing file stays as it is. True: it is replaced as a whole, or stays. */
  readonly replace: boolean;
  /** Called when the new file is complete, just before it is published; what it throws leaves all as it was. */
  readonly beforePublishing?: () => void;
}

/** What `link` fails with where the file system has no hard links. */
const noLinks: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EINVAL'];
/** What syncing a folder fails with where that cannot be done. */
const noFolderSync: readonly string[] = ['EINVAL', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'EPERM', 'EBADF'];
const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;

/**
 * Writes a file so that it is whole or not there, and never readable by others in between: a temporary file in the same folder
 * (0600 from its creation, or an access list for the user alone), written, synced, given its mode, published in one step, and
 * the folder synced. The temporary file is removed whatever happens.
 *
 * @param file - What to write, and where.
 * @param host - The computer; given in tests.
 * @throws CofferError `file-exists`, `disk-full`, `no-permission` or `io-failed`, with what there was left as it is;
 * `bad-request` for a name that is more than a name.
 */
export async function writeFileSafely(file: FileToWrite, host: FileSystemHost = thisHost): Promise<void> {
  const { folder, fileName, replace } = file;
  if (fileName === '' || fileName === '.' || fileName === '..' || /[/\\\0]/.test(fileName)) {
    throw new CofferError('bad-request', sayFirst('main-first.file-name-expected-a-name-without-path-separators'));
  }
  const target = join(folder, fileName);
  const temporary = join(folder, `.coffer-${crypto.randomUUID()}.tmp`);
  try {
    // Only to keep a secret off the disk if it can be known now; publishing decides.
    if (!replace && (await exists(target))) throw fileExists();
    await writeTemporary(temporary, file, host);
    file.beforePublishing?.();
    if (replace) await rename(temporary, target);
    else await publishNew(temporary, target);
  } catch (error) {
    throw translateFileError(error, sayFirst('main-first.folder-of-the-file'));
  } finally {
    await removeQuietly(temporary);
  }
  await syncFolder(folder, host);
}

/**
 * Publishes a file under a new name where there are no hard links: the name is taken with an empty file, which only one
 * process can create, and that file is replaced. For a moment others may see it empty.
 *
 * @param temporary - The file; gone afterwards.
 * @param target - Its new path, in the same folder.
 * @throws The system's error; code `EEXIST` if the name is taken.
 */
export async function publishWithoutLinks(temporary: string, target: string): Promise<void> {
  const placeholder = await open(target, newFile, 0o600);
  try {
    await placeholder.close();
    await rename(temporary, target);
  } catch (error) {
    await removeQuietly(target);
    throw error;
  }
}

/**
 * The mode of an exported file: ssh and AWS ask that `.pem` files be read-only.
 *
 * @param fileName - Its ending counts.
 * @param isPrivate - Whether it holds a private key.
 */
export function modeOfExport(fileName: string, isPrivate: boolean): FileMode {
  if (!isPrivate) return 0o644;
  return fileName.toLowerCase().endsWith('.pem') ? 0o400 : 0o600;
}

async function writeTemporary(path: string, file: FileToWrite, host: FileSystemHost): Promise<void> {
  // Windows has no O_NOFOLLOW: Node leaves the constant out.
  const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;
  const handle = await open(path, newFile | noFollow, 0o600);
  try {
    if (file.mode !== 0o644) await restrictToOwner(path, host);
    await handle.writeFile(file.bytes);
    await handle.sync();
    await giveMode(handle, file.mode, host);
  } finally {
    await handle.close();
  }
}

async function giveMode(handle: FileHandle, mode: FileMode, host: FileSystemHost): Promise<void> {
  // On Windows a mode without write access only sets the read-only attribute, which then hinders replacing and deleting.
  if (host.platform === 'win32') return;
  await handle.chmod(mode);
  await handle.sync();
}

/**
 * Gives a finished file its name, never over another.
 *
 * @param temporary - In the target's folder. Stays beside it where there are hard links; the caller removes it.
 * @throws The system's error; code `EEXIST` if the name is taken.
 */
export async function publishNew(temporary: string, target: string): Promise<void> {
  try {
    await link(temporary, target);
  } catch (error) {
    if (!noLinks.includes(systemCodeOf(error))) throw error;
    await publishWithoutLinks(temporary, target);
  }
}

/**
 * Makes names that were given or taken in a folder last.
 *
 * @throws CofferError `io-failed` and the like; not where a folder cannot be synced.
 */
export async function syncFolder(folder: string, host: FileSystemHost = thisHost): Promise<void> {
  if (host.platform === 'win32') return;
  try {
    const handle = await open(folder, constants.O_RDONLY);
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    // A folder may be writable and not readable; the file is complete, and only its name could be lost in a power cut.
    if (!noFolderSync.includes(systemCodeOf(error)) && systemCodeOf(error) !== 'EACCES') {
      throw translateFileError(error, sayFirst('main-first.folder-of-the-file'));
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') return false;
    throw error;
  }
}

async function removeQuietly(path: string): Promise<void> {
  try {
    await rm(path, { force: true });
  } catch {
    // The error that led here says more than this one would.
  }
}

function fileExists(): CofferError {
  return new CofferError('file-exists', sayFirst('main-first.file-a-file-with-this-name-exists-already'));
}
