/** A list of numbers below 2^32 that grows at its end, and leaves nothing for the collector as it grows. */
export class GrowingNumbers {
  /** The numbers, and behind them room. */
  items: Uint32Array<ArrayBuffer> = new Uint32Array(1024);
  /** How many there are. */
  length = 0;

  /** Adds one. */
  push(value: number): void {
    if (this.length === this.items.length) this.#resize(this.length * 2);
    this.items[this.length++] = value;
  }

  /** The number at a place. */
  at(place: number): number {
    return this.items[place] ?? 0;
  }

  /** The numbers without the room behind; the list is of no use afterwards. */
  finish(): Uint32Array {
    this.#resize(this.length);
    return this.items;
  }

  /** Frees the numbers; the list is of no use afterwards. */
  free(): void {
    freeMemory(this.items);
  }

  #resize(length: number): void {
    this.items = new Uint32Array(this.items.buffer.transfer(length * Uint32Array.BYTES_PER_ELEMENT));
  }
}

/**
 * Frees the memory of an array that nobody needs any more, now and not when the collector comes by: it sees that an array is
 * small and not the megabytes behind it. What held text is to be wiped first.
 *
 * @param array - Owns its buffer, which no other array shares; empty afterwards.
 */
export function freeMemory({ buffer }: { readonly buffer: ArrayBuffer }): void {
  buffer.transfer(0);
}
