import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Long steps of one kind, which a request gives up. */
export class Cancellable {
  readonly #running = new Set<AbortController>();

  /** Whether a step is under way. */
  get isRunning(): boolean {
    return this.#running.size > 0;
  }

  /**
   * Runs a step with a signal of its own, whose reason is a CofferError `cancelled`.
   *
   * @param step - Throws the reason once it is given up, as long as nothing came of it.
   */
  async run<T>(step: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    this.#running.add(controller);
    try {
      return await step(controller.signal);
    } finally {
      this.#running.delete(controller);
    }
  }

  /** Gives up what is under way; does nothing if nothing is. */
  cancel(): void {
    for (const controller of this.#running)
      controller.abort(new CofferError('cancelled', say('main-vault.it-was-cancelled')));
  }
}
