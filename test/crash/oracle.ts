import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { CofferError } from '../../main/errors';
import { createSmall, password, unlockSmall } from '../support/small-vault';
import { type Desk, backUp, backupsOf } from './desk';
import { type State, type VaultState, canary, isSame, probeTitle, readState, withRecord } from './states';

// Of the backup that the oracle itself makes, later than all others.
const farBackup = 100_000;

/** A desk after a fault, and what it may hold. */
export interface Scene {
  readonly desk: Desk;
  /** Any of these. */
  readonly allowed: readonly State[];
  /** A record that was saved after a failure is there too. */
  readonly hasProbe: boolean;
  /** What a listed backup may hold, by its number; null leaves it unread. */
  readonly allowedBackups: (n: number) => readonly State[] | null;
  /** Whether a backup is made to see that it cleans up after those that were cut short; costs more than all the rest. */
  readonly makesBackup: boolean;
}

/**
 * Judges what a fault left: it opens with the right password, holds one of the allowed states to the last byte, every backup
 * that is listed is whole, nothing stands in a file unencrypted, and once the vault was opened and backed up nothing else lies
 * about.
 *
 * @returns Which of the allowed states it is.
 * @throws Error that says what is wrong.
 */
export async function judge({ desk, allowed, hasProbe, allowedBackups, makesBackup }: Scene): Promise<number> {
  requireNoPlaintext(filesOf(desk.folder), allowed);
  requireNoPlaintext(workingFilesAmongBackups(desk), allowed);
  for (const { n, fileName } of backupsOf(desk)) {
    const states = allowedBackups(n);
    if (states === null) continue;
    const file = path.join(desk.backups, fileName);
    requireNoPlaintext([file], [...allowed, ...states]);
    await requireOneOf(copyOf(file, desk.folder), states);
  }
  const isGone = !existsSync(desk.file);
  // What was begun must not be in the way of a second try.
  if (isGone) (await createSmall(desk.file)).lock();
  const wanted = isGone
    ? [{ password, records: new Map<string, string>() }]
    : allowed.map((state) => (hasProbe && state !== null ? withRecord(state, probeTitle, probeTitle) : state));
  const at = await requireOneOf(desk.file, wanted);
  const found = isGone ? allowed.indexOf(null) : at;
  if (found < 0) throw new Error('the vault is gone');
  requireNoPlaintext(filesOf(desk.folder), allowed);
  if (makesBackup) await requireCleanBackups(desk, wanted[at] ?? null);
  requireNothingElse(desk);
  return found;
}

/** Opens a vault and says which of the states it holds. */
async function requireOneOf(file: string, states: readonly State[]): Promise<number> {
  const found = await read(file, states);
  const at = states.findIndex((state) => isSame(state, found));
  if (at < 0) throw new Error(`${path.basename(file)} holds none of the states: ${found.records.size} records`);
  return at;
}

/** Backups are read from a copy in a place of its own, so that reading one leaves it as it is. */
function copyOf(file: string, folder: string): string {
  const scratch = `${folder}.backup`;
  mkdirSync(scratch, { recursive: true });
  const copy = path.join(scratch, 'backup.coffer');
  copyFileSync(file, copy);
  return copy;
}

/** Opens with the password of one of the states; with no other. */
async function read(file: string, wanted: readonly State[]): Promise<VaultState> {
  const passwords = new Set(wanted.flatMap((state) => (state === null ? [] : [state.password])));
  for (const typed of passwords) {
    try {
      const vault = await unlockSmall(file, typed);
      try {
        return readState(vault, typed);
      } finally {
        vault.lock();
      }
    } catch (error) {
      if (!(error instanceof CofferError) || error.code !== 'wrong-password') throw error;
    }
  }
  throw new Error(`no password of an allowed state opens ${path.basename(file)}`);
}

/** What a backup that was cut short left goes when the next one is made. */
async function requireCleanBackups(desk: Desk, state: State): Promise<void> {
  if (!existsSync(desk.backups)) return;
  desk.vault = await unlockSmall(desk.file, state?.password);
  await backUp(desk, farBackup);
  desk.vault.lock();
  const listed = backupsOf(desk);
  const strays = workingFilesAmongBackups(desk).map((file) => path.basename(file));
  if (strays.length > 0) throw new Error(`left behind among the backups: ${strays.join(', ')}`);
  rmSync(path.join(desk.backups, listed.find(({ n }) => n === farBackup)?.fileName ?? ''));
}

/** Working files of the vault go when it is opened. */
function requireNothingElse(desk: Desk): void {
  const expected = [desk.file, desk.backups].map((file) => path.basename(file));
  const strays = readdirSync(desk.folder).filter((name) => !expected.includes(name));
  if (strays.length > 0) throw new Error(`left behind: ${strays.join(', ')}`);
}

function filesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isFile() ? [path.join(folder, entry.name)] : []));
}

function workingFilesAmongBackups(desk: Desk): string[] {
  const listed = new Set(backupsOf(desk).map(({ fileName }) => fileName));
  return filesOf(desk.backups).filter((file) => !listed.has(path.basename(file)));
}

function requireNoPlaintext(files: readonly string[], states: readonly State[]): void {
  const passwords = states.flatMap((state) => (state === null ? [] : [state.password]));
  const needles = [canary, ...passwords].flatMap((text) => [Buffer.from(text), Buffer.from(text, 'utf16le')]);
  for (const file of files) {
    const bytes = readFileSync(file);
    if (needles.some((needle) => bytes.includes(needle))) throw new Error(`plaintext in ${path.basename(file)}`);
  }
}
