import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

export { copyBytes } from '../crypto/fresh-bytes';

const alphabet = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const paddingByte = 0x3d;
const invalid = 0xff;
const values = alphabetValues();

/**
 * Views bytes as a Buffer, for Node's APIs that are typed for Buffers. Nothing is copied: wiping one wipes both.
 *
 * @param bytes - Stays the caller's.
 */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Compares bytes that are not secret, or whose comparison an attacker cannot time.
 *
 * @param left - Any bytes.
 * @param right - Any bytes.
 */
export function areEqual(left: Uint8Array, right: Uint8Array): boolean {
  return asBuffer(left).equals(right);
}

/**
 * Encodes as base64 with padding, from bytes to bytes: a string of a private key could not be wiped.
 *
 * @param bytes - Not changed.
 * @returns ASCII bytes that the caller owns, and wipes if the input is secret.
 * @see RFC 4648 §4.
 */
export function toBase64(bytes: Uint8Array): Uint8Array {
  const encoded = new Uint8Array(Math.ceil(bytes.length / 3) * 4).fill(paddingByte);
  const digit = (bits: number): number => alphabet[bits & 63] ?? 0;
  let to = 0;
  for (let from = 0; from < bytes.length; from += 3) {
    const left = bytes.length - from;
    const group = ((bytes[from] ?? 0) << 16) | ((bytes[from + 1] ?? 0) << 8) | (bytes[from + 2] ?? 0);
    encoded[to++] = digit(group >> 18);
    encoded[to++] = digit(group >> 12);
    if (left > 1) encoded[to] = digit(group >> 6);
    if (left > 2) encoded[to + 1] = digit(group);
    to += 2;
  }
  return encoded;
}

/**
 * Decodes base64 with padding, from bytes to bytes. White space is skipped wherever it stands.
 *
 * @param text - ASCII bytes; not changed.
 * @returns Bytes that the caller owns, and wipes if they are secret.
 * @throws CofferError `bad-key` for a foreign character, or for a length or padding that no encoder makes.
 * @see RFC 4648 §4.
 */
export function fromBase64(text: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(Math.ceil((text.length * 3) / 4));
  let [bits, bitCount, digits, padding, length] = [0, 0, 0, 0, 0];
  for (const byte of text) {
    if (isSpace(byte)) continue;
    if (byte === paddingByte) {
      padding++;
      continue;
    }
    const value = values[byte] ?? invalid;
    if (value === invalid || padding > 0) return refuse(decoded);
    digits++;
    bits = ((bits << 6) | value) & 0xffff;
    bitCount += 6;
    if (bitCount >= 8) {
      bitCount -= 8;
      decoded[length++] = bits >> bitCount;
    }
  }
  if ((digits + padding) % 4 !== 0 || padding > 2) return refuse(decoded);
  const exact = decoded.slice(0, length);
  decoded.fill(0);
  return exact;
}

/**
 * True for the ASCII characters that are white space in text files.
 *
 * @param byte - 0 to 255.
 */
export function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function refuse(decoded: Uint8Array): never {
  decoded.fill(0);
  throw new CofferError('bad-key', say('main-keys.key-file-expected-whole-base64-text-between-its'));
}

function alphabetValues(): Uint8Array {
  const table = new Uint8Array(256).fill(invalid);
  for (const [value, byte] of alphabet.entries()) table[byte] = value;
  return table;
}
