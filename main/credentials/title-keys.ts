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

const narrowUnits = 8;
const wideUnits = 3;
const narrowBase = 72;
const wideBase = 0x10001;
// Digits of narrow keys: 0 behind the end; 1 a control character; then U+0020 to U+0060 and U+007B to U+007E; 71 any other unit.
// A folded text has no lower-case letters.
const controlDigit = 1;
const otherDigit = 71;

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
    const end = start + textLengthAt(bytes, lengthAt);
    // The length of a text in UTF-16 has its highest bit set.
    if (end > bytes.length) return narrowKey(this.foldedTitle(handle), from);
    const to = Math.min(end, start + from + narrowUnits);
    let key = 0;
    let units = 0;
    for (let at = start; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) return narrowKey(this.foldedTitle(handle), from);
      if (at - start < from) continue;
      const digit = narrowDigit(byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte);
      key = key * narrowBase + digit;
      units++;
      if (digit === controlDigit || digit === otherDigit) break;
    }
    return key * narrowBase ** (narrowUnits - units);
  }

  /**
   * The stage behind one at which titles agree.
   *
   * @param handle - Any of them.
   * @returns Null if their folded forms are equal.
   */
  stageAfter(handle: number, { from, isWide }: Stage): Stage | null {
    const title = this.foldedTitle(handle);
    const units = isWide ? wideUnits : narrowUnits;
    for (let at = from; at < from + units; at++) {
      if (at >= title.length) return null;
      const digit = narrowDigit(title.charCodeAt(at));
      if (!isWide && (digit === controlDigit || digit === otherDigit)) return { from: at, isWide: true };
    }
    return { from: from + units, isWide };
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

function narrowDigit(unit: number): number {
  if (unit < 0x20) return controlDigit;
  if (unit <= 0x60) return unit - 0x20 + 2;
  return unit >= 0x7b && unit <= 0x7e ? unit - 0x7b + 67 : otherDigit;
}

function narrowKey(title: string, from: number): number {
  let key = 0;
  let units = 0;
  for (let at = from; at < Math.min(title.length, from + narrowUnits); at++) {
    const digit = narrowDigit(title.charCodeAt(at));
    key = key * narrowBase + digit;
    units++;
    if (digit === controlDigit || digit === otherDigit) break;
  }
  return key * narrowBase ** (narrowUnits - units);
}

function wideKey(title: string, from: number): number {
  let key = 0;
  for (let at = from; at < from + wideUnits; at++)
    key = key * wideBase + (at < title.length ? title.charCodeAt(at) + 1 : 0);
  return key;
}
