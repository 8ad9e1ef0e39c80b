/** A row that is drawn: the same element shows another record once its own went out of sight. */
export interface Slot {
  /** Of the element. */
  readonly key: number;
  /** Place of its record in the list. */
  readonly index: number;
}

/** A list as it stands. */
export interface Sight {
  /** Rows in all. */
  readonly count: number;
  /** Of the element that scrolls, in pixels. */
  readonly scrollTop: number;
  readonly height: number;
  /** Rows that are drawn wherever the list stands: the one that has the focus, and the one that gets it by Tab. */
  readonly kept: readonly number[];
}

/** Drawn above and below what is in sight. */
const spareRows = 4;
/** Elements that stay where they are until they are needed: how many rows are in sight changes with each step of the wheel. */
const mostIdle = 4;

/**
 * Which rows of a long list are drawn. All rows are equally high, so that nothing is measured; elements are used again, because making
 * one costs more than a frame has time for when a list is scrolled fast.
 */
export class RowWindow {
  /** In the order of the elements, which is that of the list except while it is scrolled. */
  slots = $state.raw<readonly Slot[]>([]);
  readonly #rowHeightPx: number;
  #sight: Sight = { count: 0, scrollTop: 0, height: 0, kept: [] };
  #nextKey = 0;

  /** @param rowHeightPx - Of each row. */
  constructor(rowHeightPx: number) {
    this.#rowHeightPx = rowHeightPx;
  }

  /** The first and the last row that is in sight; the last is -1 if there is none. */
  get range(): readonly [first: number, last: number] {
    const { count, scrollTop, height } = this.#sight;
    const last = Math.min(count, Math.ceil((scrollTop + height) / this.#rowHeightPx)) - 1;
    return [Math.max(0, Math.min(Math.floor(scrollTop / this.#rowHeightPx), last)), last];
  }

  /** Chooses the rows that are drawn now. */
  draw(sight: Sight): void {
    this.#sight = sight;
    const needed = this.#needed();
    const missing = needed.filter((index) => !this.slots.some((slot) => slot.index === index));
    const isEnough = this.slots.length <= needed.length + mostIdle;
    if (missing.length === 0 && isEnough && this.slots.every(({ index }) => index < sight.count)) return;
    let idle = 0;
    const slots: Slot[] = [];
    for (const slot of this.slots) {
      const next = needed.includes(slot.index) ? slot.index : missing.shift();
      if (next === slot.index) slots.push(slot);
      else if (next !== undefined) slots.push({ key: slot.key, index: next });
      else if (slot.index < sight.count && idle++ < mostIdle) slots.push(slot);
    }
    this.slots = [...slots, ...missing.map((index) => ({ key: this.#nextKey++, index }))];
  }

  /**
   * Where the list has to stand so that a row is whole in sight, moved as little as may be.
   *
   * @param index - Of the row.
   */
  scrollTopFor(index: number): number {
    const { scrollTop, height } = this.#sight;
    const top = index * this.#rowHeightPx;
    return Math.min(top, Math.max(scrollTop, top + this.#rowHeightPx - height));
  }

  /** Brings the elements into the order of the list, for those who read them one after another. One that has the focus would lose it. */
  settle(): void {
    const sorted = [...this.slots].sort((one, other) => one.index - other.index);
    if (sorted.some((slot, place) => slot !== this.slots[place])) this.slots = sorted;
  }

  /** In the order of the list. */
  #needed(): number[] {
    const [first, last] = this.range;
    const { count, kept } = this.#sight;
    const from = Math.max(0, first - spareRows);
    const to = Math.min(count - 1, last + spareRows);
    const near = Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
    const far = kept.filter((index, at) => index < count && (index < from || index > to) && kept.indexOf(index) === at);
    return [...near, ...far].sort((one, other) => one - other);
  }
}
