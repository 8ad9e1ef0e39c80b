import { createHash } from 'node:crypto';
import { existsSync, unlinkSync } from 'node:fs';
import path from 'node:path';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { readBoundedFile } from './read-file';

const maxExportBytes = 16 * 1024 * 1024;

/** A file that an export left on disk. */
export interface ExportedFile {
  readonly folder: string;
  readonly fileName: string;
  /** SHA-256 of what was written, lower-case hex. */
  readonly sha256Hex: string;
}

/** SHA-256 as lower-case hex. */
export function sha256HexOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Whether a file of this name is there, whatever is in it. */
export function isStillThere({ folder, fileName }: ExportedFile): boolean {
  return existsSync(path.join(folder, fileName));
}

/**
 * Deletes an exported file if it still is what was written. Disks keep the blocks of deleted files for a while.
 *
 * @returns False if there was no such file.
 * @throws CofferError `bad-request` if another content stands there now; `no-permission`, `io-failed`.
 */
export function deleteExportedFile({ folder, fileName, sha256Hex }: ExportedFile): boolean {
  const file = path.join(folder, fileName);
  if (!existsSync(file)) return false;
  const bytes = readBoundedFile(file, maxExportBytes, 'exported file');
  try {
    if (sha256HexOf(bytes) !== sha256Hex) {
      throw new CofferError(
        'bad-request',
        'exported file: it was changed since Coffer wrote it; look at it and delete it yourself',
      );
    }
    unlinkSync(file);
    return true;
  } catch (error) {
    throw translateFileError(error, 'exported file');
  } finally {
    bytes.fill(0);
  }
}
