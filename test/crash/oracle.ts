import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { CofferError } from '../../main/errors';
import { createSmall, unlockSmall } from '../support/small-vault';
import { type State, type VaultState, canary, isSame, probeTitle, readState, withRecord } from './states';

/** A folder after a fault, and what it may hold. */
export interface Scene {
  readonly folder: string;
  readonly file: string;
  /** Any of these. */
  readonly allowed: readonly State[];
  /** A record that was saved after a failure is there too. */
  readonly hasProbe: boolean;
}

/**
 * Judges what a fault left: it opens with the right password, holds one of the allowed states to the last byte, nothing of it
 * stands in a file unencrypted, and once it was opened nothing else lies about.
 *
 * @returns Which of the allowed states it is.
 * @throws Error that says what is wrong.
 */
export async function judge({ folder, file, allowed, hasProbe }: Scene): Promise<number> {
  requireNoPlaintext(folder, allowed);
  if (!existsSync(file)) {
    const at = allowed.findIndex((state) => state === null);
    if (at < 0) throw new Error('the vault is gone');
    // What was begun must not be in the way of a second try.
    (await createSmall(file)).lock();
    (await unlockSmall(file)).lock();
    requireNothingElse(folder, file);
    return at;
  }
  const wanted = allowed.map((state) =>
    hasProbe && state !== null ? withRecord(state, probeTitle, probeTitle) : state,
  );
  const found = await read(file, wanted);
  const at = wanted.findIndex((state) => isSame(state, found));
  if (at < 0) throw new Error(`the vault holds none of the states: ${found.records.size} records`);
  requireNoPlaintext(folder, allowed);
  requireNothingElse(folder, file);
  return at;
}

/** Opens with the password of one of the states; with no other. */
async function read(file: string, wanted: readonly State[]): Promise<VaultState> {
  const passwords = new Set(wanted.flatMap((state) => (state === null ? [] : [state.password])));
  for (const password of passwords) {
    try {
      const vault = await unlockSmall(file, password);
      try {
        return readState(vault, password);
      } finally {
        vault.lock();
      }
    } catch (error) {
      if (!(error instanceof CofferError) || error.code !== 'wrong-password') throw error;
    }
  }
  throw new Error('no password of an allowed state opens the vault');
}

function requireNothingElse(folder: string, file: string): void {
  const strays = readdirSync(folder).filter((name) => name !== path.basename(file));
  if (strays.length > 0) throw new Error(`left behind: ${strays.join(', ')}`);
}

function requireNoPlaintext(folder: string, allowed: readonly State[]): void {
  const passwords = allowed.flatMap((state) => (state === null ? [] : [state.password]));
  const needles = [canary, ...passwords].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })) {
    if (!name.isFile()) continue;
    const bytes = readFileSync(path.join(name.parentPath, name.name));
    if (needles.some((needle) => bytes.includes(needle))) throw new Error(`plaintext in ${name.name}`);
  }
}
