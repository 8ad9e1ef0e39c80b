import { freeMemory } from './growing';

const pairs = 0x10000;
const bytesAtATime = 64 * 1024;

/**
 * Which tokens hold a pair of neighbouring bytes: a word of two bytes or more is looked for only in the tokens that hold its
 * rarest pair.
 */
export class PairIndex {
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  /** For each pair where its tokens begin, and one more. */
  readonly #firsts: Uint32Array;
  readonly #tokens: Uint32Array;

  private constructor(bytes: Uint8Array, starts: Uint32Array, firsts: Uint32Array, tokens: Uint32Array) {
    this.#bytes = bytes;
    this.#starts = starts;
    this.#firsts = firsts;
    this.#tokens = tokens;
  }

  /**
   * Builds the index in steps of about a millisecond.
   *
   * @param bytes - All tokens, with one byte between two and one behind the last.
   * @param starts - Where each token begins.
   */
  static *build(bytes: Uint8Array, starts: Uint32Array): Generator<void, PairIndex> {
    const firsts = new Uint32Array(pairs + 1);
    let token = 0;
    // Pairs with the byte between two tokens are counted along; no word holds it.
    for (let at = 0; at + 1 < bytes.length; at++) {
      if (at % bytesAtATime === 0) yield;
      const next = (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)) + 1;
      firsts[next] = (firsts[next] ?? 0) + 1;
    }
    for (let pair = 1; pair <= pairs; pair++) firsts[pair] = (firsts[pair] ?? 0) + (firsts[pair - 1] ?? 0);
    const nexts = firsts.slice();
    const tokens = new Uint32Array(firsts[pairs] ?? 0);
    for (let at = 0; at + 1 < bytes.length; at++) {
      if (at % bytesAtATime === 0) yield;
      if (at >= (starts[token + 1] ?? bytes.length)) token++;
      const pair = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
      const to = nexts[pair] ?? 0;
      tokens[to] = token;
      nexts[pair] = to + 1;
    }
    freeMemory(nexts);
    return new PairIndex(bytes, starts, firsts, tokens);
  }

  /**
   * Finds the tokens that hold a word.
   *
   * @param word - Two bytes or more.
   * @param visit - Called with each token, with some perhaps more than once.
   */
  find(word: Uint8Array, visit: (token: number) => void): void {
    let from = 0;
    let to = this.#tokens.length;
    for (let at = 0; at + 1 < word.length; at++) {
      const pair = ((word[at] ?? 0) << 8) | (word[at + 1] ?? 0);
      const first = this.#firsts[pair] ?? 0;
      const end = this.#firsts[pair + 1] ?? 0;
      if (end - first < to - from) [from, to] = [first, end];
    }
    let last = -1;
    for (let at = from; at < to; at++) {
      const token = this.#tokens[at] ?? 0;
      if (token !== last && (word.length === 2 || this.#holds(token, word))) visit(token);
      last = token;
    }
  }

  #holds(token: number, word: Uint8Array): boolean {
    const bytes = this.#bytes;
    const lastStart = (this.#starts[token + 1] ?? bytes.length) - 1 - word.length;
    const first = word[0];
    for (let start = this.#starts[token] ?? 0; start <= lastStart; start++) {
      if (bytes[start] !== first) continue;
      let at = 1;
      while (at < word.length && bytes[start + at] === word[at]) at++;
      if (at === word.length) return true;
    }
    return false;
  }
}
