import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { translateFileError } from './file-error';
import { discardWorkingFile, logEndings, removeStaleLeftovers, workingPath } from './leftovers';
import { syncFile, syncFolderQuietly } from './replace-file';
import { publishNew } from './safe-write';

/** Why a backup was made; part of its name. Only `auto` ones are removed by themselves. */
export type BackupKind = 'auto' | 'by hand' | 'before restore';

/** A backup, by its name. */
export interface BackupName {
  readonly fileName: string;
  readonly kind: BackupKind;
  readonly atMs: number;
}

const hourMs = 60 * 60 * 1000;

/** Where the backups of a vault go unless the user chooses: a folder beside it. */
export function defaultBackupFolder(vaultFile: string): string {
  return path.join(path.dirname(vaultFile), `${stemOf(vaultFile)} backups`);
}

/** Name of a new backup: the vault's, the moment in UTC, why it was made; the next second that no backup has yet. */
export function backupFileName(folder: string, vaultFile: string, kind: BackupKind, nowMs: number): string {
  for (let atMs = nowMs; ; atMs += 1000) {
    const at = new Date(atMs).toISOString().slice(0, 19).replace('T', ' ').replaceAll(':', '-');
    const fileName = `${stemOf(vaultFile)} ${at}Z ${kind}.coffer`;
    if (!existsSync(path.join(folder, fileName))) return fileName;
  }
}

/** Backups of a vault in a folder, from the newest down; told by their names alone. None if the folder can't be read. */
export function listBackupNames(folder: string, vaultFile: string): BackupName[] {
  return readNames(folder)
    .flatMap((fileName) => readBackupName(fileName, vaultFile) ?? [])
    .sort((a, b) => b.atMs - a.atMs);
}

/**
 * Removes what a backup that was cut short by the end of the process left in a folder. Files younger than an hour stay:
 * another Coffer may be at work there, on a vault of the same name.
 */
export function removeUnfinishedBackups(folder: string, vaultFile: string, nowMs: number): void {
  removeStaleLeftovers(folder, (name) => readBackupName(name, vaultFile) !== null, nowMs - hourMs);
}

/** A backup on its way: made under another name, and published when it is verified. */
export interface NewBackupFile {
  /** Empty, mode 0600, in the folder where the backup will be. */
  readonly temporaryPath: string;
  /** Syncs it and gives it its name, never over another file. The database must be closed. Throws `file-exists`. */
  publish(): Promise<void>;
  /** Removes it, and its logs. */
  discard(): void;
}

/**
 * Makes the empty file for a backup; its folder (0700) is made if it is missing.
 *
 * @throws CofferError `no-permission`, `disk-full`, `io-failed`.
 */
export function startBackupFile(folder: string, fileName: string): NewBackupFile {
  const target = path.join(folder, fileName);
  const temporaryPath = workingPath(target, 'new');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    closeSync(openSync(temporaryPath, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600));
  } catch (error) {
    throw translateFileError(error, say('main-files.backup-folder'));
  }
  const discard = () => discardWorkingFile(temporaryPath);
  const publish = async () => {
    try {
      syncFile(temporaryPath);
      await publishNew(temporaryPath, target);
      discard();
      syncFolderQuietly(folder);
    } catch (error) {
      throw translateFileError(error, say('main-files.backup'));
    }
  };
  return { temporaryPath, publish, discard };
}

/**
 * Copies a vault that nobody has open, with a log that may stand beside it, into the backup folder; then removes that log.
 * For a vault that can't be opened and is about to be replaced.
 *
 * @throws CofferError `disk-full`, `no-permission`, `file-exists`; the vault is as it was then.
 */
export function keepReplaced(vaultFile: string, folder: string, fileName: string): void {
  if (!existsSync(vaultFile)) return;
  const target = path.join(folder, fileName);
  const working = workingPath(target, 'new');
  const present = ['', ...logEndings].filter((ending) => existsSync(vaultFile + ending));
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    for (const ending of present) {
      copyFileSync(vaultFile + ending, working + ending, constants.COPYFILE_EXCL);
      syncFile(working + ending);
    }
    if (present.some((ending) => existsSync(target + ending))) {
      throw new CofferError('file-exists', say('main-files.backup-a-file-with-its-name-exists-already'));
    }
    // Logs first: without its log the file would be listed as a backup that it is not.
    for (const ending of present.toReversed()) renameSync(working + ending, target + ending);
    syncFolderQuietly(folder);
  } catch (error) {
    discardWorkingFile(working);
    throw translateFileError(error, say('main-files.backup-folder'));
  }
  try {
    for (const ending of logEndings) rmSync(vaultFile + ending, { force: true });
  } catch (error) {
    throw translateFileError(error, say('main-files.backup-folder'));
  }
}

/**
 * Copies a backup, with a log that was kept beside it, to where a vault's successor is made; the backup is not changed.
 *
 * @throws CofferError `not-found`, `disk-full`, `no-permission`.
 */
export function copyBackup(folder: string, fileName: string, successor: string): void {
  try {
    const backup = path.join(folder, fileName);
    for (const ending of ['', ...logEndings]) {
      if (ending === '' || existsSync(backup + ending)) copyFileSync(backup + ending, successor + ending);
    }
  } catch (error) {
    throw translateFileError(error, say('main-files.backup'));
  }
}

/** Removes a backup; one that can't be removed stays. */
export function removeBackup(folder: string, fileName: string): void {
  try {
    for (const ending of ['', ...logEndings]) rmSync(path.join(folder, fileName + ending), { force: true });
  } catch {
    // As said above; it stays in the list.
  }
}

/**
 * Path of a backup that the user chose from the list.
 *
 * @throws CofferError `not-found` if it is not one of the list.
 */
export function requireListed(folder: string, vaultFile: string, fileName: string): string {
  if (!listBackupNames(folder, vaultFile).some((backup) => backup.fileName === fileName)) {
    throw new CofferError('not-found', say('main-files.backup-it-is-not-in-the-list-any'));
  }
  return path.join(folder, fileName);
}

/** Length of a file; 0 if it can't be told. */
export function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

function readBackupName(fileName: string, vaultFile: string): BackupName | null {
  const stem = stemOf(vaultFile);
  const rest = fileName.startsWith(`${stem} `) ? fileName.slice(stem.length + 1) : '';
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d)-(\d\d)-(\d\d)Z (auto|by hand|before restore)\.coffer$/.exec(rest);
  if (parts === null) return null;
  const atMs = Date.parse(`${parts[1] ?? ''}T${parts.slice(2, 5).join(':')}Z`);
  return Number.isNaN(atMs) ? null : { fileName, kind: parts[5] as BackupKind, atMs };
}

function stemOf(vaultFile: string): string {
  return path.basename(vaultFile).replace(/\.coffer$/i, '');
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
