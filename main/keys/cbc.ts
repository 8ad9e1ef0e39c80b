import { createDecipheriv } from 'node:crypto';
import { concatBytes } from '../crypto/encode';
import { wipe } from '../crypto/wipe';

/**
 * Decrypts CBC with PKCS#7 padding.
 *
 * @param cipherName - Node's name of it.
 * @param key - Not changed.
 * @param iv - Not changed.
 * @param sealed - Not changed.
 * @returns Bytes that the caller owns and wipes; null if the padding or the length is wrong.
 */
export function decryptCbc(cipherName: string, key: Uint8Array, iv: Uint8Array, sealed: Uint8Array): Uint8Array | null {
  const decipher = createDecipheriv(cipherName, key, iv);
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
