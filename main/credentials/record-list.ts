import { Bits } from './bits';
import { wordsOf } from './fold';
import { layout } from './overview-layout';
import { type Filter, RecordFilter, noFilter } from './record-filter';
import { type OverviewSource, listedKindAt, overviewAt } from './overview-source';
import { RecordOrder, type Sort } from './record-order';
import { searchTextOf } from './search-text';
import { TitleKeys, asciiKeyAt } from './title-keys';
import { TokenIndex } from './token-index';

/** Parts of the vault that a list shows; the first two leave out the trash. */
export type View = 'all' | 'favourites' | 'trash';

/** What a list asks for. */
export interface Selection {
  /** Words separated by white space; a record must hold all of them. */
  readonly query: string;
  readonly view: View;
  /** Absent: all of them. */
  readonly filter?: Filter | undefined;
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
}

/** Part of a list: handles of `limit` records at most, and how many match in all. */
export interface Selected {
  readonly handles: readonly number[];
  readonly total: number;
}

// Changed records are looked through, and brought to their places, one by one; beyond this many index and orders are made anew.
const mostChanged = 500;

/**
 * The lists and the search over all records of one unlocked vault. Holds no texts but the index's: the rest is read from the
 * vault when it is asked for. The first list needs only the beginning of one order; {@link step} does the rest bit by bit.
 */
export class RecordList {
  readonly #source: OverviewSource;
  readonly #filter: RecordFilter;
  readonly #views: Record<View, Bits>;
  readonly #orders = new Map<Sort, RecordOrder>();
  #index: TokenIndex | null = null;
  #build: Generator<void, TokenIndex | null> | null = null;
  /** Records that changed and were not yet brought to their new places in the orders. */
  readonly #unplaced = new Set<number>();
  /** Folded texts of records that the index does not have as they are now; null for those not yet read. */
  #changed = new Map<number, string | null>();
  /** Records that changed since the build under way began. */
  #changedWhileBuilding = new Set<number>();

  /** @param source - The open vault's overviews; read again and again until {@link close}. */
  constructor(source: OverviewSource) {
    this.#source = source;
    this.#filter = new RecordFilter(source);
    const limit = source.handleLimit;
    this.#views = { all: new Bits(limit), favourites: new Bits(limit), trash: new Bits(limit) };
    const { all, favourites, trash } = this.#views;
    const handles = new Uint32Array(limit);
    const keys = new Float64Array(limit);
    let count = 0;
    source.visit((handle, bytes, start) => {
      if (listedKindAt(bytes, start) === null) return;
      const flags = bytes[start + layout.flagsAt] ?? 0;
      if ((flags & layout.trashedFlag) !== 0) trash.set(handle, true);
      else {
        all.set(handle, true);
        if ((flags & layout.favouriteFlag) !== 0) favourites.set(handle, true);
      }
      keys[count] = asciiKeyAt(bytes, start, 0);
      handles[count++] = handle;
    });
    // The list by title is asked for first; its keys are worked out here, where all overviews are looked at anyhow.
    const titles = new TitleKeys(source);
    for (let place = 0; place < count; place++) {
      if ((keys[place] ?? 0) < 0) keys[place] = titles.keyAt(handles[place] ?? 0, TitleKeys.first);
    }
    const order = new RecordOrder(source, 'title', handles.subarray(0, count), keys.subarray(0, count));
    this.#orders.set('title', order);
  }

  /** Picks what a list shows. */
  select({ query, view, filter = noFilter, sort, offset, limit }: Selection): Selected {
    const words = wordsOf(query);
    const passing = this.#filter.passing(filter);
    // The sets of views and filter are not this list's to change.
    const matching = words.length === 0 ? this.#views[view].copy() : this.#search(words);
    if (words.length > 0) matching.keep(this.#views[view]);
    if (passing !== null) matching.keep(passing);
    const total = matching.count();
    const order = this.#orderBy(sort);
    const handles: number[] = [];
    const last = Math.min(total, offset + limit);
    for (let place = 0, seen = 0; seen < last && place < order.length; place++) {
      if (place === order.sorted) order.sortTo(place + 1);
      const handle = order.at(place);
      if (matching.has(handle) && seen++ >= offset) handles.push(handle);
    }
    return { handles, total };
  }

  /** To be called for each record that was saved or removed. */
  note(handle: number): void {
    this.#sortIntoViews(handle);
    this.#filter.note(handle);
    this.#unplaced.add(handle);
    this.#changed.set(handle, null);
    if (this.#build !== null) this.#changedWhileBuilding.add(handle);
  }

  /**
   * Goes on, for a millisecond or so, with what later lists and searches need.
   *
   * @returns Whether there is more to do.
   */
  step(): boolean {
    this.#place();
    const unsorted = [...this.#orders.values()].find((order) => order.sorted < order.length);
    if (unsorted !== undefined) unsorted.step();
    else if (this.#index === null || this.#changed.size > mostChanged) this.#buildOn();
    else return false;
    return true;
  }

  /** Wipes the texts of the index. */
  close(): void {
    this.#index?.wipe();
    this.#index = null;
    this.#build?.return(null);
    this.#build = null;
    this.#changed.clear();
    this.#unplaced.clear();
    this.#orders.clear();
  }

  /** Brings changed records to their places: who saves does not wait for this, nor do many saves in a row. */
  #place(): void {
    if (this.#unplaced.size === 0) return;
    if (this.#unplaced.size > mostChanged) this.#orders.clear();
    for (const order of this.#orders.values()) {
      // All of them go first: a record is compared with others that stand where they belong.
      for (const handle of this.#unplaced) order.remove(handle);
      for (const handle of this.#unplaced) if (this.#isListed(handle)) order.put(handle);
    }
    this.#unplaced.clear();
  }

  #sortIntoViews(handle: number): void {
    let flags: number | null = null;
    if (this.#source.has(handle)) {
      const bytes = this.#source.bytesOf(handle);
      const start = this.#source.startOf(handle);
      if (listedKindAt(bytes, start) !== null) flags = bytes[start + layout.flagsAt] ?? 0;
    }
    const isTrashed = flags !== null && (flags & layout.trashedFlag) !== 0;
    const isLive = flags !== null && !isTrashed;
    this.#views.trash.set(handle, isTrashed);
    this.#views.all.set(handle, isLive);
    this.#views.favourites.set(handle, isLive && ((flags ?? 0) & layout.favouriteFlag) !== 0);
  }

  #search(words: readonly string[]): Bits {
    while (this.#index === null) this.#buildOn();
    const index = this.#index;
    const sets = words.map((word) => index.find(word));
    const matching = sets.reduce((all, set) => {
      all.keep(set);
      return all;
    });
    for (const [handle, known] of this.#changed) {
      const text = known ?? this.#textOf(handle);
      this.#changed.set(handle, text);
      matching.set(handle, text !== '' && words.every((word) => text.includes(word)));
    }
    return matching;
  }

  /** Empty for a record that is not listed. */
  #textOf(handle: number): string {
    return this.#isListed(handle) ? searchTextOf(overviewAt(this.#source, handle)) : '';
  }

  #isListed(handle: number): boolean {
    return this.#views.all.has(handle) || this.#views.trash.has(handle);
  }

  #buildOn(): void {
    if (this.#build === null) {
      this.#changedWhileBuilding = new Set();
      const isLeftOut = (handle: number): boolean => this.#changedWhileBuilding.has(handle);
      this.#build = TokenIndex.build(this.#source, this.#listed(), isLeftOut);
    }
    const { done, value } = this.#build.next();
    if (done !== true || value === null) return;
    this.#index?.wipe();
    this.#index = value;
    this.#build = null;
    this.#changed = new Map([...this.#changed].filter(([handle]) => this.#changedWhileBuilding.has(handle)));
  }

  #orderBy(sort: Sort): RecordOrder {
    this.#place();
    const order = this.#orders.get(sort) ?? new RecordOrder(this.#source, sort, this.#listed());
    this.#orders.set(sort, order);
    return order;
  }

  #listed(): Uint32Array {
    const handles = new Uint32Array(this.#views.all.count() + this.#views.trash.count());
    let count = 0;
    for (let handle = 0; handle < this.#source.handleLimit; handle++) {
      if (this.#isListed(handle)) handles[count++] = handle;
    }
    return handles;
  }
}
