import { createHash } from 'node:crypto';
import { describeKey, type KeyDescription } from './describe';

/** The fingerprints that AWS and OpenSSH show for one key pair. */
export interface Fingerprints {
  /**
   * What EC2 shows if AWS made the key. RSA: colon-separated SHA-1, which only the private key gives, so that it is empty
   * where there is none; Ed25519: unpadded base64 SHA-256.
   */
  readonly awsCreated: string;
  /** What EC2 shows if the public key was imported. RSA: colon-separated MD5; Ed25519: as {@link Fingerprints.awsCreated}. */
  readonly awsImported: string;
  /** What `ssh-keygen -l` shows: `SHA256:` and unpadded base64. */
  readonly openssh: string;
}

/**
 * Works out the fingerprints of a key pair. SHA-1 and MD5 are AWS's choice; they identify here and secure nothing.
 *
 * @param pkcs8 - DER in Coffer's form, RSA or Ed25519; not changed, stays the caller's.
 * @throws CofferError `bad-key` if it is no such key.
 * @see EC2 User Guide, "Verify the fingerprint of your key pair": made by AWS, SHA-1 of the PKCS#8 DER private key; imported,
 * MD5 of the SubjectPublicKeyInfo DER; Ed25519, SHA-256 of the SSH public key.
 */
export function fingerprintsOf(pkcs8: Uint8Array): Fingerprints {
  const description = describeKey(pkcs8);
  const known = publicFingerprintsOf(description);
  return description.algorithm.type === 'ed25519' ? known : { ...known, awsCreated: colonHex('sha1', pkcs8) };
}

/**
 * Works out the fingerprints of a public key whose private key is elsewhere.
 *
 * @param description - What is public about the key.
 * @returns With an empty `awsCreated` for RSA.
 */
export function publicFingerprintsOf({ algorithm, spkiDer, sshPublicBlob }: KeyDescription): Fingerprints {
  const sha256 = createHash('sha256').update(sshPublicBlob).digest('base64').replace(/=+$/, '');
  const openssh = `SHA256:${sha256}`;
  if (algorithm.type === 'ed25519') return { awsCreated: sha256, awsImported: sha256, openssh };
  return { awsCreated: '', awsImported: colonHex('md5', spkiDer), openssh };
}

/**
 * SHA-256 of a whole file, lower-case hex: tells later whether an exported file still is what was written.
 *
 * @param bytes - Not changed.
 */
export function sha256HexOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function colonHex(hash: 'md5' | 'sha1', bytes: Uint8Array): string {
  return createHash(hash)
    .update(bytes)
    .digest('hex')
    .replace(/(..)(?=.)/g, '$1:');
}
