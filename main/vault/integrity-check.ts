import { CofferError } from '../errors';
import type { Vault } from './vault';

/** How far the check of all sealed records has come. */
export interface IntegrityStatus {
  readonly state: 'checking' | 'whole' | 'damaged';
  readonly checked: number;
  readonly total: number;
}

const sliceMs = 5;
const pauseMs = 20;

/** Opens every record of an unlocked vault once, in slices of at most 5 ms, so that nobody waits for it. */
export class IntegrityCheck {
  readonly #nowMs: () => number;
  readonly #onChange: () => void;
  #timer: NodeJS.Timeout | null = null;
  #status: IntegrityStatus = { state: 'whole', checked: 0, total: 0 };

  /**
   * @param nowMs - A clock that does not jump.
   * @param onChange - Called when the state changes.
   */
  constructor(nowMs: () => number, onChange: () => void) {
    this.#nowMs = nowMs;
    this.#onChange = onChange;
  }

  /** What is known now. */
  get status(): IntegrityStatus {
    return this.#status;
  }

  /** Begins with the given vault; a check that was running is given up. */
  start(vault: Vault): void {
    this.stop();
    this.#set({ state: 'checking', checked: 0, total: vault.size });
    const steps = vault.checkBodies();
    const slice = () => {
      this.#timer = null;
      if (this.#runSlice(steps)) this.#timer = setTimeout(slice, pauseMs);
    };
    this.#timer = setTimeout(slice, pauseMs);
  }

  /** Gives up; to be called before the vault is locked. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #runSlice(steps: Generator<number, void>): boolean {
    const endAtMs = this.#nowMs() + sliceMs;
    const { total } = this.#status;
    try {
      while (this.#nowMs() < endAtMs) {
        const step = steps.next();
        if (step.done === true) {
          this.#set({ state: 'whole', checked: total, total });
          return false;
        }
        this.#status = { state: 'checking', checked: step.value, total };
      }
      return true;
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
      // Another vault took its place, and begins a check of its own.
      if (error.code === 'vault-locked') return false;
      this.#set({ ...this.#status, state: 'damaged' });
      return false;
    }
  }

  #set(status: IntegrityStatus): void {
    this.#status = status;
    this.#onChange();
  }
}
