import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { isThere } from '../files/read-file';
import type { Header } from './header';
import { IntegrityCheck, type IntegrityStatus } from './integrity-check';
import { createVault, readLocked, unlockVault } from './open-vault';
import type { SessionDeps } from './session-deps';
import { UnlockThrottle } from './throttle';
import type { Vault } from './vault';
import type { WayAttempt } from './ways/way-requests';
import type { WaysIn } from './ways/ways-in';

/**
 * `none`: no vault chosen; `new`: a place for a vault that is yet to be made; then `locked` or `unlocked`; `renewing`: opened by
 * the recovery code, with nothing to be had of it before there are new ways in.
 */
export type SessionState = 'none' | 'new' | 'locked' | 'renewing' | 'unlocked';

/** What listeners are told. `locking`: the last moment in which the vault takes something. */
export type SessionEvent = 'changed' | 'locking' | 'locked' | 'opened' | 'integrity-changed' | 'ways-changed';

/** How a locked vault is opened: from its file, or from a backup that takes its place. */
export type Opening = (file: string, attempt: WayAttempt, signal?: AbortSignal) => Promise<Vault>;

/**
 * The one vault that the app has to do with, locked or unlocked. Only one step (create, unlock, a change of the ways in, a
 * restore) runs at a time: a second is refused with `busy`.
 */
export class Session {
  readonly deps: SessionDeps;
  /** One for each file: tries on one must not delay, nor excuse, tries on another. */
  readonly #throttles = new Map<string, UnlockThrottle>();
  readonly #integrity: IntegrityCheck;
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  #file: string | null = null;
  #isNew = false;
  #vault: Vault | null = null;
  #isBusy = false;
  #isRestoring = false;
  #rollback: 'as-expected' | 'older' | 'diverged' = 'as-expected';
  #lockRequests = 0;

  constructor(deps: SessionDeps) {
    this.deps = deps;
    this.#integrity = new IntegrityCheck(deps.nowMs, () => this.tell('integrity-changed'));
  }

  /** Calls back on each event; returns the function that ends it. */
  subscribe(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where the session stands. */
  get state(): SessionState {
    if (this.#vault !== null) return this.#vault.ways.inUse.kind === 'recovery' ? 'renewing' : 'unlocked';
    if (this.#file === null) return 'none';
    return this.#isNew ? 'new' : 'locked';
  }

  /** The chosen file; null if none is. */
  get file(): string | null {
    return this.#file;
  }

  /**
   * The unlocked vault.
   *
   * @throws CofferError `vault-locked`, also while new ways in are due.
   */
  get vault(): Vault {
    if (this.#vault === null || this.state !== 'unlocked') throw locked();
    return this.#vault;
  }

  /**
   * The ways into the open vault, also while new ones are due.
   *
   * @throws CofferError `vault-locked`.
   */
  get ways(): WaysIn {
    if (this.#vault === null) throw locked();
    return this.#vault.ways;
  }

  /** Result of the check that runs after unlock. */
  get integrity(): IntegrityStatus {
    return this.#integrity.status;
  }

  /** Whether the open vault is an older copy of what was seen last on this computer, or a copy that went its own way. */
  get rollback(): 'as-expected' | 'older' | 'diverged' {
    return this.#rollback;
  }

  /**
   * Chooses another vault file; an unlocked vault is locked first.
   *
   * @param isNew - The file is yet to be made.
   */
  choose(file: string, isNew: boolean): void {
    this.requireIdle();
    this.lock();
    this.#file = file;
    this.#isNew = isNew;
    this.tell('changed');
  }

  /**
   * Makes the vault at the chosen place; can be given up until there is a file of that name. Throws what `createVault` throws.
   *
   * @param password - The caller wipes it.
   */
  async create(password: Uint8Array, signal?: AbortSignal): Promise<void> {
    await this.#whileLocked(async (file) => {
      const before = this.#lockRequests;
      try {
        const costs = await this.deps.chooseCosts(signal);
        await this.#adoptOpened(file, await createVault(file, password, costs, this.deps.vaultDeps, signal), before);
      } finally {
        // Also of a vault that was made and could not be opened: the next step is to unlock it.
        this.#isNew = !isThere(file);
      }
    });
  }

  /** What the chosen, locked file says about its ways in. Throws what `readLocked` throws. */
  lockedHeader(): Header {
    return readLocked(this.#requireLocked(), this.deps.vaultDeps.limits).header;
  }

  /**
   * Unlocks the chosen vault. Throws what the opening throws, and `too-many-tries`.
   *
   * @param attempt - The caller wipes it.
   * @param open - A restore; null for the vault as it is.
   * @param signal - Gives it up, until a code is used up or a backup has taken the vault's place: nothing is open then, and nothing
   *   changed. A try of a way with codes counts as a wrong one then: how long it took tells whether the first of its windows opened.
   */
  async unlock(attempt: WayAttempt, open: Opening | null = null, signal?: AbortSignal): Promise<void> {
    await this.#whileLocked(async (file) => {
      const throttle = this.#throttles.get(file) ?? new UnlockThrottle(this.deps.nowMs);
      this.#throttles.set(file, throttle);
      throttle.check();
      const before = this.#lockRequests;
      try {
        this.#isRestoring = open !== null;
        const opened = open?.(file, attempt, signal) ?? unlockVault(file, attempt, this.deps.vaultDeps, signal);
        await this.#adoptOpened(file, await opened, before);
        throttle.noteSuccess();
      } catch (error) {
        const isCode = attempt.kind === 'password' && attempt.code !== null;
        const isWrong = error instanceof CofferError && error.code === 'wrong-password';
        if (isWrong || (isCode && signal?.aborted === true)) throttle.noteFailure();
        throw error;
      } finally {
        this.#isRestoring = false;
      }
    });
  }

  /** Locks; does nothing if there is nothing to lock, but that a vault which is being opened does not stay open. */
  lock(): void {
    this.#lockRequests += 1;
    const vault = this.#vault;
    if (vault === null) return;
    try {
      this.tell('locking');
    } finally {
      this.#close(vault);
    }
  }

  /**
   * Runs a step on the open vault that nothing else may interrupt; it may give a vault that takes its place, or null to lock.
   * What the step gives is handed on even if the session was locked meanwhile: it may be a recovery code that already counts.
   */
  async whileOpen<T>(step: (vault: Vault, file: string) => Promise<{ vault: Vault | null; result: T }>): Promise<T> {
    const vault = this.#vault;
    const file = this.#file;
    if (vault === null || file === null) throw locked();
    this.requireIdle();
    this.#isBusy = true;
    try {
      const { vault: next, result } = await step(vault, file);
      if (next === null) this.lock();
      else if (next !== vault) await this.#replace(vault, next, file);
      return result;
    } catch (error) {
      // A step that failed too late to give the vault back has locked it.
      if (vault.isLocked && this.#vault === vault) this.lock();
      throw error;
    } finally {
      this.#isBusy = false;
    }
  }

  /** Requires that no step is running. Throws CofferError `busy`. */
  requireIdle(): void {
    if (this.#isBusy) throw new CofferError('busy', say('main-vault.vault-another-step-is-still-running-wait-for'));
  }

  /** Tells all listeners, whatever one of them throws: that comes when all know. */
  tell(event: SessionEvent): void {
    const failures: unknown[] = [];
    for (const listener of this.#listeners) {
      try {
        listener(event);
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #close(vault: Vault): void {
    this.#vault = null;
    this.#integrity.stop();
    try {
      vault.lock();
    } finally {
      try {
        this.tell('locked');
      } finally {
        this.tell('changed');
      }
    }
  }

  async #whileLocked(step: (file: string) => Promise<void>): Promise<void> {
    const file = this.#requireLocked();
    this.#isBusy = true;
    try {
      await step(file);
    } finally {
      this.#isBusy = false;
    }
  }

  /** The chosen file, which this process must not have open: a look at it would drop its lock (POSIX). */
  #requireLocked(): string {
    this.requireIdle();
    if (this.#file === null) throw new CofferError('not-found', say('main-vault.vault-choose-one-first'));
    if (this.#vault !== null) throw new CofferError('bad-request', say('main-vault.vault-expected-a-locked-one'));
    return this.#file;
  }

  async #replace(old: Vault, next: Vault, file: string): Promise<void> {
    if (this.#vault !== old) {
      next.lock(); // the session was locked while the step ran
      return;
    }
    this.#integrity.stop();
    await this.#adopt(file, next);
  }

  /** Takes a vault that was opened, unless somebody asked to lock while that took its time. */
  async #adoptOpened(file: string, vault: Vault, lockRequestsBefore: number): Promise<void> {
    if (this.#lockRequests === lockRequestsBefore) await this.#adopt(file, vault);
    else vault.lock();
    if (this.#vault !== vault) {
      throw new CofferError('vault-locked', say('main-vault.vault-it-was-locked-while-it-was-being'));
    }
  }

  async #adopt(file: string, vault: Vault): Promise<void> {
    this.#vault = vault;
    const { sightings } = this.deps;
    const isRestored = this.#isRestoring;
    vault.onCommit(() => sightings.note(file, vault.mark));
    this.#integrity.start(vault);
    const comparison = await sightings.compare(file, vault.mark);
    // Who restores a backup knows that it is older.
    this.#rollback = isRestored ? 'as-expected' : comparison;
    if (this.#vault !== vault) return; // locked meanwhile
    this.tell('opened');
    this.tell('changed');
  }
}

function locked(): CofferError {
  return new CofferError('vault-locked', say('main-vault.vault-unlock-it-first'));
}
