import { foldText, isAscii } from './fold';
import { readText, textLengthAt, titleAtOf } from './overview-layout';
import type { OverviewSource } from './overview-source';

/**
 * How far into folded titles a key looks: from a UTF-16 unit on, narrow or wide. A narrow key holds eight units, if they are
 * ASCII; a wide one any three. Titles that have equal keys up to a stage agree in all units before it.
 */
export interface Stage {
  readonly from: number;
  readonly isWide: boolean;
}

const narrowUnits = 6;
const wideUnits = 3;
const wideBase = 0x10001;
/** Stands in narrow keys for a unit that is not ASCII, and ends them. */
const otherDigit = 0xff;
const everyHighBit = 0x8080_8080;

/**
 * Numbers by which titles sort as their folded forms do, piece by piece, so that ordering 100,000 titles makes no 100,000
 * strings. Of titles that are not ASCII the folded form is remembered.
 */
export class TitleKeys {
  readonly #source: OverviewSource;
  readonly #folded = new Map<number, string>();

  constructor(source: OverviewSource) {
    this.#source = source;
  }

  /** The stage that all keys begin with. */
  static readonly first: Stage = { from: 0, isWide: false };

  /** The key of a title at a stage. */
  keyAt(handle: number, { from, isWide }: Stage): number {
    if (isWide) return wideKey(this.foldedTitle(handle), from);
    const bytes = this.#source.bytesOf(handle);
    const lengthAt = titleAtOf(bytes, this.#source.startOf(handle));
    const start = lengthAt + 4;
    // The length of a text in UTF-16 has its highest bit set.
    const length = bytes[lengthAt] === 0 ? textLengthAt(bytes, lengthAt) : -1;
    if (length < 0 || !isAsciiBetween(bytes, start, start + Math.min(from, length)))
      return this.#keyOfAny(handle, from);
    // Behind a title lie eight bytes at least.
    const upper = fourAt(bytes, start + from, length - from);
    const lower = fourAt(bytes, start + from + 4, length - from - 4);
    if (((upper | lower) & everyHighBit) !== 0) return this.#keyOfAny(handle, from);
    return upperCase(upper) * 0x10000 + (upperCase(lower) >>> 16);
  }

  /**
   * The stage behind one at which titles agree.
   *
   * @param handle - Any of them.
   * @returns Null if their folded forms are equal.
   */
  stageAfter(handle: number, { from, isWide }: Stage): Stage | null {
    const title = this.foldedTitle(handle);
    if (isWide) return from + wideUnits > title.length ? null : { from: from + wideUnits, isWide };
    // A narrow key does not tell the end of a title from U+0000, nor one unit that is not ASCII from another.
    const piece = title.slice(from, from + narrowUnits);
    return piece.length < narrowUnits || !isAscii(piece)
      ? { from, isWide: true }
      : { from: from + narrowUnits, isWide };
  }

  #keyOfAny(handle: number, from: number): number {
    return narrowKey(this.foldedTitle(handle), from);
  }

  /** A record's title, folded. */
  foldedTitle(handle: number): string {
    const known = this.#folded.get(handle);
    if (known !== undefined) return known;
    const title = this.title(handle);
    const folded = foldText(title);
    if (!isAscii(title)) this.#folded.set(handle, folded);
    return folded;
  }

  /** A record's title. */
  title(handle: number): string {
    const bytes = this.#source.bytesOf(handle);
    return readText(bytes, titleAtOf(bytes, this.#source.startOf(handle))).text;
  }

  /** Drops what is remembered of a record, or of all. */
  forget(handle?: number): void {
    if (handle === undefined) this.#folded.clear();
    else this.#folded.delete(handle);
  }
}

function narrowKey(title: string, from: number): number {
  let key = 0;
  let isOther = false;
  for (let at = from; at < from + narrowUnits; at++) {
    const unit: number = isOther || at >= title.length ? 0 : title.charCodeAt(at);
    isOther ||= unit >= 0x80;
    key = key * 0x100 + (unit >= 0x80 ? otherDigit : unit);
  }
  return key;
}

/** Four bytes as one number; those from `length` on count as 0. */
function fourAt(bytes: Uint8Array, at: number, length: number): number {
  if (length <= 0) return 0;
  const four =
    ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  return length >= 4 ? four : four & (-1 << (8 * (4 - length)));
}

/** Four ASCII characters in upper case, all at once: in each byte the high bit tells whether it lies from a to z. */
function upperCase(four: number): number {
  const isFromA = four + 0x1f1f_1f1f;
  const isBehindZ = four + 0x0505_0505;
  return (four - ((isFromA & ~isBehindZ & everyHighBit) >>> 2)) >>> 0;
}

function isAsciiBetween(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if ((bytes[at] ?? 0) >= 0x80) return false;
  return true;
}

function wideKey(title: string, from: number): number {
  let key = 0;
  for (let at = from; at < from + wideUnits; at++)
    key = key * wideBase + (at < title.length ? title.charCodeAt(at) + 1 : 0);
  return key;
}
