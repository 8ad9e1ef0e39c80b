import { say } from '../../preload/words/say';
import { copyBytes } from '../crypto/fresh-bytes';
import { CofferError } from '../errors';

/**
 * Brings a typed password to one form on every system: NFC, every Unicode space as U+0020, no trimming, UTF-8.
 *
 * @param typed - UTF-8 bytes as typed. Not changed; the caller wipes them.
 * @returns Fresh bytes that the caller owns and must wipe.
 * @throws CofferError `bad-request` if they are not UTF-8.
 */
export function normaliseTyped(typed: Uint8Array): Uint8Array {
  // Plain ASCII is in its normal form already, and never becomes a string, which could not be wiped.
  if (typed.every((byte) => byte < 0x80)) return copyBytes(typed);
  const text = decode(typed)
    .normalize('NFC')
    .replace(/\p{Zs}/gu, ' ');
  return copyBytes(new TextEncoder().encode(text));
}

/**
 * Counts what a person sees as characters (grapheme clusters) of a password, after normalising it.
 *
 * @param typed - UTF-8 bytes as typed. Not changed.
 */
export function countCharacters(typed: Uint8Array): number {
  if (typed.every((byte) => byte < 0x80)) return typed.length;
  return [...new Intl.Segmenter().segment(decode(typed).normalize('NFC'))].length;
}

function decode(typed: Uint8Array): string {
  try {
    // No two inputs may become one: nothing is replaced, and a leading U+FEFF stays.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(typed);
  } catch {
    throw new CofferError('bad-request', say('main-vault.password-expected-utf-8-text'));
  }
}
