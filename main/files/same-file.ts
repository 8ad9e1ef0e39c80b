import { existsSync, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { systemCodeOf } from './file-error';

/** Far above what a folder of keys has. */
const mostEntries = 5000;

/** Tells one file from another, whatever their names. Null if there is none. */
export function identityOf(file: string): string | null {
  const info = statSync(file, { bigint: true, throwIfNoEntry: false });
  return info === undefined ? null : `${info.dev}:${info.ino}`;
}

/** Whether two names lead to one and the same file that is there. Nothing is opened. */
export function isSameFile(a: string, b: string): boolean {
  const identity = identityOf(a);
  return identity !== null && identity === identityOf(b);
}

/**
 * Remembers which file stands at a place.
 *
 * @returns Says whether that very file still stands there. It is not opened.
 */
export function watchPlace(file: string): () => boolean {
  const identity = identityOf(file);
  return () => identityOf(file) === identity;
}

/** A path with its links resolved; as it is where nothing stands. The file is not opened. */
export function realPathOf(file: string): string {
  return existsSync(file) ? realpathSync(file) : file;
}

/**
 * Finds out which files are in use by way of a folder: what is in it, and where links in it lead to.
 *
 * @param found - Gets what {@link identityOf} says of each, folders too.
 * @throws Error of the system if a folder may not be read, or holds too much: nothing can be told then.
 */
export function addIdentitiesWithin(folder: string, found: Set<string>): void {
  for (const name of namesIn(folder)) {
    const entry = path.join(folder, name);
    const identity = reachable(() => identityOf(entry));
    if (identity === null || found.has(identity)) continue;
    if (found.size >= mostEntries) throw new RangeError('folder: expected fewer entries');
    found.add(identity);
    if (statSync(entry).isDirectory()) addIdentitiesWithin(entry, found);
  }
}

function namesIn(folder: string): readonly string[] {
  return reachable(() => readdirSync(folder)) ?? [];
}

/** A link to itself or to nothing leads nowhere. */
function reachable<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCodeOf(error))) return null;
    throw error;
  }
}

/** Whether a name is a link, which leads elsewhere. */
export function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
