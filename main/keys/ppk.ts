import { createHash, createHmac } from 'node:crypto';
import { concatBytes, lengthPrefixed, uint32, utf8 } from '../crypto/encode';
import { type Argon2Variant, deriveArgon2 } from '../crypto/kdf';
import { wipe } from '../crypto/wipe';

/** Versions of PuTTY's key files that are read and written. */
export type PpkVersion = 2 | 3;

/** AES-256-CBC, the only cipher that PPK knows. */
export const ppkBlockBytes = 16;
const keyBytes = 32;
const ivBytes = 16;
const macKeyBytes = 32;

/** How an encrypted PPK 3 derives its keys; the reader has bounded it. */
export interface PpkDerivation {
  readonly variant: Argon2Variant;
  readonly memoryKiB: number;
  readonly timeCost: number;
  readonly parallelism: number;
  readonly salt: Uint8Array;
}

/** What encrypts and authenticates a PPK; whoever derived it wipes it with {@link wipePpkSecrets}. */
export interface PpkSecrets {
  /** AES-256 key; null for a file without a passphrase. */
  readonly key: Uint8Array | null;
  readonly iv: Uint8Array;
  readonly macKey: Uint8Array;
}

/** What the MAC of a PPK covers, in the order of the manual. */
export interface PpkContent {
  readonly algorithm: string;
  readonly encryption: 'none' | 'aes256-cbc';
  /** As it stands in the file, whatever its encoding. */
  readonly comment: Uint8Array;
  readonly publicBlob: Uint8Array;
  /** In the clear, with its padding. */
  readonly privateBlob: Uint8Array;
}

/**
 * Derives the secrets of a PPK without a passphrase.
 *
 * @param version - 2: a MAC key that everybody knows; 3: an empty one. Either tells damage, and no forgery.
 */
export function plainPpkSecrets(version: PpkVersion): PpkSecrets {
  const macKey = version === 2 ? sha1([v2MacKeyLabel]) : new Uint8Array();
  return { key: null, iv: new Uint8Array(ivBytes), macKey };
}

/**
 * Derives the secrets of a PPK 2 under a passphrase: SHA-1 without salt or rounds, and a zero IV.
 *
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @see PuTTY manual, appendix C.
 */
export function ppk2Secrets(passphrase: Uint8Array): PpkSecrets {
  const halves = [0, 1].map((counter) => sha1([uint32(counter), passphrase]));
  const both = concatBytes(halves);
  const key = both.slice(0, keyBytes);
  wipe(both, ...halves);
  return { key, iv: new Uint8Array(ivBytes), macKey: sha1([v2MacKeyLabel, passphrase]) };
}

/**
 * Derives the secrets of a PPK 3 under a passphrase, off the main thread.
 *
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @param derivation - Costs that the caller has bounded.
 * @throws CofferError `not-enough-memory` if the memory can't be had.
 * @see PuTTY manual, appendix C: 80 bytes of Argon2 are key, IV and MAC key.
 */
export async function ppk3Secrets(passphrase: Uint8Array, derivation: PpkDerivation): Promise<PpkSecrets> {
  const lengthBytes = keyBytes + ivBytes + macKeyBytes;
  const derived = await deriveArgon2(derivation.variant, passphrase, derivation, { lengthBytes });
  const [key, iv] = [derived.slice(0, keyBytes), derived.slice(keyBytes, keyBytes + ivBytes)];
  const macKey = derived.slice(keyBytes + ivBytes);
  wipe(derived);
  return { key, iv, macKey };
}

/** Wipes what {@link ppk2Secrets} and its like gave. */
export function wipePpkSecrets(secrets: PpkSecrets | null): void {
  wipe(secrets?.key, secrets?.iv, secrets?.macKey);
}

/**
 * The MAC of a PPK.
 *
 * @param version - 2: HMAC-SHA-1, 20 bytes; 3: HMAC-SHA-256, 32 bytes.
 * @param macKey - Not changed.
 * @param content - Not changed.
 * @see PuTTY manual, appendix C: SSH strings, whose form is that of {@link lengthPrefixed}.
 */
export function ppkMac(version: PpkVersion, macKey: Uint8Array, content: PpkContent): Uint8Array {
  const { algorithm, encryption, comment, publicBlob, privateBlob } = content;
  const covered = lengthPrefixed([utf8(algorithm), utf8(encryption), comment, publicBlob, privateBlob]);
  try {
    return createHmac(version === 2 ? 'sha1' : 'sha256', macKey)
      .update(covered)
      .digest();
  } finally {
    wipe(covered);
  }
}

/**
 * SHA-1, of which PuTTY takes the padding of a private blob too.
 *
 * @param parts - Hashed one after the other; not changed.
 * @returns 20 bytes in an array of their own.
 */
export function sha1(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha1');
  for (const part of parts) hash.update(part);
  const digest = hash.digest();
  const own = Uint8Array.from(digest);
  wipe(digest);
  return own;
}

const v2MacKeyLabel = utf8('putty-private-key-file-mac-key');
