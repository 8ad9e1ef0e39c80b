import { comparableFingerprint, type ListedKeyPair } from '../keys/aws-json';

/** A key pair of the vault with the fingerprints that EC2 may show for it; none of it is secret. */
export interface HeldKeyPair {
  readonly id: string;
  readonly title: string;
  readonly hasPrivateKey: boolean;
  /** SHA-1, MD5 or SHA-256, as stored; empty ones match nothing. */
  readonly fingerprints: readonly string[];
}

/** A key pair of EC2, and what the vault has of it. */
export interface ComparedKeyPair extends ListedKeyPair {
  /** The key pairs of the vault with this fingerprint, those with a private key first; none if it is not held. */
  readonly held: readonly HeldKeyPair[];
}

/**
 * Says which of EC2's key pairs are held here. Fingerprints decide, names do not: EC2 keeps no private key, and a name can be
 * given again to another key.
 *
 * @param listed - In EC2's order, which is kept.
 * @param held - All key pairs of the vault outside the trash.
 */
export function compareKeyPairs(
  listed: readonly ListedKeyPair[],
  held: readonly HeldKeyPair[],
): readonly ComparedKeyPair[] {
  const byFingerprint = new Map<string, HeldKeyPair[]>();
  for (const keyPair of held.toSorted((a, b) => Number(b.hasPrivateKey) - Number(a.hasPrivateKey))) {
    // An Ed25519 key has the same fingerprint twice.
    for (const fingerprint of new Set(keyPair.fingerprints.filter(Boolean).map(comparableFingerprint))) {
      byFingerprint.set(fingerprint, [...(byFingerprint.get(fingerprint) ?? []), keyPair]);
    }
  }
  return listed.map((keyPair) => ({
    ...keyPair,
    held: byFingerprint.get(comparableFingerprint(keyPair.fingerprint)) ?? [],
  }));
}
