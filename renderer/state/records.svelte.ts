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
/** What rows are found and ordered by. */
interface Sought {
  readonly query: string;
  readonly view: ListView;
  readonly filter: ListFilter;
  readonly sort: ListSort;
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
  /** Order of the rows. */
  sort = $state<ListSort>('title');
  /** How many records match in all. */
  total = $state(0);
  /** False until the first answer for the present view. */
  isLoaded = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  /** How often another list began at its top. */
  beginnings = $state(0);
  /** True while another list is on its way; the rows are still those of the one before. */
  isLoading = $state(false);
  #pages = $state.raw<Pages>({});
  /** What the rows that are shown were found by. Search box and buttons are ahead of it while an answer is on its way, or if none came. */
  #shown = $state.raw<Sought>({ query: '', view: 'all', filter: noFilter, sort: 'title' });
  /** Called when view, filter or order may have changed; null for nobody. */
  onchange: (() => void) | null = null;
  readonly #api: CofferApi;
  /** Pages that are on screen. */
  #first = 0;
  #last = 0;
  /** Whether other pages came on screen since another list was asked for. */
  #hasMoved = false;
  #asked: Record<number, Promise<void>> = {};
  #turn = 0;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Rows loaded so far, in order; there may be gaps between them. */
  get rows(): readonly RecordSummary[] {
    return Object.values(this.#pages).flat();
  }

  /** What the rows that are shown were searched for. */
  get shownQuery(): string {
    return this.#shown.query;
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
      this.#shown = { ...this.#sought, view, filter };
    }
    this.view = view;
    this.filter = filter;
    this.onchange?.();
    await this.#begin();
  }

  /**
   * Narrows what is shown, and keeps the search.
   *
   * @param filter - The new filter.
   * @param view - The new view.
   */
  async narrow(filter: ListFilter, view: ListView = this.view): Promise<void> {
    this.view = view;
    this.filter = filter;
    this.onchange?.();
    await this.#begin();
  }

  /**
   * Takes a change of the search box.
   *
   * @param query - The whole input.
   */
  async search(query: string): Promise<void> {
    this.query = query;
    await this.#begin();
  }

  /**
   * Sorts anew and goes back to the top.
   *
   * @param sort - The new order.
   */
  async sortBy(sort: ListSort): Promise<void> {
    this.sort = sort;
    this.onchange?.();
    await this.#begin();
  }

  /** Asks again for what is on screen; for when records changed. If another list was asked for and refused, for that. */
  async reload(): Promise<void> {
    if (isSameList(this.#sought, this.#shown)) await this.#load(this.#first, this.#last);
    else await this.#begin();
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
    this.#hasMoved = true;
    // A list that is being loaded is another one than that of the pages there are; it asks for these pages when it is there.
    if (!this.isLoading) await this.#fill();
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
    const limit = Math.min(to - from + 1, mostIds);
    return ask(() => this.#api.record.ids({ ...this.#shown, offset: from, limit }));
  }

  async #add(page: number): Promise<void> {
    const turn = this.#turn;
    const answer = await this.#ask(page, this.#shown);
    if (turn !== this.#turn) return;
    Reflect.deleteProperty(this.#asked, page);
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else this.#take({ ...this.#pages, [page]: answer.value.rows }, answer.value.total);
  }

  get #sought(): Sought {
    const { query, view, filter, sort } = this;
    return { query, view, filter, sort };
  }

  /** Shows what is sought now, from its top; what was shown stays as it is if that fails. */
  async #begin(): Promise<void> {
    this.#hasMoved = false;
    await this.#load(0, 0, () => {
      if (!this.#hasMoved) this.#first = this.#last = 0;
      this.beginnings += 1;
    });
  }

  /** Asks for some pages of what is sought now, and forgets all others. */
  async #load(first: number, last: number, done: () => void = () => undefined): Promise<void> {
    const turn = ++this.#turn;
    const sought = this.#sought;
    this.#asked = {};
    this.isLoading = true;
    const numbers = Array.from({ length: last - first + 1 }, (_, place) => first + place);
    const answers = await Promise.all(numbers.map((page) => this.#ask(page, sought)));
    if (turn !== this.#turn) return;
    this.isLoading = false;
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
    this.#shown = sought;
    this.#take(pages, total);
    done();
    // What came on screen meanwhile.
    await this.#fill();
  }

  #ask(page: number, sought: Sought): Promise<Answer<Page>> {
    return ask(() => this.#api.record.list({ ...sought, offset: page * pageRows, limit: pageRows }));
  }

  #take(pages: Pages, total: number): void {
    this.#pages = pages;
    this.total = total;
    this.isLoaded = true;
    this.failure = null;
  }
}

function isSameList(one: Sought, other: Sought): boolean {
  const isAlike = one.query === other.query && one.view === other.view && one.sort === other.sort;
  return isAlike && isSame(one.filter, other.filter);
}

function isSame(one: ListFilter, other: ListFilter): boolean {
  return one.kind === other.kind && one.account === other.account && one.tag === other.tag;
}
