import forge from 'node-forge';
import { createCipheriv, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { concatBytes } from '../crypto/encode';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { asBuffer } from './bytes';
import { decryptCbc } from './cbc';
import { oid, readParameters } from './pbes2-parameters';

/** OWASP's figure for PBKDF2-HMAC-SHA-256 (Password Storage Cheat Sheet, 2023); some 0.2 s of one core. */
const usualIterations = 600_000;

const { asn1 } = forge;

/**
 * Encrypts a PKCS#8 key: PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC. The derivation runs on Node's thread pool.
 * node-forge, which holds DER in strings, sees only the encrypted bytes.
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
    const rounds = asn1.create(
      asn1.Class.UNIVERSAL,
      asn1.Type.INTEGER,
      false,
      asn1.integerToDer(iterations).getBytes(),
    );
    const noParameters = asn1.create(asn1.Class.UNIVERSAL, asn1.Type.NULL, false, '');
    const prf = sequence(objectId(oid.hmacSha256), noParameters);
    const kdf = sequence(objectId(oid.pbkdf2), sequence(octets(salt), rounds, prf));
    const scheme = sequence(objectId(oid.aes256Cbc), octets(iv));
    const info = sequence(sequence(objectId(oid.pbes2), sequence(kdf, scheme)), octets(sealed));
    return Uint8Array.from(Buffer.from(asn1.toDer(info).getBytes(), 'latin1'));
  } finally {
    wipe(key);
  }
}

/**
 * Decrypts an EncryptedPrivateKeyInfo.
 *
 * @param der - Not changed.
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @param pay - Told of the iterations before they run; throws if they are too many for a file of several parts.
 * @returns What was inside, presumably PKCS#8 DER; the caller owns it and wipes it. Null if the padding is wrong: the
 * passphrase is another one, or the file is damaged.
 * @throws CofferError `bad-key` for damage, an unsupported algorithm, or a cost above the limits.
 * @see RFC 8018 §6.2.
 */
export async function decryptPkcs8(
  der: Uint8Array,
  passphrase: Uint8Array,
  pay: (iterations: number) => void = () => undefined,
): Promise<Uint8Array | null> {
  const { derive, iterations, cipherName, keyBytes, iv, sealed } = readParameters(der);
  pay(iterations);
  const key = await derive(passphrase, keyBytes);
  try {
    return decryptCbc(cipherName, key, iv, sealed);
  } finally {
    wipe(key);
  }
}

function sequence(...values: forge.asn1.Asn1[]): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.SEQUENCE, true, values);
}

function objectId(dotted: string): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OID, false, asn1.oidToDer(dotted).getBytes());
}

function octets(bytes: Uint8Array): forge.asn1.Asn1 {
  return asn1.create(asn1.Class.UNIVERSAL, asn1.Type.OCTETSTRING, false, asBuffer(bytes).toString('latin1'));
}
