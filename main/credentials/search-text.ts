import { foldText } from './fold';
import { kindOf } from './kinds';
import type { Overview } from './overview';
import { textLengthAt, titleAtOf } from './overview-layout';
import { type OverviewSource, listedKindAt, overviewAt } from './overview-source';

/**
 * What a query is looked up in: title, tags, subtitle and the kind's name, folded. A line end between the parts keeps a word
 * from matching across two of them: queries hold no white space.
 */
export function searchTextOf({ title, tags, subtitle, kind }: Overview): string {
  return foldText([title, ...tags, subtitle, kindOf(kind)?.descriptor.label ?? ''].join('\n'));
}

/**
 * UTF-16 units of a text, each encoded by itself as UTF-8 encodes a character of that number (CESU-8). One text is part of
 * another exactly if the same is true of their bytes, halves of surrogate pairs included.
 *
 * @param at - Where in `target` to begin; there must be room for three bytes a unit.
 * @returns The offset behind the last byte.
 */
export function writeUnits(text: string, target: Uint8Array, at: number): number {
  let end = at;
  for (let n = 0; n < text.length; n++) {
    const unit = text.charCodeAt(n);
    if (unit < 0x80) target[end++] = unit;
    else {
      if (unit < 0x800) target[end++] = 0xc0 | (unit >> 6);
      else {
        target[end++] = 0xe0 | (unit >> 12);
        target[end++] = 0x80 | ((unit >> 6) & 0x3f);
      }
      target[end++] = 0x80 | (unit & 0x3f);
    }
  }
  return end;
}

/** Writes the search texts of many records, one after the other, into one buffer; of ASCII no string is made. */
export class SearchTextReader {
  readonly #source: OverviewSource;
  /** The last text; of no use behind {@link length}. Words are separated by ASCII white space. */
  bytes = new Uint8Array(4096);
  /** Length of the last text. */
  length = 0;

  constructor(source: OverviewSource) {
    this.#source = source;
  }

  /** Reads a record that is listed into {@link bytes}. */
  read(handle: number): void {
    if (!this.#readAscii(handle)) this.#readAny(handle);
  }

  /** Wipes the last text. */
  wipe(): void {
    this.bytes.fill(0);
  }

  #readAscii(handle: number): boolean {
    const bytes = this.#source.bytesOf(handle);
    const start = this.#source.startOf(handle);
    this.length = 0;
    let at = this.#append(bytes, titleAtOf(bytes, start));
    if (at < 0) return false;
    let texts = ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0) + 1; // the tags, and the subtitle
    at += 2;
    for (; texts > 0 && at >= 0; texts--) at = this.#append(bytes, at);
    if (at < 0) return false;
    const label = listedKindAt(bytes, start)?.descriptor.label ?? '';
    this.#reserve(3 * label.length);
    this.length = writeUnits(foldText(label).replace(/\s+/gu, '\n'), this.bytes, this.length);
    return true;
  }

  /** Adds one text in upper case and a line end; returns the offset behind it, or -1 if it is not ASCII. */
  #append(bytes: Uint8Array, lengthAt: number): number {
    const start = lengthAt + 4;
    const end = start + textLengthAt(bytes, lengthAt);
    if (end > bytes.length) return -1;
    this.#reserve(end - start + 1);
    const target = this.bytes;
    let to = this.length;
    for (let at = start; at < end; at++) {
      const byte = bytes[at] ?? 0;
      if (byte >= 0x80) return -1;
      target[to++] = byte >= 0x61 && byte <= 0x7a ? byte - 0x20 : byte;
    }
    target[to++] = 0x0a;
    this.length = to;
    return end;
  }

  #readAny(handle: number): void {
    const text = searchTextOf(overviewAt(this.#source, handle)).replace(/\s+/gu, '\n');
    this.length = 0;
    this.#reserve(3 * text.length);
    this.length = writeUnits(text, this.bytes, 0);
  }

  #reserve(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    const larger = new Uint8Array((this.length + more) * 2);
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes.fill(0);
    this.bytes = larger;
  }
}
