import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes, freshBytes } from './fresh-bytes';

const rfc4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const padding = 0x3d;

/**
 * Base32 without padding, as ASCII bytes: secrets never become strings here.
 *
 * @param bytes - Not changed.
 * @returns Fresh bytes that the caller owns and, if they are secret, wipes.
 * @see RFC 4648 §6.
 */
export function toBase32(bytes: Uint8Array): Uint8Array {
  const digits = freshBytes(Math.ceil((bytes.length * 8) / 5));
  for (let at = 0; at < digits.length; at++) {
    const bit = at * 5;
    const pair = ((bytes[bit >> 3] ?? 0) << 8) | (bytes[(bit >> 3) + 1] ?? 0);
    digits[at] = rfc4648.charCodeAt((pair >> (11 - (bit & 7))) & 31);
  }
  return digits;
}

/**
 * Reads base32 as people and web pages write it: upper or lower case, with or without padding, in groups set apart by spaces or hyphens.
 * From bytes to bytes: secrets never become strings here.
 *
 * @param text - ASCII bytes; not changed.
 * @returns Bytes in memory of their own, which the caller owns and, if they are secret, wipes.
 * @throws CofferError `bad-request` for a foreign character, something behind the padding, a length that no encoder makes, or
 *   bits left over that are not zero.
 * @see RFC 4648 §6.
 */
export function fromBase32(text: Uint8Array): Uint8Array {
  const room = freshBytes(Math.ceil((text.length * 5) / 8));
  try {
    return copyBytes(room.subarray(0, decodeInto(room, text)));
  } finally {
    room.fill(0);
  }
}

function decodeInto(room: Uint8Array, text: Uint8Array): number {
  let [bits, bitCount, digits, length, isPadded] = [0, 0, 0, 0, false];
  for (const byte of text) {
    if (isGap(byte)) continue;
    if (byte === padding) {
      isPadded = true;
      continue;
    }
    const value = valueOf(byte);
    if (isPadded || value < 0) throw notBase32();
    digits++;
    bits = ((bits & 0xff) << 5) | value;
    bitCount += 5;
    if (bitCount < 8) continue;
    bitCount -= 8;
    room[length++] = bits >> bitCount;
  }
  // A byte takes two digits at least: 1, 3 or 6 digits over the last whole group of 8 come from no encoder.
  if ([1, 3, 6].includes(digits % 8) || (bits & ((1 << bitCount) - 1)) !== 0) throw notBase32();
  return length;
}

/** Space, tab, line ends and hyphens. */
function isGap(byte: number): boolean {
  return byte === 0x20 || byte === 0x2d || (byte >= 0x09 && byte <= 0x0d);
}

function valueOf(byte: number): number {
  if (byte >= 0x41 && byte <= 0x5a) return byte - 0x41;
  if (byte >= 0x61 && byte <= 0x7a) return byte - 0x61;
  return byte >= 0x32 && byte <= 0x37 ? byte - 0x32 + 26 : -1;
}

function notBase32(): CofferError {
  return new CofferError('bad-request', say('main-crypto.secret-expected-base32-the-letters-a-to-z'));
}
