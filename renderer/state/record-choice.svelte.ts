import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { RecordSummary } from './types';

/** What can be chosen in a field that points to another record. */
export class RecordChoice {
  /** Records that match, by title; at most 50. */
  rows = $state.raw<readonly RecordSummary[]>([]);
  /** True once they were asked for. */
  isLoaded = $state(false);
  readonly #api: CofferApi;
  readonly #kinds: readonly string[];

  constructor(api: CofferApi, kinds: readonly string[]) {
    this.#api = api;
    this.#kinds = kinds;
  }

  /** What a list of them shows, with "None" before them. */
  get choices(): { value: string; label: string }[] {
    return [
      { value: '', label: say('record-choice.none') },
      ...this.rows.map(({ id, title }) => ({ value: id, label: title })),
    ];
  }

  /** Asks for all that may be chosen. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.record.pick({ kinds: [...this.#kinds], query: '' }));
    this.rows = answer.ok ? answer.value.rows : [];
    this.isLoaded = true;
  }
}
