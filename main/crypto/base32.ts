import { freshBytes } from './fresh-bytes';

const rfc4648 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

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
