import { createCipheriv, createHash } from 'node:crypto';
import { concatBytes } from '../crypto/encode';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { decryptCbc } from './cbc';
import { writePem } from './pem';

const saltBytes = 8;

/** Ciphers of old `.pem` files. DES is Triple DES with one key three times, and so works where DES itself is gone. */
const ciphers: Readonly<
  Record<string, { readonly name: string; readonly keyBytes: number; readonly ivBytes: number }>
> = {
  'AES-128-CBC': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  'AES-192-CBC': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  'AES-256-CBC': { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  'DES-EDE3-CBC': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
  'DES-CBC': { name: 'des-ede3-cbc', keyBytes: 8, ivBytes: 8 },
};

/**
 * Writes an RSA key as a PEM file with `Proc-Type: 4,ENCRYPTED` and AES-256-CBC, which every ssh and openssl reads. Its key
 * derivation is a single MD5: a thief guesses a weak passphrase at once. Offer it for compatibility and say so.
 *
 * @param pkcs1 - DER; not changed, stays the caller's.
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @see RFC 1421 §4.6 (headers); OpenSSL's PEM_write_RSAPrivateKey and EVP_BytesToKey(3).
 */
export function writeLegacyPem(pkcs1: Uint8Array, passphrase: Uint8Array): Uint8Array {
  const iv = systemRandom(16);
  const key = legacyKey(passphrase, iv, 32);
  try {
    const cipher = createCipheriv('aes-256-cbc', key, iv);
    const sealed = concatBytes([cipher.update(pkcs1), cipher.final()]);
    const ivHex = asBuffer(iv).toString('hex').toUpperCase();
    return writePem('RSA PRIVATE KEY', sealed, 64, ['Proc-Type: 4,ENCRYPTED', `DEK-Info: AES-256-CBC,${ivHex}`]);
  } finally {
    wipe(key);
  }
}

/**
 * Decrypts the content of such a file.
 *
 * @param dekInfo - Value of the `DEK-Info` header: cipher name, comma, IV in hex.
 * @param sealed - Not changed.
 * @param passphrase - UTF-8 bytes; not changed, stays the caller's.
 * @returns What was inside, presumably PKCS#1 DER; the caller owns it and wipes it. Null if the padding is wrong.
 * @throws CofferError `bad-key` if the header names no cipher that Coffer knows.
 */
export function decryptLegacyPem(dekInfo: string, sealed: Uint8Array, passphrase: Uint8Array): Uint8Array | null {
  const [cipherName = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim());
  const cipher = ciphers[cipherName.toUpperCase()];
  if (cipher === undefined || !/^[0-9a-f]*$/i.test(ivHex) || ivHex.length !== cipher.ivBytes * 2) {
    throw new CofferError(
      'bad-key',
      `key file: its DEK-Info line names no known cipher and IV; expected one of ${Object.keys(ciphers).join(', ')}`,
    );
  }
  const iv = Buffer.from(ivHex, 'hex');
  const key = legacyKey(passphrase, iv, cipher.keyBytes);
  const whole = cipherName.toUpperCase() === 'DES-CBC' ? concatBytes([key, key, key]) : key;
  try {
    return decryptCbc(cipher.name, whole, iv, sealed);
  } finally {
    wipe(key, whole);
  }
}

/** EVP_BytesToKey with MD5 and one round; the salt is the first eight bytes of the IV. */
function legacyKey(passphrase: Uint8Array, iv: Uint8Array, lengthBytes: number): Uint8Array {
  const key = new Uint8Array(lengthBytes);
  let previous: Uint8Array = new Uint8Array();
  for (let offset = 0; offset < lengthBytes; offset += 16) {
    const digest = createHash('md5').update(previous).update(passphrase).update(iv.subarray(0, saltBytes)).digest();
    wipe(previous);
    key.set(digest.subarray(0, lengthBytes - offset), offset);
    previous = digest;
  }
  wipe(previous);
  return key;
}
