import { createCipheriv, createHash } from 'node:crypto';
import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { type CbcCipher, cbcCiphers, decryptCbc } from './cbc';
import { writePem } from './pem';

const saltBytes = 8;

/** Ciphers of old `.pem` files, by OpenSSL's names. */
const ciphers: Readonly<Record<string, CbcCipher>> = {
  'AES-128-CBC': cbcCiphers.aes128,
  'AES-192-CBC': cbcCiphers.aes192,
  'AES-256-CBC': cbcCiphers.aes256,
  'DES-EDE3-CBC': cbcCiphers.tripleDes,
  'DES-EDE-CBC': cbcCiphers.doubleDes,
  'DES-CBC': cbcCiphers.des,
  'RC2-CBC': cbcCiphers.rc2Of128,
  'RC2-64-CBC': cbcCiphers.rc2Of64,
  'RC2-40-CBC': cbcCiphers.rc2Of40,
};
/** Ciphers that openssl writes and that Coffer's runtime does not have. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/^CAMELLIA-/, 'Camellia'],
  [/^ARIA-/, 'ARIA'],
  [/^SEED-/, 'SEED'],
  [/^IDEA-/, 'IDEA'],
  [/^BF-/, 'Blowfish'],
  [/^CAST5?-/, 'CAST5'],
  [/^SM4-/, 'SM4'],
  [/^(AES|DES|RC2)-.*(CFB|OFB|CTR)/, say('main-keys.a-cipher-in-another-mode-than')],
];

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
  const [cipherName = '', ivHex = ''] = dekInfo.split(',').map((part) => part.trim().toUpperCase());
  const cipher = Object.hasOwn(ciphers, cipherName) ? ciphers[cipherName] : undefined;
  if (cipher === undefined) throw unreadable(cipherName);
  if (!/^[0-9A-F]*$/.test(ivHex) || ivHex.length !== cipher.ivBytes * 2) {
    throw new CofferError(
      'bad-key',
      say('main-keys.key-file-expected-a-dek-info-line-that', { ivBytes: cipher.ivBytes }),
    );
  }
  const iv = Buffer.from(ivHex, 'hex');
  const key = legacyKey(passphrase, iv, cipher.keyBytes);
  try {
    return decryptCbc(cipher, key, iv, sealed);
  } finally {
    wipe(key);
  }
}

function unreadable(cipherName: string): CofferError {
  const known = foreign.find(([pattern]) => pattern.test(cipherName))?.[1];
  if (known === undefined) {
    const names = Object.keys(ciphers).join(', ');
    return new CofferError('bad-key', say('main-keys.key-file-its-dek-info-line-names-no', { names }));
  }
  return new CofferError('bad-key', say('main-keys.key-file-it-is-encrypted-with-which-coffer', { known }));
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
