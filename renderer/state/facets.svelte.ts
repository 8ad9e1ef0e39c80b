import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { ListFacets } from './types';

/** Changes that follow each other within this time are counted once. */
const pauseMs = 150;

/** What the list can be narrowed by, with numbers. */
export class Facets {
  /** Null until the first answer. */
  counts = $state.raw<ListFacets | null>(null);
  readonly #api: CofferApi;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Counts. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.record.facets({}));
    // Numbers that can't be had are no news: the list says what is wrong.
    if (answer.ok) this.counts = answer.value;
  }

  /** Counts again soon; for when records changed. */
  loadSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.load(), pauseMs);
  }

  /** Counts no more. */
  end(): void {
    clearTimeout(this.#timer);
  }
}
