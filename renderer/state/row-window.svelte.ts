/** A row that is drawn: the same element shows another record once its own went out of sight. */
export interface Slot {
  /** Of the element. */
  readonly key: number;
  /** Place of its record in the list. */
  readonly index: number;
}

/** What is in sight, in pixels. */
export interface Sight {
  readonly scrollTop: number;
  readonly height: number;
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
  #count = 0;
  /** Always drawn: the row that has the focus, or gets it by Tab. */
  #kept = 0;
  #sight: Sight = { scrollTop: 0, height: 0 };
  #nextKey = 0;

  /** @param rowHeightPx - Of each row. */
  constructor(rowHeightPx: number) {
    this.#rowHeightPx = rowHeightPx;
  }

  /** The first and the last row that is in sight; the last is -1 if there is none. */
  get range(): readonly [first: number, last: number] {
    const { scrollTop, height } = this.#sight;
    const last = Math.min(this.#count, Math.ceil((scrollTop + height) / this.#rowHeightPx)) - 1;
    return [Math.max(0, Math.min(Math.floor(scrollTop / this.#rowHeightPx), last)), last];
  }

  /**
   * Takes what the list is now.
   *
   * @param count - Rows in all.
   * @param kept - A row that is drawn wherever the list stands.
   */
  show(count: number, kept: number): void {
    this.#count = count;
    this.#kept = kept;
    this.#assign();
  }

  /**
   * Takes where the list stands.
   *
   * @param sight - Of the element that scrolls.
   */
  look(sight: Sight): void {
    this.#sight = sight;
    this.#assign();
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

  #assign(): void {
    const needed = this.#needed();
    const missing = needed.filter((index) => !this.slots.some((slot) => slot.index === index));
    const isEnough = this.slots.length <= needed.length + mostIdle;
    if (missing.length === 0 && isEnough && this.slots.every(({ index }) => index < this.#count)) return;
    let idle = 0;
    const slots: Slot[] = [];
    for (const slot of this.slots) {
      const next = needed.includes(slot.index) ? slot.index : missing.shift();
      if (next === slot.index) slots.push(slot);
      else if (next !== undefined) slots.push({ key: slot.key, index: next });
      else if (slot.index < this.#count && idle++ < mostIdle) slots.push(slot);
    }
    this.slots = [...slots, ...missing.map((index) => ({ key: this.#nextKey++, index }))];
  }

  /** In the order of the list. */
  #needed(): number[] {
    const [first, last] = this.range;
    const from = Math.max(0, first - spareRows);
    const to = Math.min(this.#count - 1, last + spareRows);
    const needed = Array.from({ length: Math.max(0, to - from + 1) }, (_, place) => from + place);
    if (this.#kept >= this.#count || (this.#kept >= from && this.#kept <= to)) return needed;
    return this.#kept < from ? [this.#kept, ...needed] : [...needed, this.#kept];
  }
}
