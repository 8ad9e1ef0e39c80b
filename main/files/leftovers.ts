import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Endings of the logs that SQLite may leave beside a database. */
export const logEndings = ['-wal', '-journal'] as const;

const purposes = ['new', 'aside'] as const;
/** What a working file beside a vault is for: `new` on its way to be one, `aside` a copy of one with its log. */
export type Purpose = (typeof purposes)[number];

/** Path of a working file of a vault: in the same folder, hidden, its name says whose it is. */
export function workingPath(vaultFile: string, purpose: Purpose): string {
  return path.join(path.dirname(vaultFile), `.${path.basename(vaultFile)}.${crypto.randomUUID()}.${purpose}`);
}

/**
 * Removes working files of a vault that a killed process left. To be called with the vault locked for this process: who works
 * on a vault holds its lock. What can't be removed stays; it is as encrypted as the vault.
 *
 * @param vaultFile - Links resolved.
 */
export function removeLeftovers(vaultFile: string): void {
  const folder = path.dirname(vaultFile);
  const start = `.${path.basename(vaultFile)}.`;
  const ends = purposes.flatMap((purpose) => ['', ...logEndings].map((ending) => `.${purpose}${ending}`));
  try {
    for (const name of readdirSync(folder)) {
      const middle = ends.map(
        (end) => name.startsWith(start) && name.endsWith(end) && name.slice(start.length, -end.length),
      );
      const isOurs = middle.some((part) => typeof part === 'string' && /^[0-9a-f-]{36}$/.test(part));
      if (isOurs) rmSync(path.join(folder, name), { force: true });
    }
  } catch {
    // As said above.
  }
}
