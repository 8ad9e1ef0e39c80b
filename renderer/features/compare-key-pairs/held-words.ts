import { say } from '../../../preload/words/say';
import type { ComparedKeyPair } from '../../state/types';

/**
 * What the vault has of one of EC2's key pairs.
 *
 * @param row - As compared.
 */
export function heldWord(row: ComparedKeyPair): string {
  if (isHeld(row)) return say('compare-key-pairs.held-as');
  return row.held.length > 0 ? say('compare-key-pairs.public-key-alone') : say('common.not-here');
}

/**
 * The outcome in a sentence.
 *
 * @param rows - As compared.
 */
export function heldSentence(rows: readonly ComparedKeyPair[]): string {
  if (rows.length === 0) return say('compare-key-pairs.ec2-has-no-key-pairs');
  const count = rows.filter(isHeld).length;
  return say('compare-key-pairs.ec2-has', { count: rows.length, held: count });
}

/** True if the private key is here. */
export function isHeld({ held }: ComparedKeyPair): boolean {
  return held.some(({ hasPrivateKey }) => hasPrivateKey);
}
