import { existsSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { readBoundedFile } from './read-file';

const maxExportBytes = 16 * 1024 * 1024;

/** Where an export was written. */
export interface ExportPlace {
  readonly folder: string;
  readonly fileName: string;
}

/** Whether a file of this name is there, whatever is in it. */
export function isStillThere({ folder, fileName }: ExportPlace): boolean {
  return existsSync(path.join(folder, fileName));
}

/**
 * Reads a file that Coffer wrote.
 *
 * @param use - Gets its bytes, which are wiped afterwards.
 * @throws CofferError `not-found`, `no-permission`, `io-failed`.
 */
export function readExportedFile<T>({ folder, fileName }: ExportPlace, use: (bytes: Uint8Array) => T): T {
  const bytes = readBoundedFile(path.join(folder, fileName), maxExportBytes, 'exported file');
  try {
    return use(bytes);
  } finally {
    bytes.fill(0);
  }
}

/**
 * Deletes an exported file if it still is what was written. Disks keep the blocks of deleted files for a while. A file that
 * is gone from its folder already is no error.
 *
 * @param isUnchanged - Judges the file's bytes, which are wiped afterwards.
 * @throws CofferError `not-found` if the folder is not there; `bad-request` if another content stands there now; `no-permission`, `io-failed`.
 */
export function deleteExportedFile(
  { folder, fileName }: ExportPlace,
  isUnchanged: (bytes: Uint8Array) => boolean,
): void {
  const file = path.join(folder, fileName);
  if (!existsSync(folder)) {
    throw new CofferError('not-found', 'exported file: its folder is not there; connect its disk and try again');
  }
  if (!existsSync(file)) return;
  const bytes = readBoundedFile(file, maxExportBytes, 'exported file');
  try {
    if (!isUnchanged(bytes)) {
      throw new CofferError(
        'bad-request',
        'exported file: it was changed since Coffer wrote it; look at it and delete it yourself',
      );
    }
    unlinkSync(file);
  } catch (error) {
    throw translateFileError(error, 'exported file');
  } finally {
    bytes.fill(0);
  }
}
