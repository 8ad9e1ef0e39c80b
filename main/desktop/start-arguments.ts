import path from 'node:path';
import { isThere } from '../files/read-file';

/** A vault to begin with. */
export interface StartFile {
  readonly file: string;
  /** Whether it is yet to be made. */
  readonly isNew: boolean;
}

/**
 * Finds the vault to begin with: a `.coffer` file among the arguments (made anew if there is none), else the one that was
 * open last, if it is still there.
 *
 * @param argv - Of the process.
 * @returns Null if there is none.
 */
export function vaultFileIn(argv: readonly string[], lastVaultFile: string | null): StartFile | null {
  const argument = argv.slice(1).find((value) => !value.startsWith('-') && /\.coffer$/i.test(value));
  if (argument !== undefined) return { file: path.resolve(argument), isNew: !isThere(argument) };
  return lastVaultFile !== null && isThere(lastVaultFile) ? { file: lastVaultFile, isNew: false } : null;
}
