import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

const firstDelayMs = 1000;
const longestDelayMs = 60_000;

/** Slows down tries after wrong passwords. Kept in memory only: nothing derived from failed input is written. */
export class UnlockThrottle {
  readonly #nowMs: () => number;
  #failures = 0;
  #nextTryAtMs = 0;

  /** @param nowMs - A clock that does not jump. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /**
   * To be called before a try. The second failure costs a wait of 1 s, and each further one twice the last, up to a minute.
   *
   * @throws CofferError `too-many-tries`.
   */
  check(): void {
    const waitMs = this.#nextTryAtMs - this.#nowMs();
    if (waitMs > 0) {
      throw new CofferError(
        'too-many-tries',
        say('main-vault.password-wait-s-before-the-next-try', { seconds: Math.ceil(waitMs / 1000) }),
      );
    }
  }

  /** Notes a wrong password. */
  noteFailure(): void {
    this.#failures += 1;
    const delayMs = this.#failures < 2 ? 0 : Math.min(longestDelayMs, firstDelayMs * 2 ** (this.#failures - 2));
    this.#nextTryAtMs = this.#nowMs() + delayMs;
  }

  /** Notes a right password. */
  noteSuccess(): void {
    this.#failures = 0;
    this.#nextTryAtMs = 0;
  }
}
