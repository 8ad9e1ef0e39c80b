import { existsSync, statSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { readBoundedFile } from './read-file';

const maxExportBytes = 16 * 1024 * 1024;

/** Where an export was written. */
export interface ExportPlace {
  readonly folder: string;
  readonly fileName: string;
}

/** How messages speak of a file that is deleted. */
export interface DeletedSubject {
  readonly name: string;
  /** Such as `since Coffer wrote it`. */
  readonly since: string;
}

/** Whether a file of this name is there, whatever is in it. */
export function isStillThere({ folder, fileName }: ExportPlace): boolean {
  return existsSync(path.join(folder, fileName));
}

/**
 * What became of a file that Coffer wrote.
 *
 * @param isUnchanged - Judges its bytes, which are wiped afterwards.
 * @returns `unreadable` if nothing can be told: its folder is not there, or may not be read.
 */
export function exportedFileState(
  place: ExportPlace,
  isUnchanged: (bytes: Uint8Array) => boolean,
): 'there' | 'changed' | 'unreadable' | 'gone' {
  const file = path.join(place.folder, place.fileName);
  let bytes: Uint8Array | null = null;
  try {
    const info = statSync(file, { throwIfNoEntry: false });
    if (info === undefined) return existsSync(place.folder) ? 'gone' : 'unreadable';
    // Opening a pipe would wait for whoever writes into it.
    if (!info.isFile() || info.size > maxExportBytes) return 'changed';
    bytes = readBoundedFile(file, maxExportBytes, say('main-files.exported-file'));
    return isUnchanged(bytes) ? 'there' : 'changed';
  } catch {
    return 'unreadable';
  } finally {
    bytes?.fill(0);
  }
}

/**
 * Deletes a file if it still is what Coffer wrote or read. Disks keep the blocks of deleted files for a while.
 *
 * @param place - Where it was.
 * @param isUnchanged - Judges the file's bytes, which are wiped afterwards.
 * @param subject - What messages call it, and since when it may have changed.
 * @returns `gone` if it was not there any more.
 * @throws CofferError `not-found` if the folder is not there; `bad-request` if another content stands there now; `no-permission`, `io-failed`.
 */
export function deleteExportedFile(
  place: ExportPlace,
  isUnchanged: (bytes: Uint8Array) => boolean,
  subject: DeletedSubject = { name: say('main-files.exported-file'), since: say('main-files.since-coffer-wrote-it') },
): 'deleted' | 'gone' {
  const { folder, fileName } = place;
  const { name, since } = subject;
  const file = path.join(folder, fileName);
  if (!existsSync(folder)) {
    throw new CofferError('not-found', say('main-files.its-folder-is-not-there-connect-its-disk', { name }));
  }
  if (!existsSync(file)) return 'gone';
  const bytes = readBoundedFile(file, maxExportBytes, name);
  try {
    if (!isUnchanged(bytes)) {
      throw new CofferError('bad-request', say('main-files.it-was-changed-look-at-it-and-delete', { name, since }));
    }
    unlinkSync(file);
    return 'deleted';
  } catch (error) {
    throw translateFileError(error, name);
  } finally {
    bytes.fill(0);
  }
}
