import { type KeyObject, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { plainView } from './encode';

/**
 * HMAC-SHA-256.
 *
 * @param parts - Hashed one after the other, without separators: make them self-delimiting.
 * @returns 32 bytes.
 * @see RFC 2104.
 */
export function hmacSha256(key: KeyObject, parts: readonly Uint8Array[]): Uint8Array {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(part);
  return plainView(hmac.digest());
}

/**
 * SHA-256.
 *
 * @param parts - Hashed one after the other, without separators: make them self-delimiting.
 * @returns 32 bytes.
 */
export function sha256(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return plainView(hash.digest());
}

/** Compares in a time that does not depend on where the bytes differ. Different lengths are unequal. */
export function isEqualConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
