import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, ListSort, ListView, RecordSummary } from './types';
import { uniqueRows } from './unique-rows';

/** Most rows that one request may ask for. */
export const windowRows = 200;
/** Pause in typing after which the search runs. */
export const searchDelayMs = 120;

interface Page {
  readonly rows: readonly RecordSummary[];
  readonly total: number;
}

/** The list: a view, a search and an order; rows come in windows of at most {@link windowRows}. */
export class RecordList {
  /** Which records: all, favourites or the trash. */
  view = $state<ListView>('all');
  /** What the search box holds. */
  query = $state('');
  /** Order of the rows. */
  sort = $state<ListSort>('title');
  /** Rows loaded so far, in order, from the first on. */
  rows = $state.raw<readonly RecordSummary[]>([]);
  /** How many records match in all. */
  total = $state(0);
  /** False until the first answer for the present view. */
  isLoaded = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #isLoadingMore = false;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Shows another view from its top, without a search.
   *
   * @param view - The new view.
   */
  async show(view: ListView): Promise<void> {
    clearTimeout(this.#timer);
    if (view !== this.view) {
      this.rows = [];
      this.total = 0;
      this.isLoaded = false;
      this.query = '';
    }
    this.view = view;
    await this.#load(windowRows);
  }

  /**
   * Takes a change of the search box; the search runs once typing pauses.
   *
   * @param query - The whole input.
   */
  search(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#load(windowRows), searchDelayMs);
  }

  /**
   * Sorts anew and goes back to the top.
   *
   * @param sort - The new order.
   */
  async sortBy(sort: ListSort): Promise<void> {
    this.sort = sort;
    await this.#load(windowRows);
  }

  /** Asks again for as many rows as are shown; for when records changed. */
  async reload(): Promise<void> {
    await this.#load(Math.max(this.rows.length, windowRows));
  }

  /** Adds the next window of rows, if there is one and none is on its way. */
  async loadMore(): Promise<void> {
    if (this.#isLoadingMore || this.rows.length >= this.total) return;
    this.#isLoadingMore = true;
    const turn = this.#turn;
    const answer = await this.#ask(this.rows.length);
    this.#isLoadingMore = false;
    if (turn !== this.#turn) return;
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else this.#take({ rows: [...this.rows, ...answer.value.rows], total: answer.value.total });
  }

  async #load(wantedRows: number): Promise<void> {
    const turn = ++this.#turn;
    let page: Page = { rows: [], total: 0 };
    do {
      const answer = await this.#ask(page.rows.length);
      if (turn !== this.#turn) return;
      if (!answer.ok) {
        this.failure = sentenceOf(answer.error);
        return;
      }
      page = { rows: [...page.rows, ...answer.value.rows], total: answer.value.total };
      if (answer.value.rows.length === 0) break;
    } while (page.rows.length < Math.min(wantedRows, page.total));
    this.#take(page);
  }

  #ask(offset: number): Promise<Answer<Page>> {
    const { query, view, sort } = this;
    return ask(() => this.#api.record.list({ query, view, sort, offset, limit: windowRows }));
  }

  #take(page: Page): void {
    this.rows = uniqueRows(page.rows);
    this.total = page.total;
    this.isLoaded = true;
    this.failure = null;
  }
}
