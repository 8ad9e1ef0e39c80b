import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { areEqual, asBuffer } from './bytes';
import { derContent, derTag, derUnsigned, readDerSequence, readDerValues } from './der';
import { checkedRsaKey, readRsaParts, type RsaParts } from './rsa';

/** RFC 8410 §7: what stands before the 32-byte seed in the PKCS#8 form of an Ed25519 key. */
const ed25519Head = Uint8Array.from([0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20]);
const seedBytes = 32;
const spkiHeadBytes = 12;

/** Object identifiers of private keys, as hex of their DER content. */
const rsaOid = '2a864886f70d010101';
const ed25519Oid = '2b6570';
const otherKeys: Readonly<Record<string, string>> = {
  '2a864886f70d01010a': say('main-keys.an-rsa-pss-key'),
  '2a8648ce380401': say('main-keys.a-dsa-key'),
  '2a8648ce3d0201': say('main-keys.an-ecdsa-key'),
  '2b656e': say('main-keys.an-x25519-key'),
  '2b656f': say('main-keys.an-x448-key'),
  '2b6571': say('main-keys.an-ed448-key'),
};

/**
 * Makes a KeyObject of a private key.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @throws CofferError `bad-key` if it is no such key.
 */
export function privateKeyObject(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: asBuffer(pkcs8), format: 'der', type: 'pkcs8' });
  } catch (cause) {
    throw new CofferError('bad-key', say('main-keys.private-key-expected-pkcs-8-der'), { cause });
  }
}

/**
 * Checks a PKCS#8 PrivateKeyInfo that came from outside and brings it to the one form that Coffer keeps: version 0,
 * no attributes, no public key (AWS's SHA-1 fingerprint is over these bytes).
 *
 * @param der - Not changed.
 * @returns PKCS#8 DER that the caller owns and wipes.
 * @throws CofferError `bad-key` for a damaged or inconsistent key, or one that is neither RSA nor Ed25519.
 * @see RFC 5958 §2, RFC 8410 §7.
 */
export async function checkedPkcs8(der: Uint8Array): Promise<Uint8Array> {
  const [version, algorithm, key, ...optional] = readDerSequence(der);
  derUnsigned(version);
  const [oid] = readDerValues(derContent(algorithm, derTag.sequence));
  const oidHex = asBuffer(derContent(oid, derTag.oid)).toString('hex');
  const inner = derContent(key, derTag.octetString);
  if (oidHex === rsaOid) return pkcs8OfRsa(readRsaParts(inner));
  if (oidHex === ed25519Oid) {
    const [seed] = readDerValues(inner);
    // RFC 5958 §2: [1] is a BIT STRING; its first byte counts unused bits.
    const publicKey = optional.find((value) => value.tag === 0x81)?.content.subarray(1);
    return pkcs8OfEd25519(derContent(seed, derTag.octetString), publicKey ?? null);
  }
  throw unsupportedKey(otherKeys[oidHex] ?? say('main-keys.a-key-of-another-type'));
}

/**
 * Makes Coffer's form of an RSA key, once it is known to be consistent.
 *
 * @param parts - Not changed.
 * @returns PKCS#8 DER that the caller owns and wipes.
 * @throws CofferError `bad-key` if the numbers do not belong together.
 */
export async function pkcs8OfRsa(parts: RsaParts): Promise<Uint8Array> {
  const key = await checkedRsaKey(parts);
  return ownCopy(key.export({ type: 'pkcs8', format: 'der' }));
}

/**
 * Makes Coffer's form of an Ed25519 key.
 *
 * @param seed - 32 bytes; not changed.
 * @param publicKey - What the file says the public key is, to be checked; null if it does not say.
 * @returns PKCS#8 DER that the caller owns and wipes.
 * @throws CofferError `bad-key` if a length is wrong or the public key is not the seed's.
 */
export function pkcs8OfEd25519(seed: Uint8Array, publicKey: Uint8Array | null): Uint8Array {
  if (seed.length !== seedBytes) {
    throw new CofferError('bad-key', say('main-keys.key-file-expected-bytes-of-ed25519-private-key', { seedBytes }));
  }
  const pkcs8 = concatBytes([ed25519Head, seed]);
  const spki = createPublicKey(privateKeyObject(pkcs8)).export({ type: 'spki', format: 'der' });
  if (publicKey !== null && !areEqual(publicKey, spki.subarray(spkiHeadBytes))) {
    wipe(pkcs8);
    throw new CofferError('bad-key', say('main-keys.key-file-its-public-key-is-not-that'));
  }
  return pkcs8;
}

/**
 * The 32 bytes that an Ed25519 key is made from.
 *
 * @param pkcs8 - In Coffer's form; the result is a view into it.
 */
export function ed25519Seed(pkcs8: Uint8Array): Uint8Array {
  return pkcs8.subarray(ed25519Head.length);
}

/**
 * The PKCS#1 form of an RSA key.
 *
 * @param pkcs8 - In Coffer's form; not changed.
 * @returns DER that the caller owns and wipes.
 * @throws CofferError `bad-key` if it is no RSA key.
 */
export function pkcs1Of(pkcs8: Uint8Array): Uint8Array {
  const key = privateKeyObject(pkcs8);
  if (key.asymmetricKeyType !== 'rsa')
    throw new CofferError('bad-key', say('main-keys.private-key-expected-an-rsa-key'));
  return ownCopy(key.export({ type: 'pkcs1', format: 'der' }));
}

/**
 * The refusal of a key that Coffer does not keep.
 *
 * @param what - What was found, as a noun with its article.
 */
export function unsupportedKey(what: string): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-found-ec2-takes-rsa-and-ed25519', { what }));
}

/** Copies what Node made into an array of its own, whose wiping leaves nothing, and wipes the original. */
function ownCopy(made: Buffer): Uint8Array {
  const copy = Uint8Array.from(made);
  wipe(made);
  return copy;
}
