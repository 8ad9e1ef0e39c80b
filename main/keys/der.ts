import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { CofferError } from '../errors';

/** DER tags that keys are made of (ITU-T X.690). */
export const derTag = { integer: 0x02, bitString: 0x03, octetString: 0x04, oid: 0x06, sequence: 0x30 } as const;

/** A key or a certificate has some dozens at a level. A value of two bytes costs a hundred in memory once it is read. */
const maxValues = 10_000;

/** One DER value: its tag and its content, a view into the bytes that were read. */
export interface DerValue {
  readonly tag: number;
  readonly content: Uint8Array;
}

/**
 * Reads the values that follow each other in some bytes; for a SEQUENCE, give its content. Private keys are read here and
 * not by node-forge, because forge holds DER in JavaScript strings, which cannot be wiped.
 *
 * @param bytes - Not changed; the result holds views into it.
 * @throws CofferError `bad-key` unless the bytes are at most 10,000 whole values of definite length with one-byte tags.
 * @see ITU-T X.690 §8.1.
 */
export function readDerValues(bytes: Uint8Array): DerValue[] {
  const found: DerValue[] = [];
  for (let offset = 0; offset < bytes.length;) {
    const { tag, start, length } = readDerHead(bytes, offset);
    if (length === null || found.length >= maxValues) return refuse();
    found.push({ tag, content: bytes.subarray(start, start + length) });
    offset = start + length;
  }
  return found;
}

/**
 * Reads tag and length of one value.
 *
 * @param bytes - Not changed.
 * @param offset - Where the value begins.
 * @returns Where its content begins, and how long it is: null for "until the end mark", which DER does not have.
 * @throws CofferError `bad-key` for a tag of several bytes, or a value that goes on behind the bytes.
 * @see ITU-T X.690 §8.1.2 and §8.1.3.
 */
export function readDerHead(bytes: Uint8Array, offset: number): { tag: number; start: number; length: number | null } {
  const tag = bytes[offset] ?? 0;
  const first = bytes[offset + 1];
  if ((tag & 0x1f) === 0x1f || first === undefined) return refuse();
  let start = offset + 2;
  if (first === 0x80) return { tag, start, length: null };
  let length = first;
  if (first > 0x80) {
    const lengthBytes = first & 0x7f;
    // Four bytes of length are far above any input that is let in.
    if (lengthBytes > 4 || start + lengthBytes > bytes.length) return refuse();
    length = bytes.subarray(start, start + lengthBytes).reduce((sum, byte) => sum * 256 + byte, 0);
    start += lengthBytes;
  }
  if (start + length > bytes.length) return refuse();
  return { tag, start, length };
}

/**
 * Reads bytes that are exactly one SEQUENCE.
 *
 * @param bytes - Not changed; the result holds views into it.
 * @returns The values inside.
 * @throws CofferError `bad-key` for anything else.
 */
export function readDerSequence(bytes: Uint8Array): DerValue[] {
  const [outer, ...more] = readDerValues(bytes);
  if (outer?.tag !== derTag.sequence || more.length > 0) return refuse();
  return readDerValues(outer.content);
}

/**
 * True if the bytes are exactly one SEQUENCE; what a wrong passphrase makes of a key is not.
 *
 * @param bytes - Not changed.
 */
export function looksLikeDer(bytes: Uint8Array): boolean {
  try {
    const [outer, ...more] = readDerValues(bytes);
    return outer?.tag === derTag.sequence && more.length === 0;
  } catch {
    return false;
  }
}

/**
 * Takes the content of a value that must have a certain tag.
 *
 * @param value - From {@link readDerValues}.
 * @param tag - What is expected.
 * @throws CofferError `bad-key` if it is absent or of another type.
 */
export function derContent(value: DerValue | undefined, tag: number): Uint8Array {
  return value?.tag === tag ? value.content : refuse();
}

/**
 * Takes an unsigned INTEGER.
 *
 * @param value - From {@link readDerValues}.
 * @returns Its bytes, big-endian, without leading zeros; a view. Zero gives no bytes.
 * @throws CofferError `bad-key` if it is absent, empty or negative.
 */
export function derUnsigned(value: DerValue | undefined): Uint8Array {
  const content = derContent(value, derTag.integer);
  if (content.length === 0 || (content[0] ?? 0) > 0x7f) return refuse();
  return withoutLeadingZeros(content);
}

/**
 * Takes an unsigned INTEGER as a number.
 *
 * @param value - From {@link readDerValues}.
 * @returns Infinity for 2^48 and more, which is above every limit.
 * @throws CofferError `bad-key` if it is absent, empty or negative.
 */
export function derNumber(value: DerValue | undefined): number {
  const digits = derUnsigned(value);
  return digits.length > 6 ? Infinity : digits.reduce((sum, byte) => sum * 256 + byte, 0);
}

/**
 * Writes one DER value.
 *
 * @param tag - Its tag byte.
 * @param parts - Its content, in pieces; not changed.
 * @returns Bytes that the caller owns, and wipes if the content is secret.
 * @see ITU-T X.690 §10.1: the length in as few bytes as possible.
 */
export function writeDer(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const lengthBytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) lengthBytes.unshift(left % 256);
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | lengthBytes.length, ...lengthBytes];
  return concatBytes([Uint8Array.from(head), ...parts]);
}

/**
 * Writes an unsigned INTEGER.
 *
 * @param magnitude - Big-endian; leading zeros are dropped.
 * @returns Bytes that the caller owns, and wipes if the number is secret.
 */
export function writeDerUnsigned(magnitude: Uint8Array): Uint8Array {
  const digits = withoutLeadingZeros(magnitude);
  const needsZero = digits.length === 0 || (digits[0] ?? 0) > 0x7f;
  return writeDer(derTag.integer, new Uint8Array(needsZero ? 1 : 0), digits);
}

/**
 * Drops leading zero bytes.
 *
 * @param digits - Big-endian; not changed.
 * @returns A view.
 */
export function withoutLeadingZeros(digits: Uint8Array): Uint8Array {
  const first = digits.findIndex((byte) => byte !== 0);
  return first < 0 ? digits.subarray(digits.length) : digits.subarray(first);
}

function refuse(): never {
  throw new CofferError('bad-key', say('main-keys.key-file-its-content-is-damaged-or-cut'));
}
