import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { numberedKinds, utf16Flag } from './overview-layout';

const maxKindBytes = 0xff;
const maxCount = 0xffff;
const hasLoneSurrogate = /\p{Surrogate}/u;

/** Collects the bytes of an overview; the layout is told at `encodeOverview`. */
export class OverviewWriter {
  readonly #parts: Uint8Array[] = [];

  /** A whole number, big-endian. */
  number(lengthBytes: 1 | 2 | 4, value: number): this {
    const bytes = new Uint8Array(lengthBytes);
    for (let n = 0; n < lengthBytes; n++) bytes[n] = value >>> (8 * (lengthBytes - 1 - n));
    this.#parts.push(bytes);
    return this;
  }

  /** An IEEE 754 number of eight bytes, big-endian. */
  float(value: number): this {
    const bytes = new Uint8Array(8);
    new DataView(bytes.buffer).setFloat64(0, value);
    this.#parts.push(bytes);
    return this;
  }

  /** How many items follow, u16. */
  count(value: number): this {
    if (value > maxCount) throw new CofferError('bad-request', say('main-records.tags-expected-at-most', { maxCount }));
    return this.number(2, value);
  }

  /** A kind, by its number if it has one. */
  kind(name: string): this {
    const number = numberedKinds.indexOf(name);
    if (number > 0) return this.number(1, number);
    const bytes = new TextEncoder().encode(name);
    if (bytes.length > maxKindBytes || hasLoneSurrogate.test(name)) {
      throw new CofferError('bad-request', say('main-records.kind-expected-at-most-bytes-of-utf-8', { maxKindBytes }));
    }
    this.number(1, 0).number(1, bytes.length).#parts.push(bytes);
    return this;
  }

  /** Any string. */
  text(text: string): this {
    const isUtf8 = !hasLoneSurrogate.test(text);
    const bytes = isUtf8 ? new TextEncoder().encode(text) : utf16(text);
    this.number(4, isUtf8 ? bytes.length : bytes.length + utf16Flag).#parts.push(bytes);
    return this;
  }

  /** All that was written, as one array that the caller owns. */
  finish(): Uint8Array {
    const bytes = new Uint8Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }
}

function utf16(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let n = 0; n < text.length; n++) view.setUint16(2 * n, text.charCodeAt(n));
  return bytes;
}
