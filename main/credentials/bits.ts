/** A set of whole numbers from 0, one bit each. */
export class Bits {
  #words: Uint32Array;

  /** @param limit - Room for numbers below this; more is made where it is needed. */
  constructor(limit = 0) {
    this.#words = new Uint32Array((limit + 31) >>> 5);
  }

  /** Whether a number is in the set. */
  has(value: number): boolean {
    return (((this.#words[value >>> 5] ?? 0) >>> (value & 31)) & 1) === 1;
  }

  /** Puts a number in, or takes it out. */
  set(value: number, isIn: boolean): void {
    const word = value >>> 5;
    if (word >= this.#words.length) {
      if (!isIn) return;
      const larger = new Uint32Array(word * 2 + 1);
      larger.set(this.#words);
      this.#words = larger;
    }
    const bit = 1 << (value & 31);
    this.#words[word] = isIn ? (this.#words[word] ?? 0) | bit : (this.#words[word] ?? 0) & ~bit;
  }

  /** Puts numbers in that are below the limit. */
  addAll(values: Uint32Array, from: number, to: number): void {
    const words = this.#words;
    for (let at = from; at < to; at++) {
      const value = values[at] ?? 0;
      words[value >>> 5] = (words[value >>> 5] ?? 0) | (1 << (value & 31));
    }
  }

  /** Takes out what is not in the other set. */
  keep(other: Bits): void {
    for (let word = 0; word < this.#words.length; word++) {
      this.#words[word] = (this.#words[word] ?? 0) & (other.#words[word] ?? 0);
    }
  }

  /** A set of its own with the same numbers. */
  copy(): Bits {
    const copy = new Bits();
    copy.#words = this.#words.slice();
    return copy;
  }

  /** How many numbers are in the set. */
  count(): number {
    let total = 0;
    for (const word of this.#words) {
      // Sums of neighbouring bits: of pairs, fours, bytes, and then of all four bytes.
      const pairs = word - ((word >>> 1) & 0x55555555);
      const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
      total += Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
    }
    return total;
  }
}
