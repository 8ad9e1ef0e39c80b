import { secretNoAt } from './record-id';

const fewestSlots = 2048;

/** Compares the id of a handle's record with the 16 bytes at an offset; false if the record is gone. */
export type IsIdAt = (handle: number, bytes: Uint8Array, at: number) => boolean;

/**
 * Finds handles by record id: a hash table with open addressing. Ids begin with random bytes, so that their first four serve as hash;
 * the ids themselves stay where they are, in the pages.
 */
export class IdTable {
  readonly #isIdAt: IsIdAt;
  /** A handle and one more in each filled slot, 0 in the others; at most half are filled. Entries are never taken out. */
  #slots: Uint32Array;
  /** First four bytes of the id in the same slot. */
  #hashes: Uint32Array;
  #count = 0;
  #lastSecretNo = 0;

  /** @param expected - How many handles there will be at first; a few more fit before all is sorted in anew. */
  constructor(isIdAt: IsIdAt, expected = 0) {
    this.#isIdAt = isIdAt;
    const slots = 2 ** Math.ceil(Math.log2(Math.max(fewestSlots, 2 * expected + 2)));
    this.#slots = new Uint32Array(slots);
    this.#hashes = new Uint32Array(slots);
  }

  /**
   * Looks an id up.
   *
   * @param at - Where in the bytes the id begins.
   * @returns Its handle; null if there is no such record.
   */
  find(bytes: Uint8Array, at: number): number | null {
    const hash = hashAt(bytes, at);
    const mask = this.#slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const filled = this.#slots[slot] ?? 0;
      if (filled === 0) return null;
      if (this.#hashes[slot] === hash && this.#isIdAt(filled - 1, bytes, at)) return filled - 1;
    }
  }

  /** Adds a handle that was never added before. */
  add(handle: number, bytes: Uint8Array, at: number): void {
    if (++this.#count * 2 > this.#slots.length) this.#grow();
    this.#put(handle + 1, hashAt(bytes, at));
    this.#lastSecretNo = Math.max(this.#lastSecretNo, secretNoAt(bytes, at));
  }

  /** The highest number of a row in `secret` that any id ever told; 0 if there was none. */
  get lastSecretNo(): number {
    return this.#lastSecretNo;
  }

  #put(filled: number, hash: number): void {
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    while (this.#slots[slot] !== 0) slot = (slot + 1) & mask;
    this.#slots[slot] = filled;
    this.#hashes[slot] = hash;
  }

  #grow(): void {
    const slots = this.#slots;
    const hashes = this.#hashes;
    this.#slots = new Uint32Array(slots.length * 2);
    this.#hashes = new Uint32Array(slots.length * 2);
    slots.forEach((filled, slot) => {
      if (filled !== 0) this.#put(filled, hashes[slot] ?? 0);
    });
  }
}

function hashAt(bytes: Uint8Array, at: number): number {
  const low = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8);
  return (low | (bytes[at + 3] ?? 0)) >>> 0;
}
