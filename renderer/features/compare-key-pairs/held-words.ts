import type { ComparedKeyPair } from '../../state/types';

/**
 * What the vault has of one of EC2's key pairs.
 *
 * @param row - As compared.
 */
export function heldWord(row: ComparedKeyPair): string {
  if (isHeld(row)) return 'Held as';
  return row.held.length > 0 ? 'Public key alone' : 'Not here';
}

/**
 * The outcome in a sentence.
 *
 * @param rows - As compared.
 */
export function heldSentence(rows: readonly ComparedKeyPair[]): string {
  if (rows.length === 0) return 'EC2 has no key pairs in this list.';
  const count = rows.filter(isHeld).length;
  const all = rows.length === 1 ? '1 key pair' : `${rows.length} key pairs`;
  return `EC2 has ${all}. The private keys of ${count} are in this vault.`;
}

/** True if the private key is here. */
export function isHeld({ held }: ComparedKeyPair): boolean {
  return held.some(({ hasPrivateKey }) => hasPrivateKey);
}
