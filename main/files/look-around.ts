import type { Dirent } from 'node:fs';
import { lstat, opendir } from 'node:fs/promises';
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
 * named here may be one; sockets and pipes are left out, and a folder that is not there. An entry that may not be looked at
 * keeps no other one out.
 *
 * @param folders - Absolute paths.
 * @param maxBytes - Larger files are left out: they are nothing that is looked for.
 * @param isOver - Asked before each entry; once it is true, the rest is left out.
 */
export async function lookAround(
  folders: readonly string[],
  maxBytes: number,
  isOver: () => boolean,
): Promise<Surroundings> {
  let isComplete = true;
  const files: DatedFile[] = [];
  for (const folder of folders) {
    const top = await entriesOf(folder, isOver);
    const within = top.entries.filter((entry) => entry.isDirectory()).map(({ name }) => path.join(folder, name));
    const seen: DatedFile[] = [];
    isComplete = (await addFiles(seen, { folder, ...top }, maxBytes, isOver)) && isComplete;
    for (const inner of within.slice(0, mostFolders)) {
      const read = { folder: inner, ...(await entriesOf(inner, isOver)) };
      isComplete = (await addFiles(seen, read, maxBytes, isOver)) && isComplete;
    }
    isComplete &&= within.length <= mostFolders && seen.length <= mostFiles;
    files.push(...seen.toSorted((a, b) => b.changedAtMs - a.changedAtMs).slice(0, mostFiles));
  }
  // One of the folders may lie in another.
  const distinct = [...new Map(files.map((file) => [path.join(file.folder, file.fileName), file])).values()];
  const inOrder = distinct.toSorted((a, b) => compare(a.folder, b.folder) || compare(a.fileName, b.fileName));
  return { files: inOrder.map(({ folder, fileName }) => ({ folder, fileName })), isComplete };
}

interface Entries {
  readonly entries: readonly Dirent[];
  readonly isComplete: boolean;
}

/** Whether all of the folder was looked at. */
async function addFiles(
  seen: DatedFile[],
  { folder, entries, isComplete: isListed }: Entries & { readonly folder: string },
  maxBytes: number,
  isOver: () => boolean,
): Promise<boolean> {
  let isComplete = isListed;
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    if (isOver()) return false;
    try {
      const info = await lstat(path.join(folder, entry.name));
      if (info.isFile() && info.size <= maxBytes) {
        seen.push({ folder, fileName: entry.name, changedAtMs: info.mtimeMs });
      }
    } catch (error) {
      isComplete &&= systemCodeOf(error) === 'ENOENT';
    }
  }
  return isComplete;
}

async function entriesOf(folder: string, isOver: () => boolean): Promise<Entries> {
  const entries: Dirent[] = [];
  try {
    // The folder closes itself when the loop ends.
    for await (const entry of await opendir(folder)) {
      if (entries.length === mostNames || isOver()) return { entries, isComplete: false };
      entries.push(entry);
    }
    return { entries, isComplete: true };
  } catch (error) {
    return { entries, isComplete: ['ENOENT', 'ENOTDIR'].includes(systemCodeOf(error)) };
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
