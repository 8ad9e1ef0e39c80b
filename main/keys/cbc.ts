import { createDecipheriv } from 'node:crypto';
import { concatBytes } from '../crypto/encode';
import { wipe } from '../crypto/wipe';
import { decryptRc2 } from './rc2';

/** A block cipher in CBC mode; `rc2-cbc` has as many effective bits as its key has. */
export interface CbcCipher {
  /** Node's name of it. */
  readonly name: string;
  readonly keyBytes: number;
  /** A block, and so the IV. */
  readonly ivBytes: number;
}

/** Ciphers that are read wherever PKCS and old PEM files name them. */
export const cbcCiphers = {
  aes128: { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  aes192: { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  aes256: { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  tripleDes: { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
  doubleDes: { name: 'des-ede-cbc', keyBytes: 16, ivBytes: 8 },
  des: { name: 'des-cbc', keyBytes: 8, ivBytes: 8 },
  rc2Of128: { name: 'rc2-cbc', keyBytes: 16, ivBytes: 8 },
  rc2Of64: { name: 'rc2-cbc', keyBytes: 8, ivBytes: 8 },
  rc2Of40: { name: 'rc2-cbc', keyBytes: 5, ivBytes: 8 },
} as const satisfies Record<string, CbcCipher>;

/**
 * Decrypts CBC with PKCS#7 padding.
 *
 * @param cipher - One of {@link cbcCiphers}.
 * @param key - Not changed.
 * @param iv - Not changed.
 * @param sealed - Not changed.
 * @returns Bytes that the caller owns and wipes; null if the padding or the length is wrong.
 */
export function decryptCbc(cipher: CbcCipher, key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  if (cipher.name === 'rc2-cbc') return decryptRc2(key, iv, sealed);
  // DES is Triple DES with one key three times, and so works where DES itself is gone.
  const whole = cipher.name === 'des-cbc' ? concatBytes([key, key, key]) : null;
  try {
    return decryptNatively(whole === null ? cipher.name : 'des-ede3-cbc', whole ?? key, iv, sealed);
  } finally {
    wipe(whole);
  }
}

function decryptNatively(name: string, key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv(name, key, iv);
  const opened = decipher.update(sealed);
  try {
    const last = decipher.final();
    const whole = concatBytes([opened, last]);
    wipe(last);
    return whole;
  } catch {
    return null;
  } finally {
    wipe(opened);
  }
}
