import { derTag, looksLikeDer, readDerSequence } from '../der';
import { readPkcs1Der } from './pkcs1';
import { readPkcs8Der } from './pkcs8';
import type { KeyReader } from './reader';

/** INTEGER version, then eight more: PKCS#1. */
const pkcs1Numbers = 9;

/**
 * Reads DER without PEM around it: PKCS#1, PKCS#8 or encrypted PKCS#8, told by what is inside.
 *
 * @param file - See {@link KeyReader}.
 * @param passphrase - See {@link KeyReader}.
 * @param budget - See {@link KeyReader}.
 */
export const readDer: KeyReader = ({ bytes, blocks }, passphrase, budget) => {
  if (blocks.length > 0 || !looksLikeDer(bytes)) return null;
  const tags = tagsOf(bytes);
  const is = (...expected: readonly number[]): boolean => expected.every((tag, at) => tags[at] === tag);
  if (tags.length === pkcs1Numbers && tags.every((tag) => tag === derTag.integer)) return readPkcs1Der(bytes);
  if (is(derTag.integer, derTag.sequence, derTag.octetString)) return readPkcs8Der(bytes, false, passphrase, budget);
  if (is(derTag.sequence, derTag.octetString) && tags.length === 2)
    return readPkcs8Der(bytes, true, passphrase, budget);
  return null;
};

/** The tags of what is in the outer SEQUENCE; none if it is damaged. */
function tagsOf(bytes: Uint8Array): number[] {
  try {
    return readDerSequence(bytes).map(({ tag }) => tag);
  } catch {
    return [];
  }
}
