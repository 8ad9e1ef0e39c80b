/** A list of numbers below 2^32 that grows at its end. */
export class GrowingNumbers {
  /** The numbers, and behind them room. */
  items: Uint32Array = new Uint32Array(1024);
  /** How many there are. */
  length = 0;

  /** Adds one. */
  push(value: number): void {
    if (this.length === this.items.length) {
      const larger = new Uint32Array(this.length * 2);
      larger.set(this.items);
      this.items = larger;
    }
    this.items[this.length++] = value;
  }

  /** The number at a place. */
  at(place: number): number {
    return this.items[place] ?? 0;
  }

  /** A copy without the room behind. */
  trimmed(): Uint32Array {
    return this.items.slice(0, this.length);
  }
}
