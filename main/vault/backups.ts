import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import {
  type BackupKind,
  type BackupName,
  backupFileName,
  listBackupNames,
  removeBackup,
  removeUnfinishedBackups,
  sizeOf,
  startBackupFile,
} from '../files/backup-folder';
import { isSameFile } from '../files/same-file';
import type { Header } from './header';
import type { KdfLimits } from './kdf-policy';
import { readLocked } from './open-vault';
import type { Vault } from './vault';
import type { CommitMark } from './vault-parts';
import { type CopyFacts, verifyCopy } from './verify-copy';
import { endOfTable } from './ways/code-table';

/** Automatic backups that are kept. */
const keptBackups = 10;
const mostListed = 100;

/** A backup in the list. */
export interface BackupInfo extends BackupName {
  readonly sizeBytes: number;
  /** Everything but what it is called; null if it can't be read. */
  readonly content: {
    /** Records that the file holds, Coffer's own among them. */
    readonly records: number;
    readonly identity: Header['identity'];
    readonly slots: Header['slots'];
    readonly codesEndAtMs: number | null;
  } | null;
  /** Why it can't be used; empty if it can. */
  readonly problem: string;
}

/** Where backups go, and what making them rests on. */
export interface BackupDeps {
  readonly folder: string;
  /** The vault's own path: backups are named after it. */
  readonly vaultFile: string;
  readonly limits: KdfLimits;
  /** Wall clock. */
  readonly nowMs: number;
}

/**
 * Copies an unlocked vault into a new file while it is in use, and verifies the copy by opening it with the live key.
 *
 * @throws CofferError `file-exists`, `disk-full`, `no-permission`, `io-failed`, `vault-locked` if it was locked meanwhile;
 *   `vault-damaged` if the copy does not verify. Nothing is left behind then.
 */
export async function copyVault(
  vault: Vault,
  { folder, fileName, limits }: { folder: string; fileName: string; limits: KdfLimits },
): Promise<CopyFacts> {
  const file = startBackupFile(folder, fileName);
  try {
    const { db, keys } = vault.lend();
    await db.copyTo(file.temporaryPath).catch((error: unknown) => {
      vault.lend(); // says that it was locked, where that is why
      if (error instanceof CofferError) throw error;
      throw new CofferError('io-failed', say('main-vault.backup-the-vault-could-not-be-copied-try'), { cause: error });
    });
    const facts = await verifyCopy(file.temporaryPath, keys, limits, async (done) => {
      if (done % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    });
    await file.publish();
    return facts;
  } finally {
    file.discard();
  }
}

/** Makes a backup and removes automatic ones of this vault beyond the last ten. Throws as {@link copyVault}. */
export async function makeBackup(vault: Vault, kind: BackupKind, deps: BackupDeps): Promise<void> {
  const { vaultId } = vault.mark;
  const { folder, limits } = deps;
  const fileName = backupFileName(folder, deps.vaultFile, kind, deps.nowMs);
  removeUnfinishedBackups(folder, deps.vaultFile, deps.nowMs);
  await copyVault(vault, { folder, fileName, limits });
  // The new one stays, even if a clock that was wrong for days gave ten others a later date.
  const automatic = listBackupNames(folder, deps.vaultFile)
    .filter((name) => name.kind === 'auto')
    .map((name) => readBackup(name, deps))
    .filter((backup) => isOf(backup, vaultId))
    .sort((a, b) => Number(b.fileName === fileName) - Number(a.fileName === fileName));
  for (const old of automatic.slice(keptBackups)) removeBackup(folder, old.fileName);
}

/** Removes backups that open with the ways in of an older epoch of this vault: all in the folder, listed or not. */
export function removeOlderEpochs(mark: Pick<CommitMark, 'vaultId' | 'epoch'>, deps: Omit<BackupDeps, 'nowMs'>): void {
  for (const name of listBackupNames(deps.folder, deps.vaultFile)) {
    const backup = readBackup(name, deps);
    const isOlder = isOf(backup, mark.vaultId) && (backup.content?.identity.epoch ?? mark.epoch) < mark.epoch;
    if (isOlder) removeBackup(deps.folder, backup.fileName);
  }
}

/** Backups of this vault in its epoch from the current day, by the computer's own calendar, from the newest down. */
export function backupsOfToday(
  { vaultId, epoch }: Pick<CommitMark, 'vaultId' | 'epoch'>,
  { folder, vaultFile, limits, nowMs }: BackupDeps,
): BackupInfo[] {
  const today = new Date(nowMs).toDateString();
  return listBackupNames(folder, vaultFile)
    .filter(({ kind, atMs }) => kind !== 'before restore' && new Date(atMs).toDateString() === today)
    .map((name) => readBackup(name, { folder, vaultFile, limits }))
    .filter((backup) => isOf(backup, vaultId) && backup.content?.identity.epoch === epoch);
}

/** Backups from the newest down, a hundred at most, with what each says of itself without a key. */
export function listBackups(deps: Omit<BackupDeps, 'nowMs'>): BackupInfo[] {
  return listBackupNames(deps.folder, deps.vaultFile)
    .slice(0, mostListed)
    .map((name) => readBackup(name, deps));
}

function readBackup(name: BackupName, { folder, vaultFile, limits }: Omit<BackupDeps, 'nowMs'>): BackupInfo {
  const file = path.join(folder, name.fileName);
  const sizeBytes = sizeOf(file);
  try {
    // A look into it would drop the lock on the open vault (POSIX).
    if (isSameFile(file, vaultFile))
      throw new CofferError('bad-request', say('main-vault.backup-it-leads-to-the-vault-itself'));
    const { header, records } = readLocked(file, limits);
    const codesEndAtMs = header.codes === null ? null : endOfTable(header.codes);
    const content = { records, identity: header.identity, slots: header.slots, codesEndAtMs };
    return { ...name, sizeBytes, content, problem: '' };
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    return { ...name, sizeBytes, content: null, problem: error.message };
  }
}

function isOf({ content }: BackupInfo, vaultId: Uint8Array): boolean {
  return content !== null && Buffer.compare(content.identity.vaultId, vaultId) === 0;
}
