import { foldText, isAscii } from './fold';
import { readText, titleAtOf } from './overview-layout';
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
    const key = asciiKeyAt(this.#source.bytesOf(handle), this.#source.startOf(handle), from);
    return key < 0 ? narrowKey(this.foldedTitle(handle), from) : key;
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

/**
 * The narrow key of a title that is ASCII up to the key's end.
 *
 * @param start - Where in the bytes the overview begins.
 * @returns -1 for any other title.
 */
export function asciiKeyAt(bytes: Uint8Array, start: number, from: number): number {
  const lengthAt = titleAtOf(bytes, start);
  // The length of a text in UTF-16 has its highest bit set; a title of 64 KiB does not come here either.
  if (bytes[lengthAt] !== 0 || bytes[lengthAt + 1] !== 0) return -1;
  const title = lengthAt + 4;
  const length = ((bytes[lengthAt + 2] ?? 0) << 8) | (bytes[lengthAt + 3] ?? 0);
  const before = title + Math.min(from, length);
  for (let at = title; at < before; at++) if ((bytes[at] ?? 0) >= 0x80) return -1;
  const left = length - from;
  if (left <= 0) return 0;
  const at = title + from;
  // Behind a title lie eight bytes at least.
  const four = ((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8);
  let upper = four | (bytes[at + 3] ?? 0);
  let lower = ((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0);
  if (left < narrowUnits) {
    if (left < 4) upper &= -1 << (8 * (4 - left));
    lower = left <= 4 ? 0 : lower & 0xff00;
  }
  if (((upper | lower) & everyHighBit) !== 0) return -1;
  // Upper case, all at once: the high bit of each byte tells whether it is `a` or behind, and not behind `z`.
  upper -= ((upper + 0x1f1f_1f1f) & ~(upper + 0x0505_0505) & everyHighBit) >>> 2;
  lower -= ((lower + 0x1f1f) & ~(lower + 0x0505) & everyHighBit) >>> 2;
  return upper * 0x10000 + lower;
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

function wideKey(title: string, from: number): number {
  let key = 0;
  for (let at = from; at < from + wideUnits; at++)
    key = key * wideBase + (at < title.length ? title.charCodeAt(at) + 1 : 0);
  return key;
}
