import path from 'node:path';
import { isThere } from '../files/read-file';

/** A vault to begin with. */
export interface StartFile {
  readonly file: string;
  /** Whether it is yet to be made. */
  readonly isNew: boolean;
}

/** What a start asks for. */
export interface StartRequest {
  /** Absolute path of the vault that was named; null for none. */
  readonly file: string | null;
  /** No window is wanted for now. */
  readonly isHidden: boolean;
}

/**
 * Reads what this start asks for: a `.coffer` file among the arguments, and `--hidden`.
 *
 * @param argv - Of the process.
 */
export function requestOf(argv: readonly string[]): StartRequest {
  const given = argv.slice(1);
  const file = given.find((value) => !value.startsWith('-') && isVaultName(value));
  return { file: file === undefined ? null : path.resolve(file), isHidden: given.includes('--hidden') };
}

/**
 * Reads what another start of Coffer handed over. Any program of this user can send it.
 *
 * @returns Null for what no Coffer sends.
 */
export function requestFrom(sent: unknown): StartRequest | null {
  if (typeof sent !== 'object' || sent === null || !('file' in sent) || !('isHidden' in sent)) return null;
  const { file, isHidden } = sent;
  if (typeof isHidden !== 'boolean') return null;
  if (file === null) return { file, isHidden };
  return typeof file === 'string' && path.isAbsolute(file) && isVaultName(file) ? { file, isHidden } : null;
}

/** A vault by its path: to be opened, or to be made if there is none. */
export function startFileOf(file: string): StartFile {
  return { file, isNew: !isThere(file) };
}

/**
 * Finds the vault to begin with.
 *
 * @param asked - What the start named; made anew if there is none.
 * @param last - The vault that was open last; counts if it is still there.
 * @returns Null if there is none.
 */
export function vaultToBeginWith(asked: string | null, last: string | undefined): StartFile | null {
  if (asked !== null) return startFileOf(asked);
  return last !== undefined && isThere(last) ? { file: last, isNew: false } : null;
}

function isVaultName(file: string): boolean {
  return /\.coffer$/i.test(file);
}
