import { GrowingNumbers } from './growing';
import { type FoundRecord, type Wanted, findRecords, holds } from './marks';
import { type OverviewSource, overviewAt } from './overview-source';

// Changed records are looked at one by one; beyond this many the index is made anew.
const mostChanged = 500;
const recordsAtATime = 512;
const entriesAtATime = 32 * 1024;

/**
 * Finds the records that point to one, and those that are the same credential, without reading all overviews: an index holds a
 * number for each mark and each id that stands in an overview. It is built bit by bit by {@link step}; until it is there all are read.
 */
export class References {
  readonly #source: OverviewSource;
  #index: ReferenceIndex | null = null;
  #build: Generator<void, ReferenceIndex | null> | null = null;
  /** Records that changed since the build began; the index may have them as they were. */
  #changed = new Set<number>();

  /** @param source - The open vault's overviews. */
  constructor(source: OverviewSource) {
    this.#source = source;
  }

  /** To be called for each record that was saved or removed. */
  note(handle: number): void {
    this.#changed.add(handle);
  }

  /**
   * Goes on building for a millisecond or so.
   *
   * @returns Whether there is more to do.
   */
  step(): boolean {
    if (this.#index !== null && this.#changed.size <= mostChanged) return false;
    if (this.#build === null) {
      this.#changed.clear();
      this.#index = null;
      this.#build = ReferenceIndex.build(this.#source);
    }
    const { done, value } = this.#build.next();
    if (done !== true) return true;
    this.#index = value;
    this.#build = null;
    return false;
  }

  /**
   * Finds what {@link findRecords} finds, in the same order.
   *
   * @param wanted - By a mark or an id.
   */
  find(wanted: readonly Wanted[]): FoundRecord[][] {
    const index = this.#index;
    if (index === null) return findRecords(this.#source, wanted);
    return wanted.map((one) => this.#verified([...index.handlesOf(one.text), ...this.#changed], one));
  }

  /** Wipes the index. */
  close(): void {
    this.#build?.return(null);
    this.#index?.wipe();
    this.#build = this.#index = null;
    this.#changed.clear();
  }

  #verified(candidates: readonly number[], { text, isMeant }: Wanted): FoundRecord[] {
    const source = this.#source;
    const needle = Buffer.from(text);
    const isPossible = (handle: number): boolean => source.has(handle) && holds(source.overviewOf(handle), needle);
    const handles = Array.from(new Set(candidates)).filter(isPossible);
    return handles
      .sort((a, b) => a - b)
      .map((handle) => ({ handle, id: source.idOf(handle), overview: overviewAt(source, handle) }))
      .filter(({ overview }) => isMeant(overview));
  }
}

/** Handles by a number that is made of a mark or an id: its first eight digits. Holds no text. */
class ReferenceIndex {
  readonly #numbers: Uint32Array;
  readonly #handles: Uint32Array;
  /** By number: the last entry and, for each entry, the one before it, counted from 1. */
  readonly #lasts: Uint32Array;
  readonly #befores: Uint32Array;

  private constructor(numbers: Uint32Array, handles: Uint32Array, lasts: Uint32Array, befores: Uint32Array) {
    this.#numbers = numbers;
    this.#handles = handles;
    this.#lasts = lasts;
    this.#befores = befores;
  }

  static *build(source: OverviewSource): Generator<void, ReferenceIndex | null> {
    const [numbers, handles] = [new GrowingNumbers(), new GrowingNumbers()];
    let isMade = false;
    try {
      for (let handle = 0; handle < source.handleLimit; handle++) {
        if (handle % recordsAtATime === 0) yield;
        if (!source.has(handle)) continue;
        visitNumbers(source.overviewOf(handle), (number) => {
          numbers.push(number);
          handles.push(handle);
        });
      }
      const index = yield* ReferenceIndex.#chain(numbers, handles);
      isMade = true;
      return index;
    } finally {
      if (!isMade) numbers.items.fill(0);
    }
  }

  static *#chain(numbers: GrowingNumbers, handles: GrowingNumbers): Generator<void, ReferenceIndex> {
    const lasts = new Uint32Array(2 ** Math.ceil(Math.log2(numbers.length + 1)));
    const befores = new Uint32Array(numbers.length);
    for (let entry = 0; entry < numbers.length; entry++) {
      if (entry % entriesAtATime === 0) yield;
      const slot = numbers.at(entry) & (lasts.length - 1);
      befores[entry] = lasts[slot] ?? 0;
      lasts[slot] = entry + 1;
    }
    return new ReferenceIndex(numbers.finish(), handles.finish(), lasts, befores);
  }

  /** Wipes what is made of marks and ids. */
  wipe(): void {
    this.#numbers.fill(0);
  }

  /** Handles of the records that may have a text; some may have another, and some stand here twice. */
  handlesOf(text: string): number[] {
    const number = Number.parseInt(text.slice(0, digitsOfNumber), 16);
    const found: number[] = [];
    for (let at = this.#lasts[number & (this.#lasts.length - 1)] ?? 0; at !== 0; at = this.#befores[at - 1] ?? 0) {
      if (this.#numbers[at - 1] === number) found.push(this.#handles[at - 1] ?? 0);
    }
    return found;
  }
}

const quote = 0x22;
const digitsOfNumber = 8;
const markDigits = 18;
const idDigits = 32;
const digitOf = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) digitOf[digit.toString(16).charCodeAt(0)] = digit;

/** Calls back for what looks like a mark or an id in JSON: so many hex digits between quotes. */
function visitNumbers(bytes: Uint8Array, visitor: (number: number) => void): void {
  let isInQuotes = false;
  let digits = 0;
  let number = 0;
  for (const byte of bytes) {
    const digit = digitOf[byte] ?? -1;
    if (byte === quote) {
      if (isInQuotes && (digits === markDigits || digits === idDigits)) visitor(number);
      isInQuotes = true;
      digits = 0;
      number = 0;
    } else if (digit < 0) isInQuotes = false;
    else if (isInQuotes && digits++ < digitsOfNumber) number = ((number << 4) | digit) >>> 0;
  }
}
