import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, ListFilter, ListSort, ListView, RecordSummary } from './types';

/** Rows that one request asks for. */
export const pageRows = 100;
/** Most ids that one request answers with. */
const mostIds = 10_000;

/** A filter that lets everything through. */
export const noFilter: ListFilter = { kind: null, account: null, tag: null };

interface Page {
  readonly rows: readonly RecordSummary[];
  readonly total: number;
}
/** By number of the page. */
type Pages = Readonly<Record<number, readonly RecordSummary[]>>;

/** The list: a view, a filter, a search and an order. Only rows that were looked at are loaded, a page of {@link pageRows} at a time. */
export class RecordList {
  /** Which records: all, favourites or the trash. */
  view = $state<ListView>('all');
  /** What narrows the view. */
  filter = $state.raw<ListFilter>(noFilter);
  /** What the search box holds. */
  query = $state('');
  /** What the rows that are shown were found by: the search box is ahead of it while an answer is on its way. */
  shownQuery = $state('');
  /** Order of the rows. */
  sort = $state<ListSort>('title');
  /** How many records match in all. */
  total = $state(0);
  /** False until the first answer for the present view. */
  isLoaded = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  #pages = $state.raw<Pages>({});
  /** Called when view, filter or order may have changed; null for nobody. */
  onchange: (() => void) | null = null;
  readonly #api: CofferApi;
  /** Pages that are on screen. */
  #first = 0;
  #last = 0;
  #asked: Record<number, Promise<void>> = {};
  #isLoading = false;
  #turn = 0;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Rows loaded so far, in order; there may be gaps between them. */
  get rows(): readonly RecordSummary[] {
    return Object.values(this.#pages).flat();
  }

  /** True if there is something that narrows the view. */
  get isFiltered(): boolean {
    return Object.values(this.filter).some((value) => value !== null);
  }

  /**
   * Finds a row by its place.
   *
   * @param index - From 0.
   * @returns Undefined if it is not loaded, or there is none.
   */
  rowAt(index: number): RecordSummary | undefined {
    return this.#pages[Math.floor(index / pageRows)]?.[index % pageRows];
  }

  /**
   * Finds the place of a record among the rows that are loaded.
   *
   * @param id - Of the record.
   * @returns -1 if it is not there.
   */
  indexOf(id: string): number {
    for (const [page, rows] of Object.entries(this.#pages)) {
      const index = rows.findIndex((row) => row.id === id);
      if (index >= 0) return Number(page) * pageRows + index;
    }
    return -1;
  }

  /**
   * Shows a view from its top, without a search.
   *
   * @param view - The new view.
   * @param filter - What narrows it.
   */
  async show(view: ListView, filter: ListFilter = noFilter): Promise<void> {
    if (view !== this.view || !isSame(filter, this.filter)) {
      this.#pages = {};
      this.total = 0;
      this.isLoaded = false;
      this.query = '';
      this.shownQuery = '';
    }
    this.view = view;
    this.filter = filter;
    this.onchange?.();
    await this.#loadFrom(0, 0);
  }

  /**
   * Narrows what is shown, and keeps the search.
   *
   * @param filter - The new filter.
   */
  async narrow(filter: ListFilter): Promise<void> {
    this.filter = filter;
    this.onchange?.();
    await this.#loadFrom(0, 0);
  }

  /**
   * Takes a change of the search box.
   *
   * @param query - The whole input.
   */
  async search(query: string): Promise<void> {
    this.query = query;
    await this.#loadFrom(0, 0);
  }

  /**
   * Sorts anew and goes back to the top.
   *
   * @param sort - The new order.
   */
  async sortBy(sort: ListSort): Promise<void> {
    this.sort = sort;
    this.onchange?.();
    await this.#loadFrom(0, 0);
  }

  /** Asks again for what is on screen; for when records changed. */
  async reload(): Promise<void> {
    await this.#loadFrom(this.#first, this.#last);
  }

  /**
   * Loads what comes on screen.
   *
   * @param from - First row.
   * @param to - Last row.
   */
  async reach(from: number, to: number): Promise<void> {
    this.#first = Math.max(0, Math.floor(from / pageRows));
    this.#last = Math.max(this.#first, Math.floor(to / pageRows));
    // A list that is being loaded is another one than that of the pages there are; it asks for these pages when it is there.
    if (!this.#isLoading) await this.#fill();
  }

  async #fill(): Promise<void> {
    const missing: Promise<void>[] = [];
    for (let page = this.#first; page <= this.#last; page++) {
      if (this.#pages[page] === undefined) missing.push((this.#asked[page] ??= this.#add(page)));
    }
    await Promise.all(missing);
  }

  /**
   * Ids of rows that stand together, loaded or not; at most 10,000.
   *
   * @param from - First row.
   * @param to - Last row.
   * @returns The answer of the bridge.
   */
  idsBetween(from: number, to: number): Promise<Answer<{ readonly ids: readonly string[] }>> {
    const { query, view, filter, sort } = this;
    const limit = Math.min(to - from + 1, mostIds);
    return ask(() => this.#api.record.ids({ query, view, filter, sort, offset: from, limit }));
  }

  async #add(page: number): Promise<void> {
    const turn = this.#turn;
    const answer = await this.#ask(page);
    if (turn !== this.#turn) return;
    Reflect.deleteProperty(this.#asked, page);
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else this.#take({ ...this.#pages, [page]: answer.value.rows }, answer.value.total);
  }

  /** Forgets all rows but those of some pages, which are asked for anew. */
  async #loadFrom(first: number, last: number): Promise<void> {
    const turn = ++this.#turn;
    const { query } = this;
    this.#asked = {};
    this.#first = first;
    this.#last = last;
    this.#isLoading = true;
    const numbers = Array.from({ length: last - first + 1 }, (_, place) => first + place);
    const answers = await Promise.all(numbers.map((page) => this.#ask(page)));
    if (turn !== this.#turn) return;
    this.#isLoading = false;
    const pages: Record<number, readonly RecordSummary[]> = {};
    let total = 0;
    for (const [place, answer] of answers.entries()) {
      if (!answer.ok) {
        this.failure = sentenceOf(answer.error);
        return;
      }
      pages[first + place] = answer.value.rows;
      total = answer.value.total;
    }
    this.shownQuery = query;
    this.#take(pages, total);
    // What came on screen meanwhile.
    await this.#fill();
  }

  #ask(page: number): Promise<Answer<Page>> {
    const { query, view, filter, sort } = this;
    return ask(() => this.#api.record.list({ query, view, filter, sort, offset: page * pageRows, limit: pageRows }));
  }

  #take(pages: Pages, total: number): void {
    this.#pages = pages;
    this.total = total;
    this.isLoaded = true;
    this.failure = null;
  }
}

function isSame(one: ListFilter, other: ListFilter): boolean {
  return one.kind === other.kind && one.account === other.account && one.tag === other.tag;
}
