import { CofferError } from '../errors';
import { isThere } from '../files/read-file';
import { IntegrityCheck, type IntegrityStatus } from './integrity-check';
import type { KdfCosts } from './kdf-policy';
import { type VaultDeps, createVault, unlockVault } from './open-vault';
import { UnlockThrottle } from './throttle';
import type { Vault } from './vault';

/** What a session rests on. */
export interface SessionDeps {
  readonly vaultDeps: VaultDeps;
  /** Costs for a new slot on this machine. */
  readonly chooseCosts: () => Promise<KdfCosts>;
  /** A clock that does not jump. */
  readonly nowMs: () => number;
}

/** `none`: no vault chosen; `new`: a place for a vault that is yet to be made; then `locked` or `unlocked`. */
export type SessionState = 'none' | 'new' | 'locked' | 'unlocked';

/** What listeners are told. */
export type SessionEvent = 'changed' | 'locked' | 'integrity-changed';

/**
 * The one vault that the app has to do with, locked or unlocked. Only one step (create, unlock) runs at a time: a second
 * is refused with `busy`.
 */
export class Session {
  readonly #deps: SessionDeps;
  /** One for each file: tries on one must not delay, nor excuse, tries on another. */
  readonly #throttles = new Map<string, UnlockThrottle>();
  readonly #integrity: IntegrityCheck;
  readonly #listeners = new Set<(event: SessionEvent) => void>();
  #file: string | null = null;
  #isNew = false;
  #vault: Vault | null = null;
  #isBusy = false;

  constructor(deps: SessionDeps) {
    this.#deps = deps;
    this.#integrity = new IntegrityCheck(deps.nowMs, () => this.#tell('integrity-changed'));
  }

  /** Calls back on each event; returns the function that ends it. */
  subscribe(listener: (event: SessionEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where the session stands. */
  get state(): SessionState {
    if (this.#vault !== null) return 'unlocked';
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
   * @throws CofferError `vault-locked`.
   */
  get vault(): Vault {
    if (this.#vault === null) throw new CofferError('vault-locked', 'vault: unlock it first');
    return this.#vault;
  }

  /** Result of the check that runs after unlock. */
  get integrity(): IntegrityStatus {
    return this.#integrity.status;
  }

  /**
   * Chooses another vault file; an unlocked vault is locked first.
   *
   * @param isNew - The file is yet to be made.
   */
  choose(file: string, isNew: boolean): void {
    if (this.#isBusy) throw busy();
    this.lock();
    this.#file = file;
    this.#isNew = isNew;
    this.#tell('changed');
  }

  /**
   * Makes the vault at the chosen place. Throws what `createVault` throws.
   *
   * @param password - The caller wipes it.
   */
  async create(password: Uint8Array): Promise<void> {
    await this.#exclusively(async (file) => {
      try {
        this.#adopt(await createVault(file, password, await this.#deps.chooseCosts(), this.#deps.vaultDeps));
      } finally {
        // Also of a vault that was made and could not be opened: the next step is to unlock it.
        this.#isNew = !isThere(file);
      }
    });
  }

  /**
   * Unlocks the chosen vault. Throws what `unlockVault` throws, and `too-many-tries`.
   *
   * @param password - The caller wipes it.
   */
  async unlock(password: Uint8Array): Promise<void> {
    await this.#exclusively(async (file) => {
      const throttle = this.#throttles.get(file) ?? new UnlockThrottle(this.#deps.nowMs);
      this.#throttles.set(file, throttle);
      throttle.check();
      try {
        this.#adopt(await unlockVault(file, password, this.#deps.vaultDeps));
        throttle.noteSuccess();
      } catch (error) {
        if (error instanceof CofferError && error.code === 'wrong-password') throttle.noteFailure();
        throw error;
      }
    });
  }

  /** Locks; does nothing if there is nothing to lock. */
  lock(): void {
    const vault = this.#vault;
    if (vault === null) return;
    this.#vault = null;
    this.#integrity.stop();
    try {
      vault.lock();
    } finally {
      this.#tell('locked');
      this.#tell('changed');
    }
  }

  #adopt(vault: Vault): void {
    this.#vault = vault;
    this.#integrity.start(vault);
    this.#tell('changed');
  }

  async #exclusively(step: (file: string) => Promise<void>): Promise<void> {
    if (this.#isBusy) throw busy();
    if (this.#file === null) throw new CofferError('not-found', 'vault: choose one first');
    if (this.#vault !== null) throw new CofferError('bad-request', 'vault: expected a locked one');
    this.#isBusy = true;
    try {
      await step(this.#file);
    } finally {
      this.#isBusy = false;
    }
  }

  #tell(event: SessionEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}

function busy(): CofferError {
  return new CofferError('busy', 'vault: another step is still running; wait for it');
}
