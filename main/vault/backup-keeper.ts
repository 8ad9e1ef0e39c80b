import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { removeBackup, requireListed } from '../files/backup-folder';
import type { BackupPlaces } from '../files/backup-places';
import { realPathOf } from '../files/same-file';
import {
  type BackupDeps,
  type BackupInfo,
  backupsOfToday,
  copyVault,
  listBackups,
  makeBackup,
  removeOlderEpochs,
} from './backups';
import type { Header } from './header';
import { readLocked } from './open-vault';
import { type RestoreDeps, restoreLocked, restoreOpen } from './restore';
import type { Opening, Session } from './session';
import type { Vault } from './vault';

/** What keeping backups rests on. */
export interface KeeperDeps {
  readonly session: Session;
  /** Where the backups of a vault go, and where they went before. */
  readonly places: Pick<BackupPlaces, 'folderOf' | 'formerOf'>;
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
  #tellFailure: () => void = () => undefined;
  #running: Promise<unknown> = Promise.resolve();
  #isRunning = false;
  #backedUpCounter = -1;
  #restoring: PendingRestore | null = null;
  /** The vault whose older backups are to go as soon as there is one of its new epoch. */
  #owesEpochTo: Uint8Array | null = null;

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

  /** Sets who is told each time that an automatic backup fails for another reason than the one before. */
  onFailure(tell: () => void): void {
    this.#tellFailure = tell;
  }

  /** The backup that the next unlock restores; null if unlocking just unlocks. */
  get restoring(): PendingRestore | null {
    return this.#restoring;
  }

  /** Where the backups of the chosen vault are. */
  get folder(): string {
    return this.#deps.places.folderOf(this.#file());
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
    const isOwed = this.#owesEpochTo !== null && Buffer.compare(this.#owesEpochTo, vault.mark.vaultId) === 0;
    if (!isOwed && (vault.size === 0 || !this.#isDue(vault))) return;
    this.#isRunning = true;
    const backingUp = isOwed ? this.#backUpEpoch(vault) : this.#backUpQuietly(vault);
    this.#running = backingUp.finally(() => (this.#isRunning = false));
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

  /**
   * Runs a change that begins an epoch, with no automatic backup beside it. Then makes a backup with the new ways in; those of
   * older epochs go unless they are kept. A failure of that is a warning, and is made up for at the next unlock.
   *
   * @throws What the change throws.
   */
  async aroundEpoch<T>(keepsOlder: boolean, change: () => Promise<T>): Promise<T> {
    await this.idle();
    const wasRunning = this.#isRunning;
    this.#isRunning = true;
    try {
      const result = await change();
      const { session } = this.#deps;
      if (session.state === 'unlocked') {
        this.#owesEpochTo = keepsOlder ? null : session.vault.mark.vaultId;
        this.#running = keepsOlder ? this.#backUpQuietly(session.vault) : this.#backUpEpoch(session.vault);
        await this.#running;
      }
      return result;
    } finally {
      this.#isRunning = wasRunning;
    }
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
    if (info === undefined || info.content === null)
      throw new CofferError('vault-damaged', info?.problem ?? say('main-vault.backup-it-cant-be-read'));
    const { content } = info;
    const isOfNow = session.state === 'unlocked' && isSame(content.identity, session.vault.mark);
    if (!isOfNow) {
      session.requireIdle();
      session.lock();
      this.#restoring = { fileName, atMs: info.atMs };
      session.tell('changed');
      return 'sign-in';
    }
    return await session.whileOpen(async (vault) => {
      await this.idle();
      const refusalBefore = vault.refusal;
      vault.refuseChanges(new CofferError('busy', say('main-vault.vault-a-backup-is-being-restored-wait-for')));
      try {
        const restored = await restoreOpen(vault, this.#restoreDeps(vault.lend().path, fileName));
        return { vault: restored, result: 'restored' as const };
      } finally {
        vault.refuseChanges(refusalBefore);
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

  /** Forgets the backup that was to be restored. Throws CofferError `busy` while it is being opened. */
  cancelRestore(): void {
    if (this.#restoring === null) return;
    this.#deps.session.requireIdle();
    this.#restoring = null;
    this.#deps.session.tell('changed');
  }

  /** How the next unlock opens: null for the plain way. */
  get opening(): Opening | null {
    const restoring = this.#restoring;
    if (restoring === null) return null;
    return async (file, attempt, signal) => {
      const deps = this.#restoreDeps(realPathOf(file), restoring.fileName);
      const vault = await restoreLocked(attempt, { ...deps, signal });
      this.#restoring = null;
      return vault;
    };
  }

  async #backUpEpoch(vault: Vault): Promise<void> {
    if (!(await this.#backUpQuietly(vault))) return;
    const deps = this.#backupDeps();
    for (const folder of [deps.folder, ...this.#deps.places.formerOf(deps.vaultFile)]) {
      removeOlderEpochs(vault.mark, { ...deps, folder });
    }
    this.#owesEpochTo = null;
  }

  /** Makes an automatic backup; whatever comes of it is noted. */
  async #backUpQuietly(vault: Vault): Promise<boolean> {
    try {
      const { mark } = vault;
      const deps = this.#backupDeps();
      const before = backupsOfToday(mark, deps).filter(({ kind }) => kind === 'auto');
      await makeBackup(vault, 'auto', deps);
      this.#backedUpCounter = mark.counter;
      this.#failure = null;
      // One automatic backup a day: that of before is superseded.
      for (const { fileName } of before) removeBackup(deps.folder, fileName);
    } catch (error) {
      const isKnown = error instanceof CofferError;
      const isLocked = isKnown && error.code === 'vault-locked';
      if (!isLocked) this.#fail(isKnown ? error.message : say('main-vault.backup-it-could-not-be-made-look-at'));
    }
    this.#deps.session.tell('integrity-changed');
    return !vault.isLocked && this.#failure === null;
  }

  #fail(reason: string): void {
    const isNews = this.#failure !== reason;
    this.#failure = reason;
    if (isNews) this.#tellFailure();
  }

  #isDue(vault: Vault): boolean {
    const deps = this.#backupDeps();
    const newest = backupsOfToday(vault.mark, deps)[0];
    if (newest === undefined) return true;
    return vault.mark.counter !== this.#backedUpCounter && deps.nowMs - newest.atMs >= againAfterMs;
  }

  #file(): string {
    const { file } = this.#deps.session;
    if (file === null) throw new CofferError('not-found', say('main-vault.vault-choose-one-first'));
    return file;
  }

  #backupDeps(): BackupDeps {
    const { limits, nowMs } = this.#deps.session.deps.vaultDeps;
    const vaultFile = this.#file();
    return { folder: this.#deps.places.folderOf(vaultFile), vaultFile, limits, nowMs: nowMs() };
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
