import path from 'node:path';
import { CofferError } from '../errors';
import { listBackupNames, requireListed } from '../files/backup-folder';
import { realPathOf } from '../files/same-file';
import {
  type BackupDeps,
  type BackupInfo,
  copyVault,
  hasBackupOfToday,
  listBackups,
  makeBackup,
  removeOlderEpochs,
  removeSuperseded,
} from './backups';
import type { Header } from './header';
import { readLocked } from './open-vault';
import { type RestoreDeps, restoreLocked, restoreOpen } from './restore';
import type { Opening, Session } from './session';
import type { Vault } from './vault';

/** What keeping backups rests on. */
export interface KeeperDeps {
  readonly session: Session;
  /** Where the backups of a vault go. */
  readonly folderOf: (vaultFile: string) => string;
  /** The highest commit counter that was seen of a vault on this computer; 0 if none. */
  readonly highestSeen: (vaultId: Uint8Array) => Promise<number>;
}

/** A backup that the next unlock restores. */
export interface PendingRestore {
  readonly fileName: string;
  readonly atMs: number;
}

// Within a day, a changed vault is backed up again after this time; the new backup replaces that day's last one.
const againAfterMs = 60 * 60 * 1000;

/** Makes automatic backups, one a day of use, and restores. */
export class BackupKeeper {
  readonly #deps: KeeperDeps;
  #failure: string | null = null;
  #running: Promise<void> = Promise.resolve();
  #isRunning = false;
  #backedUpCounter = -1;
  #restoring: PendingRestore | null = null;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
    deps.session.subscribe((event) => {
      if (event === 'opened') this.backUpIfDue();
    });
  }

  /** Why the last automatic backup failed; null if it did not. */
  get failure(): string | null {
    return this.#failure;
  }

  /** The backup that the next unlock restores; null if unlocking just unlocks. */
  get restoring(): PendingRestore | null {
    return this.#restoring;
  }

  /** Where the backups of the chosen vault are. */
  get folder(): string {
    return this.#deps.folderOf(this.#file());
  }

  /** Backups of the chosen vault, from the newest down. */
  list(): BackupInfo[] {
    return listBackups(this.#backupDeps());
  }

  /** Waits for an automatic backup that is being made. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Makes the day's backup in the background, if there is something to keep and none of today. Never throws. */
  backUpIfDue(): void {
    const { session } = this.#deps;
    if (this.#isRunning || session.state !== 'unlocked') return;
    const { vault } = session;
    if (vault.size === 0 || !this.#isDue(vault)) return;
    this.#isRunning = true;
    this.#running = this.#backUpQuietly(vault).finally(() => (this.#isRunning = false));
  }

  /** Makes a backup now. Throws what `copyVault` throws. */
  async backUpNow(): Promise<void> {
    await this.#deps.session.whileOpen(async (vault) => {
      await this.idle();
      await makeBackup(vault, 'by hand', this.#backupDeps());
      return { vault, result: undefined };
    });
  }

  /**
   * Saves a verified copy where the user wants it.
   *
   * @throws CofferError what `copyVault` throws; `file-exists`.
   */
  async saveCopy(file: string): Promise<void> {
    await this.#deps.session.whileOpen(async (vault) => {
      const { limits } = this.#deps.session.deps.vaultDeps;
      await copyVault(vault, { folder: path.dirname(file), fileName: path.basename(file), limits });
      return { vault, result: undefined };
    });
  }

  /** After an epoch: a backup with the new ways in; those of older ones go unless they are kept. A failure is a warning. */
  async backUpEpoch(keepsOlder: boolean): Promise<void> {
    const { vault } = this.#deps.session;
    const { mark } = vault;
    await this.idle();
    this.#running = this.#backUpQuietly(vault);
    await this.idle();
    if (this.#failure === null && !keepsOlder) removeOlderEpochs(mark, this.#backupDeps());
  }

  /**
   * Restores a backup: at once where the open vault's key opens it, else when its own ways in are given at the next unlock.
   *
   * @throws CofferError `not-found` if it is not in the list; what `restoreOpen` throws.
   */
  async restore(fileName: string): Promise<'restored' | 'sign-in'> {
    const { session } = this.#deps;
    requireListed(this.folder, this.#file(), fileName);
    const info = this.list().find((backup) => backup.fileName === fileName);
    const content = info?.content ?? null;
    if (info === undefined || content === null) {
      throw new CofferError('vault-damaged', info?.problem ?? 'backup: it can’t be read');
    }
    const isOfNow = session.state === 'unlocked' && isSame(content.identity, session.vault.mark);
    if (!isOfNow) {
      session.lock();
      this.#restoring = { fileName, atMs: info.atMs };
      session.tell('changed');
      return 'sign-in';
    }
    return await session.whileOpen(async (vault) => {
      await this.idle();
      const refusal = new CofferError('busy', 'vault: a backup is being restored; wait for it');
      vault.refuseChanges(refusal);
      try {
        const restored = await restoreOpen(vault, this.#restoreDeps(vault.lend().path, fileName));
        return { vault: restored, result: 'restored' as const };
      } finally {
        if (vault.refusal === refusal) vault.refuseChanges(null);
      }
    });
  }

  /** What the backup that is to be restored says about its ways in; null if there is none. Throws what `readLocked` throws. */
  restoringHeader(): Header | null {
    const restoring = this.#restoring;
    if (restoring === null) return null;
    const file = requireListed(this.folder, this.#file(), restoring.fileName);
    return readLocked(file, this.#deps.session.deps.vaultDeps.limits).header;
  }

  /** Forgets the backup that was to be restored. */
  cancelRestore(): void {
    if (this.#restoring === null) return;
    this.#restoring = null;
    this.#deps.session.tell('changed');
  }

  /** How the next unlock opens: undefined for the plain way. */
  get opening(): Opening | undefined {
    const restoring = this.#restoring;
    if (restoring === null) return undefined;
    return async (file, attempt) => {
      const vault = await restoreLocked(attempt, this.#restoreDeps(realPathOf(file), restoring.fileName));
      this.#restoring = null;
      return vault;
    };
  }

  async #backUpQuietly(vault: Vault): Promise<void> {
    try {
      const { mark } = vault;
      const deps = this.#backupDeps();
      await makeBackup(vault, 'auto', deps);
      this.#backedUpCounter = mark.counter;
      this.#failure = null;
      removeSuperseded(mark, deps);
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
      if (error.code !== 'vault-locked') this.#failure = error.message;
    }
    this.#deps.session.tell('integrity-changed');
  }

  #isDue(vault: Vault): boolean {
    const deps = this.#backupDeps();
    if (!hasBackupOfToday(deps)) return true;
    const newest = listBackupNames(deps.folder, deps.vaultFile)[0]?.atMs ?? 0;
    return vault.mark.counter !== this.#backedUpCounter && deps.nowMs - newest >= againAfterMs;
  }

  #file(): string {
    const { file } = this.#deps.session;
    if (file === null) throw new CofferError('not-found', 'vault: choose one first');
    return file;
  }

  #backupDeps(): BackupDeps {
    const { limits, nowMs } = this.#deps.session.deps.vaultDeps;
    const vaultFile = this.#file();
    return { folder: this.#deps.folderOf(vaultFile), vaultFile, limits, nowMs: nowMs() };
  }

  #restoreDeps(realPath: string, fileName: string): RestoreDeps {
    const { random, limits, nowMs } = this.#deps.session.deps.vaultDeps;
    const { folder, vaultFile } = this.#backupDeps();
    return { random, limits, nowMs, path: realPath, folder, vaultFile, fileName, highestSeen: this.#deps.highestSeen };
  }
}

function isSame(a: { vaultId: Uint8Array; epoch: number }, b: { vaultId: Uint8Array; epoch: number }): boolean {
  return a.epoch === b.epoch && Buffer.compare(a.vaultId, b.vaultId) === 0;
}
