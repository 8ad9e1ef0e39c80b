import type { CofferApi, RequestOf } from '../../preload/contract';
import { ask } from './answer';
import { type RecordList, noFilter } from './records.svelte';

type Kept = RequestOf<'list:remember'>;

/** Keeps order and filter of the list of all items in the vault, from one unlock to the next. */
export class ListMemory {
  readonly #api: CofferApi;
  readonly #list: RecordList;
  #kept: Kept = { sort: 'title', filter: noFilter };

  constructor(api: CofferApi, list: RecordList) {
    this.#api = api;
    this.#list = list;
  }

  /**
   * Shows the list as it was, and keeps its changes from now on.
   *
   * @param isWanted - Whether the list is still to be shown once it is known how.
   */
  async restore(isWanted: () => boolean): Promise<void> {
    const answer = await ask(() => this.#api.list.remembered({}));
    // For convenience alone: without an answer the list is as in a new vault.
    if (answer.ok) this.#kept = answer.value;
    this.#list.sort = this.#kept.sort;
    if (isWanted()) await this.#list.show('all', this.#kept.filter);
    this.#list.onchange = () => this.#keep();
    this.#keep();
  }

  /** A vault that takes no change forgets it at lock. */
  #keep(): void {
    const { sort, view, filter } = this.#list;
    // Favourites and trash are looked at by the way.
    const next: Kept = { sort, filter: view === 'all' ? filter : this.#kept.filter };
    if (JSON.stringify(next) === JSON.stringify(this.#kept)) return;
    this.#kept = next;
    void ask(() => this.#api.list.remember(next));
  }
}
