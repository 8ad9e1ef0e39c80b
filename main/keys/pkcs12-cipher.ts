import forge from 'node-forge';
import { createCipheriv } from 'node:crypto';
import { concatBytes } from '../crypto/encode';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { decryptCbc } from './cbc';
import { derContent, derTag, derUnsigned, readDerValues, writeDer, writeDerUnsigned, type DerValue } from './der';
import { decryptPkcs8 } from './pbes2';
import type { Pkcs12Budget } from './pkcs12-budget';
import { derivePkcs12, pkcs12Purpose, roundsOf, toBmpString } from './pkcs12-kdf';

const pbes2 = '1.2.840.113549.1.5.13';
const tripleDes = '1.2.840.113549.1.12.1.3';
const oldIterations = 50_000;
const oldIvBytes = 8;

interface OldCipher {
  readonly name: 'des-ede3-cbc' | 'rc2';
  readonly keyBytes: number;
}

/** Ciphers of RFC 7292, appendix C. RC2 with 40 bits is what Windows and OpenSSL before 3.0 put certificates in. */
const oldCiphers: Readonly<Record<string, OldCipher>> = {
  [tripleDes]: { name: 'des-ede3-cbc', keyBytes: 24 },
  '1.2.840.113549.1.12.1.5': { name: 'rc2', keyBytes: 16 },
  '1.2.840.113549.1.12.1.6': { name: 'rc2', keyBytes: 5 },
};

/** An OBJECT IDENTIFIER in dots. */
export function oidOf(value: DerValue | undefined): string {
  return forge.asn1.derToOid(asBuffer(derContent(value, derTag.oid)).toString('latin1'));
}

/** An OBJECT IDENTIFIER, DER. */
export function writeOid(dotted: string): Uint8Array {
  return writeDer(derTag.oid, Uint8Array.from(Buffer.from(forge.asn1.oidToDer(dotted).getBytes(), 'latin1')));
}

/** An INTEGER as a number. Throws CofferError `bad-key` for a larger one than 2^31. */
export function numberOf(value: DerValue | undefined): number {
  const digits = derUnsigned(value);
  if (digits.length > 4) return Infinity;
  return digits.reduce((sum, byte) => sum * 256 + byte, 0);
}

/**
 * Decrypts a part of a PKCS#12 file.
 *
 * @param algorithm - AlgorithmIdentifier: the SEQUENCE's content.
 * @param sealed - Not changed.
 * @param passphrase - UTF-8; not changed, stays the caller's.
 * @param budget - Of the whole file.
 * @returns Bytes that the caller owns and wipes; null if the padding is wrong.
 * @throws CofferError `bad-key` for damage, an unsupported cipher, or a cost above the limits.
 */
export async function decryptPart(
  algorithm: Uint8Array,
  sealed: Uint8Array,
  passphrase: Uint8Array,
  budget: Pkcs12Budget,
): Promise<Uint8Array | null> {
  budget.openPart();
  const [id, parameters] = readDerValues(algorithm);
  const name = oidOf(id);
  if (name === pbes2) {
    const info = writeDer(derTag.sequence, writeDer(derTag.sequence, algorithm), writeDer(derTag.octetString, sealed));
    return decryptPkcs8(info, passphrase, (iterations) => budget.payIterations(iterations));
  }
  const cipher = Object.hasOwn(oldCiphers, name) ? oldCiphers[name] : undefined;
  if (cipher === undefined)
    throw new CofferError('bad-key', 'PKCS#12: found an unsupported cipher; expected AES, 3DES or RC2');
  const [salt, count] = readDerValues(derContent(parameters, derTag.sequence));
  const iterations = numberOf(count);
  budget.payRounds(roundsOf({ hash: 'sha1', iterations, lengthBytes: cipher.keyBytes }));
  budget.payRounds(roundsOf({ hash: 'sha1', iterations, lengthBytes: oldIvBytes }));
  const { key, iv } = await deriveOld(passphrase, derContent(salt, derTag.octetString), iterations, cipher.keyBytes);
  try {
    return cipher.name === 'rc2' ? decryptRc2(key, iv, sealed) : decryptCbc(cipher.name, key, iv, sealed);
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
  const { key, iv } = await deriveOld(passphrase, salt, oldIterations, 24);
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

async function deriveOld(passphrase: Uint8Array, salt: Uint8Array, iterations: number, keyBytes: number) {
  const text = toBmpString(passphrase);
  try {
    const common = { hash: 'sha1', salt, iterations } as const;
    const iv = await derivePkcs12(text, { ...common, purpose: pkcs12Purpose.iv, lengthBytes: oldIvBytes });
    return { key: await derivePkcs12(text, { ...common, purpose: pkcs12Purpose.key, lengthBytes: keyBytes }), iv };
  } finally {
    wipe(text);
  }
}

/** Neither OpenSSL 3 nor BoringSSL has RC2; only certificates, which are public, are kept under it. */
function decryptRc2(key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const binary = (bytes: Uint8Array) => asBuffer(bytes).toString('latin1');
  const cipher = forge.rc2.createDecryptionCipher(binary(key), key.length * 8);
  cipher.start(forge.util.createBuffer(binary(iv)));
  cipher.update(forge.util.createBuffer(binary(sealed)));
  return cipher.finish() ? Uint8Array.from(Buffer.from(cipher.output.getBytes(), 'latin1')) : null;
}
