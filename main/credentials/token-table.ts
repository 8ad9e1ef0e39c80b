import { GrowingNumbers, freeMemory } from './growing';

/** Between two tokens, and before the first; no token holds it. */
export const separator = 0x0a;

/**
 * Every distinct token once, numbered from 0, as one array of bytes: a line end before each token and after the last. Found
 * by a hash table with open addressing (FNV-1a) while it is being filled.
 */
export class TokenTable {
  #bytes = new Uint8Array(64 * 1024);
  #length = 0;
  readonly #starts = new GrowingNumbers();
  readonly #hashes = new GrowingNumbers();
  #slots = new Uint32Array(4096);

  /** How many tokens there are. */
  get size(): number {
    return this.#starts.length;
  }

  /** The number of the token that lies between two offsets, which is added if it is new. */
  numberOf(source: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (source[at] ?? 0), 0x01000193);
    hash = (hash ^ (hash >>> 15)) >>> 0;
    const mask = this.#slots.length - 1;
    let slot = hash & mask;
    for (let filled = this.#slots[slot] ?? 0; filled !== 0; filled = this.#slots[slot] ?? 0) {
      if (this.#hashes.at(filled - 1) === hash && this.#isAt(filled - 1, source, from, to)) return filled - 1;
      slot = (slot + 1) & mask;
    }
    this.#slots[slot] = this.#append(source, from, to, hash) + 1;
    if (this.size * 2 > this.#slots.length) this.#grow();
    return this.size - 1;
  }

  /** All tokens, without the room for more; the table is of no use afterwards, and holds no text but theirs. */
  finish(): { bytes: Uint8Array; starts: Uint32Array } {
    const bytes = this.#bytes.slice(0, this.#length + 1);
    bytes[this.#length] = separator;
    this.#bytes.fill(0);
    for (const array of [this.#bytes, this.#slots]) freeMemory(array);
    this.#hashes.free();
    this.#bytes = bytes;
    return { bytes, starts: this.#starts.finish() };
  }

  /** Wipes the texts, those that {@link finish} returned as well. */
  wipe(): void {
    this.#bytes.fill(0);
  }

  #isAt(token: number, source: Uint8Array, from: number, to: number): boolean {
    const start = this.#starts.at(token);
    const end = token + 1 < this.size ? this.#starts.at(token + 1) - 1 : this.#length;
    if (end - start !== to - from) return false;
    for (let n = 0; n < to - from; n++) if (this.#bytes[start + n] !== source[from + n]) return false;
    return true;
  }

  #append(source: Uint8Array, from: number, to: number, hash: number): number {
    const needed = this.#length + (to - from) + 2;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(needed * 2);
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes.fill(0);
      freeMemory(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = separator;
    this.#starts.push(this.#length);
    this.#hashes.push(hash);
    this.#bytes.set(source.subarray(from, to), this.#length);
    this.#length += to - from;
    return this.size - 1;
  }

  #grow(): void {
    const slots = new Uint32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let token = 0; token < this.size; token++) {
      let slot = this.#hashes.at(token) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = token + 1;
    }
    freeMemory(this.#slots);
    this.#slots = slots;
  }
}
