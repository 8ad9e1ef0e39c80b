import { lstatSync, readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';

/** Endings of the logs that SQLite may leave beside a database. */
export const logEndings = ['-wal', '-journal'] as const;

/** Endings of the logs that stand beside a vault. A link that leads nowhere counts: SQLite could not write there. */
export function logsBeside(vaultFile: string): (typeof logEndings)[number][] {
  return logEndings.filter((ending) => lstatSync(vaultFile + ending, { throwIfNoEntry: false }) !== undefined);
}

const purposes = ['new', 'aside'] as const;
/** What a working file beside a vault is for: `new` on its way to be one, `aside` a copy of one with its log. */
export type Purpose = (typeof purposes)[number];

const workingName = new RegExp(
  `^\\.(.+)\\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.(?:${purposes.join('|')})(?:${logEndings.join('|')})?$`,
  's',
);

/** Path of a working file of a vault: in the same folder, hidden, its name says whose it is. */
export function workingPath(vaultFile: string, purpose: Purpose): string {
  return path.join(path.dirname(vaultFile), `.${path.basename(vaultFile)}.${crypto.randomUUID()}.${purpose}`);
}

/** Removes a working file and its logs. What can't be removed stays, and goes with {@link removeLeftovers}. */
export function discardWorkingFile(file: string): void {
  for (const ending of ['', ...logEndings]) removeQuietly(file + ending);
}

/**
 * Removes working files of a vault that a killed process left. To be called with the vault locked for this process: who works
 * on a vault holds its lock. What can't be removed stays; it is as encrypted as the vault.
 *
 * @param vaultFile - Links resolved.
 */
export function removeLeftovers(vaultFile: string): void {
  const ours = path.basename(vaultFile);
  removeWorkingFiles(path.dirname(vaultFile), (name) => name === ours);
}

/**
 * Removes working files that a killed process left in a folder and nobody has written to for a while.
 *
 * @param isOurs - Whether they belong to a file of this name.
 * @param untouchedSinceMs - Wall clock; those written to later stay, as somebody may be at work on them.
 */
export function removeStaleLeftovers(
  folder: string,
  isOurs: (fileName: string) => boolean,
  untouchedSinceMs: number,
): void {
  removeWorkingFiles(folder, isOurs, (file) => {
    const info = statSync(file, { throwIfNoEntry: false });
    return info !== undefined && info.mtimeMs < untouchedSinceMs;
  });
}

function removeWorkingFiles(
  folder: string,
  isOurs: (fileName: string) => boolean,
  isStale: (file: string) => boolean = () => true,
): void {
  try {
    for (const name of readdirSync(folder)) {
      const owner = workingName.exec(name)?.[1];
      const file = path.join(folder, name);
      if (owner !== undefined && isOurs(owner) && isStale(file)) removeQuietly(file);
    }
  } catch {
    // A folder that can't be read keeps them.
  }
}

function removeQuietly(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // An error here would hide the one that led here, or undo what has succeeded.
  }
}
