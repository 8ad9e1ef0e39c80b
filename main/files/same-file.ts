import { existsSync, lstatSync, realpathSync, statSync } from 'node:fs';

/** Tells one file from another, whatever their names. Null if there is none. */
function identityOf(file: string): string | null {
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

/** Whether a name is a link, which leads elsewhere. */
export function isLink(file: string): boolean {
  return lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
