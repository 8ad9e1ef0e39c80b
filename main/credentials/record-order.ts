import { layout, readTime } from './overview-layout';
import type { OverviewSource } from './overview-source';
import { type Stage, TitleKeys } from './title-keys';

/** Orders of a list: titles upwards, times from the newest down. */
export type Sort = 'title' | 'updated' | 'created';

/** Rows from `from` to `to` that stand together but not yet in order; the keys of those before `keyedTo` are worked out. */
interface Pending {
  readonly from: number;
  readonly to: number;
  /** Null for the time, by which some orders begin. */
  readonly stage: Stage | null;
  keyedTo: number;
}

const keysAtATime = 4096;
const smallRange = 16;

/**
 * Records in one order: by time if it is asked for, then by folded title, title and id. Sorting goes from the front in small
 * steps, so that the first rows are there long before the last: quicksort on keys, which puts off all but the leftmost part.
 */
export class RecordOrder {
  readonly #source: OverviewSource;
  readonly #titles: TitleKeys;
  readonly #timeAt: number | null;
  #handles: Uint32Array<ArrayBuffer>;
  #count: number;
  /** Empty once all is in order. */
  #keys: Float64Array;
  /** From right to left: the last one is the next to be put in order. */
  #pending: Pending[];

  /**
   * @param handles - Of the records, each once; not changed.
   * @param keys - Of the same records at the first stage of an order by title, where they are known; becomes the order's own.
   */
  constructor(source: OverviewSource, sort: Sort, handles: Uint32Array, keys: Float64Array | null = null) {
    this.#source = source;
    this.#titles = new TitleKeys(source);
    this.#timeAt = sort === 'title' ? null : sort === 'updated' ? layout.updatedAt : layout.createdAt;
    this.#handles = new Uint32Array(handles);
    this.#count = handles.length;
    const isKeyed = keys !== null && sort === 'title';
    this.#keys = isKeyed ? keys : new Float64Array(handles.length);
    const stage = this.#timeAt === null ? TitleKeys.first : null;
    this.#pending =
      handles.length < 2 ? [] : [{ from: 0, to: handles.length, stage, keyedTo: isKeyed ? handles.length : 0 }];
  }

  /** Number of records. */
  get length(): number {
    return this.#count;
  }

  /** How many rows from the front are in order. */
  get sorted(): number {
    return this.#pending.at(-1)?.from ?? this.#count;
  }

  /** The handle at a place below {@link sorted}. */
  at(place: number): number {
    return this.#handles[place] ?? 0;
  }

  /** Goes on with sorting for less than a millisecond or so; does nothing once all is in order. */
  step(): void {
    const range = this.#pending.at(-1);
    if (range === undefined) return;
    if (range.keyedTo < range.to) this.#workOutKeys(range);
    else {
      this.#pending.pop();
      if (range.to - range.from <= smallRange) this.#sortSmall(range);
      else this.#partition(range);
    }
    if (this.#pending.length === 0) {
      this.#keys = new Float64Array();
      this.#titles.forget();
    }
  }

  /** Sorts until that many rows from the front are in order. */
  sortTo(count: number): void {
    while (this.sorted < count && this.#pending.length > 0) this.step();
  }

  /** Takes a record in, or to its new place after a change. Sorts to the end first. */
  put(handle: number): void {
    this.remove(handle);
    this.sortTo(this.#count);
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#compare(this.at(middle), handle) < 0) low = middle + 1;
      else high = middle;
    }
    if (this.#count === this.#handles.length) {
      const larger = new Uint32Array(this.#count * 2 + 64);
      larger.set(this.#handles);
      this.#handles = larger;
    }
    this.#handles.copyWithin(low + 1, low, this.#count++);
    this.#handles[low] = handle;
    this.#titles.forget();
  }

  /** Takes a record out, if it is there. Does not read it: it may be gone, or changed already. */
  remove(handle: number): void {
    this.#titles.forget(handle);
    const place = this.#handles.indexOf(handle);
    if (place < 0 || place >= this.#count) return;
    this.#handles.copyWithin(place, place + 1, this.#count--);
    this.#keys.copyWithin(place, place + 1);
    this.#pending = this.#pending.map(({ from, to, stage, keyedTo }) => ({
      from: from > place ? from - 1 : from,
      to: to > place ? to - 1 : to,
      stage,
      keyedTo: keyedTo > place ? keyedTo - 1 : keyedTo,
    }));
  }

  #workOutKeys(range: Pending): void {
    const to = Math.min(range.to, range.keyedTo + keysAtATime);
    for (let place = range.keyedTo; place < to; place++) {
      const handle = this.at(place);
      this.#keys[place] = range.stage === null ? -this.#timeOf(handle) : this.#titles.keyAt(handle, range.stage);
    }
    range.keyedTo = to;
  }

  /** Splits a range by the key of its middle: less, equal, more; each is put off, and the leftmost is next. */
  #partition({ from, to, stage }: Pending): void {
    const keys = this.#keys;
    const handles = this.#handles;
    const samples = [keys[from] ?? 0, keys[(from + to) >>> 1] ?? 0, keys[to - 1] ?? 0];
    // Of a large range only the beginning may ever be asked for: the smallest sample leaves most of it aside in one go.
    const pivot = (to - from > keysAtATime ? Math.min(...samples) : samples.sort((x, y) => x - y)[1]) ?? 0;
    let less = from;
    let more = to;
    for (let place = from; place < more;) {
      const key = keys[place] ?? 0;
      if (key === pivot) {
        place++;
        continue;
      }
      const other = key < pivot ? less++ : --more;
      const handle = handles[place] ?? 0;
      keys[place] = keys[other] ?? 0;
      handles[place] = handles[other] ?? 0;
      keys[other] = key;
      handles[other] = handle;
      if (key < pivot) place++;
    }
    this.#putOff(more, to, stage);
    this.#putOffEqual(less, more, stage);
    this.#putOff(from, less, stage);
  }

  #sortSmall({ from, to, stage }: Pending): void {
    const keys = this.#keys;
    for (let place = from + 1; place < to; place++) {
      for (let at = place; at > from && (keys[at - 1] ?? 0) > (keys[at] ?? 0); at--) this.#swap(at - 1, at);
    }
    const runs: [number, number][] = [];
    for (let start = from; start < to;) {
      let end = start + 1;
      while (end < to && keys[end] === keys[start]) end++;
      runs.push([start, end]);
      start = end;
    }
    for (const [start, end] of runs.reverse()) this.#putOffEqual(start, end, stage);
  }

  #putOff(from: number, to: number, stage: Stage | null): void {
    if (to - from > 1) this.#pending.push({ from, to, stage, keyedTo: to });
  }

  /** Rows whose keys are equal: by the next piece of their titles, or at once where there is none, or few are left. */
  #putOffEqual(from: number, to: number, stage: Stage | null): void {
    if (to - from < 2) return;
    const next = stage === null ? TitleKeys.first : this.#titles.stageAfter(this.at(from), stage);
    if (next === null || to - from <= smallRange) this.#sortExactly(from, to);
    else this.#pending.push({ from, to, stage: next, keyedTo: from });
  }

  #sortExactly(from: number, to: number): void {
    const rows = Array.from(this.#handles.subarray(from, to), (handle) => this.#exactOf(handle));
    rows.sort(compareExact);
    rows.forEach(({ handle }, index) => (this.#handles[from + index] = handle));
  }

  #compare(left: number, right: number): number {
    const byTime = this.#timeAt === null ? 0 : this.#timeOf(right) - this.#timeOf(left);
    return byTime || compareExact(this.#exactOf(left), this.#exactOf(right));
  }

  #exactOf(handle: number): ExactKey {
    const title = this.#titles.title(handle);
    return { handle, folded: this.#titles.foldedTitle(handle), title, id: this.#source.idOf(handle) };
  }

  #timeOf(handle: number): number {
    const timeMs = readTime(this.#source.bytesOf(handle), this.#source.startOf(handle) + (this.#timeAt ?? 0));
    // No order has a place for it; `decodeOverview` tells such damage.
    return Number.isNaN(timeMs) ? 0 : timeMs;
  }

  #swap(one: number, other: number): void {
    const handle = this.#handles[one] ?? 0;
    this.#handles[one] = this.#handles[other] ?? 0;
    this.#handles[other] = handle;
    const key = this.#keys[one] ?? 0;
    this.#keys[one] = this.#keys[other] ?? 0;
    this.#keys[other] = key;
  }
}

interface ExactKey {
  readonly handle: number;
  readonly folded: string;
  readonly title: string;
  readonly id: string;
}

function compareExact(left: ExactKey, right: ExactKey): number {
  return compare(left.folded, right.folded) || compare(left.title, right.title) || compare(left.id, right.id);
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
