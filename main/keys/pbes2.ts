import { createCipheriv, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { readBerValues } from './ber';
import { type CbcCipher, cbcCiphers, decryptCbc } from './cbc';
import { derContent, derNumber, derTag, type DerValue, writeDer, writeDerUnsigned } from './der';
import type { DerivationBudget } from './derivation-budget';
import { kdfOid, readKeyDerivation } from './kdf-parameters';
import { byOid, oidOf, writeOid } from './oid';

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023); some 0.2 s of one core. */
const usualIterations = 600_000;

/** The object identifier of the scheme. */
export const pbes2Oid = '1.2.840.113549.1.5.13';
const hmacSha256 = '1.2.840.113549.2.9';
const aes256Cbc = '2.16.840.1.101.3.4.1.42';
const rc2Cbc = '1.2.840.113549.3.2';

const ciphers: Readonly<Record<string, CbcCipher>> = {
  '2.16.840.1.101.3.4.1.2': cbcCiphers.aes128,
  '2.16.840.1.101.3.4.1.22': cbcCiphers.aes192,
  [aes256Cbc]: cbcCiphers.aes256,
  '1.2.840.113549.3.7': cbcCiphers.tripleDes,
  '1.3.14.3.2.7': cbcCiphers.des,
};
/** RFC 8018 §B.2.3: how RC2's parameters say how many bits of the key count. */
const rc2Versions: Readonly<Record<number, CbcCipher>> = {
  58: cbcCiphers.rc2Of128,
  120: cbcCiphers.rc2Of64,
  160: cbcCiphers.rc2Of40,
};
/** What openssl also writes, and Coffer's runtime does not have. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/^1\.2\.392\.200011\.61\./, 'Camellia'],
  [/^1\.2\.410\.200046\./, 'ARIA'],
  [/^1\.2\.410\.200004\./, 'SEED'],
  [/^1\.3\.6\.1\.4\.1\.3029\.1\.2$/, 'Blowfish'],
  [/^1\.2\.840\.113533\.7\.66\.10$/, 'CAST5'],
  [/^1\.3\.6\.1\.4\.1\.188\.7\.1\.1\.2$/, 'IDEA'],
  [/^1\.2\.156\.10197\.1\.104\./, 'SM4'],
  [/^2\.16\.840\.1\.101\.3\.4\.1\.\d+$/, say('main-keys.aes-in-another-mode-than-cbc')],
];

/**
 * Encrypts a PKCS#8 key: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC. The derivation runs on Node's thread pool.
 *
 * @param pkcs8 - DER; not changed, stays the caller's.
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @param iterations - Where a format's readers take no more than so many.
 * @returns DER of an EncryptedPrivateKeyInfo.
 * @see RFC 5958 §3, RFC 8018 §6.2 and §A.4.
 */
export async function encryptPkcs8(
  pkcs8: Uint8Array,
  passphrase: Uint8Array,
  iterations = usualIterations,
): Promise<Uint8Array> {
  const [salt, iv] = [systemRandom(16), systemRandom(16)];
  const key = await promisify(pbkdf2)(passphrase, salt, iterations, 32, 'sha256');
  try {
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const sealed = concatBytes([cipher.update(pkcs8), cipher.final()]);
    const count = writeDerUnsigned(Uint8Array.of(iterations >> 24, iterations >> 16, iterations >> 8, iterations));
    const prf = sequence(writeOid(hmacSha256), writeDer(0x05));
    const kdf = sequence(writeOid(kdfOid.pbkdf2), sequence(octets(salt), count, prf));
    const scheme = sequence(writeOid(aes256Cbc), octets(iv));
    return sequence(sequence(writeOid(pbes2Oid), sequence(kdf, scheme)), octets(sealed));
  } finally {
    wipe(key);
  }
}

/**
 * Decrypts what is under PBES2.
 *
 * @param parameters - Of the AlgorithmIdentifier.
 * @param sealed - Not changed.
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @param budget - Of the whole file; costs are taken from it before they are paid.
 * @returns What was inside; the caller owns it and wipes it. Null if the padding is wrong: the passphrase is another one, or
 * the file is damaged.
 * @throws CofferError `bad-key` for damage, an unsupported algorithm, or a cost above the limits.
 * @see RFC 8018 §6.2 and §A.4.
 */
export async function decryptPbes2(
  parameters: DerValue | undefined,
  sealed: Uint8Array,
  passphrase: Uint8Array,
  budget: DerivationBudget,
): Promise<Uint8Array | null> {
  const [kdf, scheme] = readBerValues(derContent(parameters, derTag.sequence));
  const { cipher, iv } = readScheme(scheme);
  const { derive, keyBytes } = readKeyDerivation(kdf, budget);
  if (iv.length !== cipher.ivBytes || (keyBytes !== null && keyBytes !== cipher.keyBytes)) {
    throw new CofferError('bad-key', say('main-keys.key-file-its-encryption-is-damaged-expected-an'));
  }
  const key = await derive(passphrase, cipher.keyBytes);
  try {
    return decryptCbc(cipher, key, iv, sealed);
  } finally {
    wipe(key);
  }
}

function readScheme(scheme: DerValue | undefined): { cipher: CbcCipher; iv: Uint8Array } {
  const [id, parameters] = readBerValues(derContent(scheme, derTag.sequence));
  const name = oidOf(id);
  if (name === rc2Cbc) {
    const [version, iv] = readBerValues(derContent(parameters, derTag.sequence));
    const cipher = rc2Versions[derNumber(version)];
    if (cipher === undefined) throw unreadable(say('main-keys.rc2-with-an-unusual-length-of'));
    return { cipher, iv: derContent(iv, derTag.octetString) };
  }
  const cipher = byOid(ciphers, name);
  if (cipher !== undefined) return { cipher, iv: derContent(parameters, derTag.octetString) };
  throw unreadable(foreign.find(([pattern]) => pattern.test(name))?.[1] ?? say('main-keys.an-unknown-cipher'));
}

function unreadable(what: string): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-it-is-encrypted-with-which-coffer-does-not', { what }));
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return writeDer(derTag.sequence, ...parts);
}

function octets(bytes: Uint8Array): Uint8Array {
  return writeDer(derTag.octetString, bytes);
}
