import { type Dirent, lstatSync, opendirSync } from 'node:fs';
import path from 'node:path';
import { systemCodeOf } from './file-error';

/** A file that may be worth opening. */
export interface SeenFile {
  readonly folder: string;
  readonly fileName: string;
}

/** What a look around saw. */
export interface Surroundings {
  /** By folder, then by name. */
  readonly files: readonly SeenFile[];
  /** False if there is more than was looked at, or a folder that may not be read. */
  readonly isComplete: boolean;
}

interface DatedFile extends SeenFile {
  readonly changedAtMs: number;
}

/** Most files that are told of one folder and those in it: the newest. */
const mostFiles = 500;
/** Most names that are read of one folder. */
const mostNames = 10_000;
/** Most folders within one that are looked into. */
const mostFolders = 100;

/**
 * Lists the plain files of some folders and of the folders in them, no deeper. Links are not followed, except that a folder
 * named here may be one; sockets and pipes are left out, and a folder that is not there.
 *
 * @param folders - Absolute paths.
 * @param maxBytes - Larger files are left out: they are nothing that is looked for.
 */
export function lookAround(folders: readonly string[], maxBytes: number): Surroundings {
  let isComplete = true;
  const files = folders.flatMap((folder) => {
    const top = entriesOf(folder);
    const within = top.entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
    const read = [
      { folder, ...top },
      ...within.slice(0, mostFolders).map((inner) => ({ folder: inner, ...entriesOf(inner) })),
    ];
    const seen = read.flatMap((one) => filesIn(one.folder, one.entries, maxBytes));
    isComplete &&= within.length <= mostFolders && read.every((one) => one.isComplete) && seen.length <= mostFiles;
    return seen.toSorted((a, b) => b.changedAtMs - a.changedAtMs).slice(0, mostFiles);
  });
  // One of the folders may lie in another.
  const distinct = [...new Map(files.map((file) => [path.join(file.folder, file.fileName), file])).values()];
  const inOrder = distinct.toSorted((a, b) => compare(a.folder, b.folder) || compare(a.fileName, b.fileName));
  return { files: inOrder.map(({ folder, fileName }) => ({ folder, fileName })), isComplete };
}

function filesIn(folder: string, entries: readonly Dirent[], maxBytes: number): DatedFile[] {
  return entries.flatMap((entry) => {
    const info = entry.isFile() ? lstatSync(path.join(folder, entry.name), { throwIfNoEntry: false }) : undefined;
    if (info?.isFile() !== true || info.size > maxBytes) return [];
    return [{ folder, fileName: entry.name, changedAtMs: info.mtimeMs }];
  });
}

function entriesOf(folder: string): { readonly entries: readonly Dirent[]; readonly isComplete: boolean } {
  const entries: Dirent[] = [];
  try {
    const handle = opendirSync(folder);
    try {
      for (let entry = handle.readSync(); entry !== null; entry = handle.readSync()) {
        if (entries.length === mostNames) return { entries, isComplete: false };
        entries.push(entry);
      }
    } finally {
      handle.closeSync();
    }
    return { entries, isComplete: true };
  } catch (error) {
    return { entries, isComplete: ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error)) };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
