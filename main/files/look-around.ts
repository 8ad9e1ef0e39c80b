import { type Dirent, readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** A file that may be worth opening. */
export interface SeenFile {
  readonly folder: string;
  readonly fileName: string;
  readonly sizeBytes: number;
}

/** Most files that are told of one folder. */
const mostFiles = 500;

/**
 * Lists the plain files of some folders, not of folders in them. Links, sockets and pipes are left out; so is a folder that is not
 * there or may not be read.
 *
 * @param folders - Absolute paths.
 * @param maxBytes - Larger files are left out.
 */
export function lookAround(folders: readonly string[], maxBytes: number): SeenFile[] {
  return folders.flatMap((folder) => {
    const files = entriesOf(folder).filter((entry) => entry.isFile());
    return files.slice(0, mostFiles).flatMap(({ name }) => {
      const sizeBytes = sizeOf(path.join(folder, name));
      return sizeBytes === null || sizeBytes > maxBytes ? [] : [{ folder, fileName: name, sizeBytes }];
    });
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function sizeOf(file: string): number | null {
  try {
    return statSync(file).size;
  } catch {
    return null;
  }
}
