import { createCipheriv } from 'node:crypto';
import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { readBerValues } from './ber';
import { type CbcCipher, cbcCiphers, decryptCbc } from './cbc';
import { derContent, derNumber, derTag, type DerValue, writeDer, writeDerUnsigned } from './der';
import type { DerivationBudget } from './derivation-budget';
import { byOid, writeOid } from './oid';
import { derivePkcs12, hashRepeatedly, pkcs12Purpose, roundsOf, toBmpString } from './pkcs12-kdf';

/** A passphrase as the two generations of PKCS take it. Who made the value wipes its bytes. */
export interface Passphrase {
  readonly utf8: Uint8Array;
  /**
   * True for none at all: PKCS#12's own derivation then gets no bytes. An empty one is two zero bytes there. Programs differ in
   * which of the two they mean by an empty passphrase.
   */
  readonly isAbsent: boolean;
}

interface OldScheme {
  readonly cipher: CbcCipher;
  /** MD5 and SHA-1 as PKCS#5 iterates them; null for the derivation of PKCS#12, with SHA-1. */
  readonly pbkdf1: 'md5' | 'sha1' | null;
}

const tripleDes = '1.2.840.113549.1.12.1.3';
const oldIterations = 50_000;

/**
 * RFC 7292, appendix C, and RFC 8018 §A.3. RC2 with 40 bits is what Windows and OpenSSL before 3.0 put certificates in; Triple DES
 * with two keys is of old Windows; MD5 with DES is what `openssl pkcs8 -topk8` wrote before 1.1.
 */
const schemes: Readonly<Record<string, OldScheme>> = {
  [tripleDes]: { cipher: cbcCiphers.tripleDes, pbkdf1: null },
  '1.2.840.113549.1.12.1.4': { cipher: cbcCiphers.doubleDes, pbkdf1: null },
  '1.2.840.113549.1.12.1.5': { cipher: cbcCiphers.rc2Of128, pbkdf1: null },
  '1.2.840.113549.1.12.1.6': { cipher: cbcCiphers.rc2Of40, pbkdf1: null },
  '1.2.840.113549.1.5.3': { cipher: cbcCiphers.des, pbkdf1: 'md5' },
  '1.2.840.113549.1.5.6': { cipher: cbcCiphers.rc2Of64, pbkdf1: 'md5' },
  '1.2.840.113549.1.5.10': { cipher: cbcCiphers.des, pbkdf1: 'sha1' },
  '1.2.840.113549.1.5.11': { cipher: cbcCiphers.rc2Of64, pbkdf1: 'sha1' },
};
/** Too weak to have code of its own: nobody has written them for twenty years. */
const refused: Readonly<Record<string, string>> = {
  '1.2.840.113549.1.12.1.1': 'RC4-128',
  '1.2.840.113549.1.12.1.2': 'RC4-40',
  '1.2.840.113549.1.5.1': say('main-keys.md2-and-des'),
  '1.2.840.113549.1.5.4': say('main-keys.md2-and-rc2'),
};

/**
 * Decrypts what is under a scheme older than PBES2.
 *
 * @param name - Object identifier of the scheme.
 * @param parameters - Salt and iterations.
 * @param sealed - Not changed.
 * @param passphrase - Not changed, stays the caller's.
 * @param budget - Of the whole file.
 * @returns Bytes that the caller owns and wipes; null if the padding is wrong.
 * @throws CofferError `bad-key` for damage, another scheme, or a cost above the limits.
 */
export async function decryptPbes1(
  name: string,
  parameters: DerValue | undefined,
  sealed: Uint8Array,
  passphrase: Passphrase,
  budget: DerivationBudget,
): Promise<Uint8Array | null> {
  const scheme = byOid(schemes, name);
  if (scheme === undefined) throw unreadable(byOid(refused, name) ?? say('main-keys.an-unknown-scheme'));
  const [saltValue, count] = readBerValues(derContent(parameters, derTag.sequence));
  const [salt, iterations] = [derContent(saltValue, derTag.octetString), derNumber(count)];
  const { cipher, pbkdf1 } = scheme;
  if (pbkdf1 !== null) {
    budget.payRounds(iterations);
    const derived = await hashRepeatedly(pbkdf1, concatBytes([passphrase.utf8, salt]), iterations);
    try {
      return decryptCbc(cipher, derived.subarray(0, cipher.keyBytes), derived.subarray(8, 16), sealed);
    } finally {
      wipe(derived);
    }
  }
  budget.payRounds(roundsOf({ hash: 'sha1', iterations, lengthBytes: cipher.keyBytes }));
  budget.payRounds(roundsOf({ hash: 'sha1', iterations, lengthBytes: cipher.ivBytes }));
  const { key, iv } = await derive(passphrase, salt, iterations, cipher);
  try {
    return decryptCbc(cipher, key, iv, sealed);
  } finally {
    wipe(key);
  }
}

/**
 * Encrypts a part as old Windows reads it: SHA-1 and three-key triple DES.
 *
 * @param plain - Not changed, stays the caller's.
 * @param passphrase - UTF-8; not changed, stays the caller's.
 * @param salt - 8 random bytes.
 * @returns AlgorithmIdentifier, DER, and the sealed bytes.
 */
export async function encryptOld(
  plain: Uint8Array,
  passphrase: Uint8Array,
  salt: Uint8Array,
): Promise<{ algorithm: Uint8Array; sealed: Uint8Array }> {
  const { key, iv } = await derive({ utf8: passphrase, isAbsent: false }, salt, oldIterations, cbcCiphers.tripleDes);
  try {
    const cipher = createCipheriv('des-ede3-cbc', key, iv);
    const sealed = concatBytes([cipher.update(plain), cipher.final()]);
    const count = writeDerUnsigned(Uint8Array.of(oldIterations >> 8, oldIterations & 0xff));
    const parameters = writeDer(derTag.sequence, writeDer(derTag.octetString, salt), count);
    return { algorithm: writeDer(derTag.sequence, writeOid(tripleDes), parameters), sealed };
  } finally {
    wipe(key);
  }
}

/**
 * A passphrase as the derivation of PKCS#12 takes it.
 *
 * @param passphrase - Not changed.
 * @returns Bytes that the caller owns and wipes.
 * @throws CofferError `bad-request` unless it is UTF-8.
 */
export function toPkcs12Text({ utf8, isAbsent }: Passphrase): Uint8Array {
  return isAbsent ? new Uint8Array() : toBmpString(utf8);
}

async function derive(passphrase: Passphrase, salt: Uint8Array, iterations: number, cipher: CbcCipher) {
  const text = toPkcs12Text(passphrase);
  try {
    const common = { hash: 'sha1', salt, iterations } as const;
    const iv = await derivePkcs12(text, { ...common, purpose: pkcs12Purpose.iv, lengthBytes: cipher.ivBytes });
    const key = await derivePkcs12(text, { ...common, purpose: pkcs12Purpose.key, lengthBytes: cipher.keyBytes });
    return { key, iv };
  } finally {
    wipe(text);
  }
}

function unreadable(what: string): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-it-is-encrypted-with-which-coffer-does', { what }));
}
