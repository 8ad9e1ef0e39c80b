import { type KeyObject, createSecretKey } from 'node:crypto';
import { plainView } from './encode';

/** A symmetric key in Node's own memory, outside the JavaScript heap. Dropping it is all that can be done to end it. */
export type SecretKey = KeyObject;

/**
 * Makes a key of bytes.
 *
 * @param bytes - Copied; the caller wipes its own.
 */
export function toSecretKey(bytes: Uint8Array): SecretKey {
  return createSecretKey(bytes);
}

/**
 * The bytes of a key.
 *
 * @returns A fresh copy that the caller owns and must {@link wipe}; there is no other.
 */
export function bytesOfKey(key: SecretKey): Uint8Array {
  return plainView(key.export());
}
