import path from 'node:path';
import { defaultBackupFolder, listBackupNames } from '../../main/files/backup-folder';
import { type BackupDeps, makeBackup } from '../../main/vault/backups';
import { startEpoch } from '../../main/vault/rekey';
import { type RestoreDeps, restoreLocked, restoreOpen } from '../../main/vault/restore';
import type { Vault } from '../../main/vault/vault';
import { bytesOf, passwordAttempt, smallCosts, smallDeps } from '../support/small-vault';

/** Where an operation works: a folder with a vault, its backups, and the vault while it is open. */
export interface Desk {
  readonly folder: string;
  readonly file: string;
  readonly backups: string;
  vault: Vault | null;
}

// Backups are named by the second; each of ours has a day of its own.
const firstBackupAtMs = Date.UTC(2024, 0, 1);
const dayMs = 24 * 60 * 60 * 1000;

/** A desk in a folder, links in its path resolved. */
export function deskIn(folder: string): Desk {
  const file = path.join(folder, 'test.coffer');
  return { folder, file, backups: defaultBackupFolder(file), vault: null };
}

/** The vault, which must be open. */
export function vaultOf({ vault }: Desk): Vault {
  if (vault === null) throw new Error('the vault is not open');
  return vault;
}

/** Makes the n-th automatic backup. */
export function backUp(desk: Desk, n: number): Promise<void> {
  return makeBackup(vaultOf(desk), 'auto', backupDeps(desk, n));
}

/** Number and name of each backup that is listed, those made before a restoration as -1. */
export function backupsOf({ backups, file }: Desk): { n: number; fileName: string }[] {
  return listBackupNames(backups, file).map(({ fileName, kind, atMs }) => {
    return { n: kind === 'auto' ? (atMs - firstBackupAtMs) / dayMs : -1, fileName };
  });
}

/** Begins an epoch with this password as the only way in. */
export async function changePassword(desk: Desk, password: string): Promise<void> {
  const way = { password: bytesOf(password), factors: [], keyFile: null, securityKey: null, computer: null, name: '' };
  const { vault } = await startEpoch(
    vaultOf(desk),
    { way, codes: null, hasRecovery: false },
    { ...smallDeps, costs: smallCosts, path: desk.file, onProgress: () => undefined },
  );
  desk.vault = vault;
}

/** Restores the n-th backup, with the key of the open vault. */
export async function restoreOverOpen(desk: Desk, n: number): Promise<void> {
  desk.vault = await restoreOpen(vaultOf(desk), restoreDeps(desk, n));
}

/** Restores the n-th backup, with its password. */
export async function restoreOverLocked(desk: Desk, n: number): Promise<void> {
  desk.vault = await restoreLocked(passwordAttempt('correct horse battery'), restoreDeps(desk, n));
}

function backupDeps({ backups, file }: Desk, n: number): BackupDeps {
  return { folder: backups, vaultFile: file, limits: smallDeps.limits, nowMs: firstBackupAtMs + n * dayMs };
}

function restoreDeps(desk: Desk, n: number): RestoreDeps {
  const fileName = backupsOf(desk).find((backup) => backup.n === n)?.fileName ?? '';
  const { file, backups: folder } = desk;
  const highestSeen = () => Promise.resolve(0);
  return { ...smallDeps, path: file, folder, vaultFile: file, fileName, highestSeen };
}
