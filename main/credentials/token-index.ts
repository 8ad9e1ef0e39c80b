import { Bits } from './bits';
import { GrowingNumbers, freeMemory } from './growing';
import type { OverviewSource } from './overview-source';
import { PairIndex } from './pair-index';
import { SearchTextReader, writeUnits } from './search-text';
import { TokenTable, separator } from './token-table';

const recordsAtATime = 256;
const tokensAtATime = 32 * 1024;
const space = 0x20;
const asciiLimit = 0x80;

/**
 * Which records hold a word as part of their search text: every distinct token (what lies between white space) once, and for
 * each token its records. A word of a query has no white space in it, so that it lies within one token or nowhere.
 */
export class TokenIndex {
  readonly #limit: number;
  readonly #tokens: Uint8Array;
  readonly #pairs: PairIndex;
  /** For each token where its records begin, and one more. */
  readonly #firsts: Uint32Array;
  readonly #records: Uint32Array;
  /** Records that hold an ASCII character: single characters match too many tokens to look for them. */
  readonly #characters: readonly (Bits | undefined)[];

  private constructor(parts: IndexParts) {
    this.#limit = parts.limit;
    this.#tokens = parts.tokens;
    this.#pairs = parts.pairs;
    this.#firsts = parts.firsts;
    this.#records = parts.records;
    this.#characters = parts.characters;
  }

  /**
   * Builds the index in steps of about a millisecond; a record that changes or goes meanwhile must be left out by the caller.
   *
   * @param handles - Of the records.
   * @param isLeftOut - Asked right before a record is read.
   * @returns Yields between steps; returns the index. Whoever stops before calls `return(null)`, which wipes what was read.
   */
  static *build(
    source: OverviewSource,
    handles: Uint32Array,
    isLeftOut: (handle: number) => boolean,
  ): Generator<void, TokenIndex | null> {
    const table = new TokenTable();
    const reader = new SearchTextReader(source);
    let index: TokenIndex | null = null;
    try {
      index = yield* TokenIndex.#buildWith({ source, handles, isLeftOut, table, reader });
    } finally {
      reader.wipe();
      if (index === null) table.wipe();
    }
    return index;
  }

  static *#buildWith({ source, handles, isLeftOut, table, reader }: BuildParts): Generator<void, TokenIndex> {
    const lastRecord = new GrowingNumbers();
    const tokensOfRecords = new GrowingNumbers();
    const ends = new Uint32Array(handles.length);
    const limit = source.handleLimit;
    const characters: (Bits | undefined)[] = [];
    for (let place = 0; place < handles.length; place++) {
      const handle = handles[place] ?? 0;
      if (place % recordsAtATime === 0) yield;
      if (!isLeftOut(handle)) {
        reader.read(handle);
        const { bytes, length } = reader;
        for (let at = 0, start = 0; at <= length; at++) {
          const byte = at === length ? separator : (bytes[at] ?? 0);
          const isWhite = byte === space || (byte >= 0x09 && byte <= 0x0d);
          if (!isWhite && byte < asciiLimit) (characters[byte] ??= new Bits(limit)).set(handle, true);
          if (isWhite) {
            if (at > start) {
              const token = table.numberOf(bytes, start, at);
              if (token === lastRecord.length) lastRecord.push(0);
              if (lastRecord.at(token) !== place + 1) {
                lastRecord.items[token] = place + 1;
                tokensOfRecords.push(token);
              }
            }
            start = at + 1;
          }
        }
      }
      ends[place] = tokensOfRecords.length;
    }
    lastRecord.free();
    const { bytes: tokens, starts } = table.finish();
    const pairs = yield* PairIndex.build(tokens, starts);
    const firsts = new Uint32Array(starts.length + 1);
    for (let at = 0; at < tokensOfRecords.length; at++) {
      if (at % tokensAtATime === 0) yield;
      const next = tokensOfRecords.at(at) + 1;
      firsts[next] = (firsts[next] ?? 0) + 1;
    }
    for (let token = 1; token < firsts.length; token++) firsts[token] = (firsts[token] ?? 0) + (firsts[token - 1] ?? 0);
    const records = new Uint32Array(tokensOfRecords.length);
    const nexts = firsts.slice();
    let at = 0;
    for (let place = 0; place < handles.length; place++) {
      const handle = handles[place] ?? 0;
      if (place % (recordsAtATime * 8) === 0) yield;
      for (; at < (ends[place] ?? 0); at++) {
        const token = tokensOfRecords.at(at);
        const to = nexts[token] ?? 0;
        records[to] = handle;
        nexts[token] = to + 1;
      }
    }
    tokensOfRecords.free();
    for (const array of [ends, nexts]) freeMemory(array);
    return new TokenIndex({ limit, tokens, pairs, firsts, records, characters });
  }

  /**
   * Records that hold a word.
   *
   * @param word - Folded, without white space, not empty.
   * @returns A set of its own.
   */
  find(word: string): Bits {
    const code = word.charCodeAt(0);
    if (word.length === 1 && code < asciiLimit) {
      return this.#characters[code]?.copy() ?? new Bits(this.#limit);
    }
    const found = new Bits(this.#limit);
    const needle = new Uint8Array(3 * word.length);
    const length = writeUnits(word, needle, 0);
    this.#pairs.find(needle.subarray(0, length), (token) => {
      found.addAll(this.#records, this.#firsts[token] ?? 0, this.#firsts[token + 1] ?? 0);
    });
    return found;
  }

  /** Wipes the texts. */
  wipe(): void {
    this.#tokens.fill(0);
  }
}

interface BuildParts {
  readonly source: OverviewSource;
  readonly handles: Uint32Array;
  readonly isLeftOut: (handle: number) => boolean;
  readonly table: TokenTable;
  readonly reader: SearchTextReader;
}

interface IndexParts {
  readonly limit: number;
  readonly tokens: Uint8Array;
  readonly pairs: PairIndex;
  readonly firsts: Uint32Array;
  readonly records: Uint32Array;
  readonly characters: readonly (Bits | undefined)[];
}
