import { say } from '../../../preload/words/say';
import { copyBytes, freshBytes } from '../../crypto/fresh-bytes';
import { sha256 } from '../../crypto/mac';
import type { RandomBytes } from '../../crypto/random';
import { CofferError } from '../../errors';
import { label } from '../format';

// Crockford's digits: no I, L, O or U. https://www.crockford.com/base32.html
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const secretLength = 26;
const checkLength = 2;
const groupLength = 4;

/**
 * Makes a recovery code of 130 random bits.
 *
 * @returns 26 ASCII characters that the caller owns and must wipe.
 */
export function makeRecoveryCode(random: RandomBytes): Uint8Array {
  const bytes = random(secretLength);
  return bytes.map((byte) => digits.charCodeAt(byte & 31));
}

/**
 * The code as it is shown and printed: 26 characters and 2 of a checksum, in seven groups of four, with hyphens.
 *
 * @param code - From {@link makeRecoveryCode}; not changed.
 * @returns 34 ASCII characters that the caller owns and must wipe.
 */
export function showRecoveryCode(code: Uint8Array): Uint8Array {
  const whole = freshBytes(secretLength + checkLength);
  whole.set(code);
  whole.set(checkOf(code), secretLength);
  const shown = freshBytes(whole.length + whole.length / groupLength - 1).fill('-'.charCodeAt(0));
  whole.forEach((character, at) => (shown[at + Math.floor(at / groupLength)] = character));
  whole.fill(0);
  return shown;
}

/**
 * Reads a code as a person types it: upper or lower case, with or without hyphens and spaces, O for 0, I and L for 1.
 *
 * @param typed - UTF-8; not changed.
 * @returns 26 ASCII characters that the caller owns and must wipe.
 * @throws CofferError `wrong-code` if it has another length or its checksum does not fit; no key derivation is paid for that.
 */
export function readRecoveryCode(typed: Uint8Array): Uint8Array {
  const whole = freshBytes(secretLength + checkLength);
  let count = 0;
  for (const byte of typed) {
    const digit = asDigit(byte);
    if (digit !== 0) whole[count++] = digit; // beyond the end nothing is kept
  }
  const code = copyBytes(whole.subarray(0, secretLength));
  const isWhole = count === whole.length && !whole.includes(unknown);
  const isFitting = isWhole && checkOf(code).every((character, at) => whole[secretLength + at] === character);
  whole.fill(0);
  if (isFitting) return code;
  code.fill(0);
  throw new CofferError('wrong-code', say('main-vault.recovery-code-expected-the-28-characters-of-the'));
}

const unknown = 0xff;

/** The digit that a typed byte stands for; 0 for hyphens and spaces. */
function asDigit(byte: number): number {
  const character = String.fromCharCode(byte).toUpperCase();
  if (/[\s-]/.test(character)) return 0;
  const meant = character === 'O' ? '0' : character === 'I' || character === 'L' ? '1' : character;
  return digits.includes(meant) ? meant.charCodeAt(0) : unknown;
}

/** Ten bits of SHA-256 over the code, as two digits. */
function checkOf(code: Uint8Array): Uint8Array {
  const hash = sha256([label('recovery-check'), code]);
  const bits = ((hash[0] ?? 0) << 2) | ((hash[1] ?? 0) >> 6);
  return Uint8Array.of(digits.charCodeAt(bits >> 5), digits.charCodeAt(bits & 31));
}
