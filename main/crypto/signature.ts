import { createPublicKey, verify } from 'node:crypto';

/**
 * Checks an Ed25519 signature (RFC 8032 §5.1).
 *
 * @param publicKeyDer - SubjectPublicKeyInfo.
 * @param message - What was signed.
 * @param signature - 64 bytes.
 * @returns False for a signature that does not fit, of whatever length.
 */
export function isSignedBy(publicKeyDer: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const key = createPublicKey({ key: Buffer.from(publicKeyDer), format: 'der', type: 'spki' });
  return key.asymmetricKeyType === 'ed25519' && verify(null, message, key, signature);
}
