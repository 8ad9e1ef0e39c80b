import { type KeyObject, hkdfSync } from 'node:crypto';

/** Salt, label and length of one HKDF derivation. */
export interface HkdfParams {
  /** May be empty: RFC 5869 §2.2, an absent salt means HashLen zeros. */
  readonly salt: Uint8Array;
  /** What the derived key is for. */
  readonly info: Uint8Array;
  /** At most 255 * 32. */
  readonly lengthBytes: number;
}

/**
 * HKDF with SHA-256.
 *
 * @param keyMaterial - Not changed.
 * @returns Fresh bytes that the caller owns and must {@link wipe}.
 * @see RFC 5869 §2.
 */
export function hkdfSha256(keyMaterial: Uint8Array | KeyObject, { salt, info, lengthBytes }: HkdfParams): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', keyMaterial, salt, info, lengthBytes));
}
