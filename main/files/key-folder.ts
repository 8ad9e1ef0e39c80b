import { lstat, mkdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { systemCodeOf, translateFileError } from './file-error';

/** Folders in which other programs look for keys. */
export type KeyFolder = '.ssh' | '.ec2' | '.aws';

/**
 * Makes sure that one of the user's folders for keys is there and theirs. A missing one is created with mode 0700. A link is followed if
 * it leads to a folder that the user owns, as with kept configuration files.
 *
 * @param home - The user's home folder.
 * @returns Path of the folder, links resolved, so that what was checked is what is written to.
 * @throws CofferError `no-permission` if it is somebody else's or may not be created; `io-failed` if it is no folder.
 */
export async function ensureKeyFolder(home: string, name: KeyFolder): Promise<string> {
  const path = join(home, name);
  try {
    await createIfMissing(path);
    const resolved = await realpath(path);
    const found = await stat(resolved);
    if (!found.isDirectory())
      throw new CofferError('io-failed', say('main-files.expected-a-folder-and-found-something-else', { name }));
    // Windows has no user ids; there the home folder's access list protects it.
    if (process.geteuid !== undefined && found.uid !== process.geteuid()) {
      throw new CofferError('no-permission', say('main-files.expected-a-folder-that-belongs-to-you-it', { name }));
    }
    return resolved;
  } catch (error) {
    throw translateFileError(error, name);
  }
}

async function createIfMissing(path: string): Promise<void> {
  try {
    await lstat(path);
  } catch (error) {
    if (systemCodeOf(error) !== 'ENOENT') throw error;
    await mkdir(path, { mode: 0o700, recursive: true });
  }
}
