import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { UpdateStatus } from './types';

/** The check for updates: whether it is on, and what it found. */
export class Updates {
  /** Null before the first answer. */
  status = $state.raw<UpdateStatus | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  /** True once the user has seen the news and put them away. */
  isHidden = $state(false);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Follows what the check finds.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    void this.#load();
    return this.#api.on('app:changed', () => void this.#load());
  }

  /**
   * Turns the check on or off.
   *
   * @param isOn - From the next start on.
   */
  async set(isOn: boolean): Promise<void> {
    const answer = await ask(() => this.#api.update.set({ isOn }));
    if (answer.ok) this.status = answer.value;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  async #load(): Promise<void> {
    const answer = await ask(() => this.#api.update.status({}));
    if (answer.ok) this.status = answer.value;
  }
}
