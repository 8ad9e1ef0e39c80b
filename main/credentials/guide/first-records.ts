/** The first so many of what passes by, in an order; holds at most twice as many at a time. */
export class FirstRecords<T> {
  readonly #most: number;
  readonly #compare: (a: T, b: T) => number;
  #kept: T[] = [];
  #count = 0;

  /**
   * Holds none yet.
   *
   * @param most - How many are kept.
   */
  constructor(most: number, compare: (a: T, b: T) => number) {
    this.#most = most;
    this.#compare = compare;
  }

  /** How many passed by. */
  get count(): number {
    return this.#count;
  }

  /** Takes one more. */
  add(item: T): void {
    this.#count += 1;
    this.#kept.push(item);
    if (this.#kept.length >= 2 * this.#most) this.#kept = this.inOrder();
  }

  /** The first ones, in order. */
  inOrder(): T[] {
    return this.#kept.toSorted(this.#compare).slice(0, this.#most);
  }
}
