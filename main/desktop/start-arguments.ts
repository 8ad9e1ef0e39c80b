import path from 'node:path';
import { isThere } from '../files/read-file';

/**
 * Finds the vault to begin with: a `.coffer` file among the arguments (made anew if there is none), else the one that was
 * open last, if it is still there.
 *
 * @param choose - Called with the file and whether it is yet to be made; not called if there is none.
 */
export function vaultFileIn(
  argv: readonly string[],
  lastVaultFile: string | null,
  choose: (file: string, isNew: boolean) => void,
): void {
  const argument = argv.slice(1).find((value) => !value.startsWith('-') && /\.coffer$/i.test(value));
  if (argument !== undefined) choose(path.resolve(argument), !isThere(argument));
  else if (lastVaultFile !== null && isThere(lastVaultFile)) choose(lastVaultFile, false);
}
