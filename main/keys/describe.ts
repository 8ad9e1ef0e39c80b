import { createPublicKey } from 'node:crypto';
import { concatBytes, utf8 } from '../crypto/encode';
import { asBuffer } from './bytes';
import { checkComment } from './comment';
import { derContent, derTag, derUnsigned, readDerSequence } from './der';
import { privateKeyObject } from './pkcs8';
import { bitLength } from './rsa';
import { sshMpint, sshString } from './ssh-wire';

/** Type and size of a key. */
export type KeyType = { readonly type: 'rsa'; readonly bits: number } | { readonly type: 'ed25519' };

/** What is public about a key. */
export interface KeyDescription {
  readonly algorithm: KeyType;
  /** SubjectPublicKeyInfo, DER (RFC 5280 §4.1, RFC 8410 §4). */
  readonly spkiDer: Uint8Array;
  /** The public key as SSH sends it (RFC 4253 §6.6, RFC 8709 §4). */
  readonly sshPublicBlob: Uint8Array;
}

/**
 * Works out what is public about a private key.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @throws CofferError `bad-key` if it is no such key.
 */
export function describeKey(pkcs8: Uint8Array): KeyDescription {
  return describeSpki(
    Uint8Array.from(createPublicKey(privateKeyObject(pkcs8)).export({ type: 'spki', format: 'der' })),
  );
}

/**
 * Describes a public key.
 *
 * @param spkiDer - SubjectPublicKeyInfo of an RSA or Ed25519 key as Node writes it; kept in the result.
 * @throws CofferError `bad-key` if it is no such key.
 */
export function describeSpki(spkiDer: Uint8Array): KeyDescription {
  const [, bits] = readDerSequence(spkiDer);
  // The first byte of a BIT STRING counts unused bits; keys have none.
  const publicKey = derContent(bits, derTag.bitString).subarray(1);
  if (publicKey.length === 32) {
    const blob = concatBytes([sshString(utf8('ssh-ed25519')), sshString(publicKey)]);
    return { algorithm: { type: 'ed25519' }, spkiDer, sshPublicBlob: blob };
  }
  const [modulus, exponent] = readDerSequence(publicKey);
  const [n, e] = [derUnsigned(modulus), derUnsigned(exponent)];
  const blob = concatBytes([sshString(utf8('ssh-rsa')), sshMpint(e), sshMpint(n)]);
  return { algorithm: { type: 'rsa', bits: bitLength(n) }, spkiDer, sshPublicBlob: blob };
}

/**
 * The line of an OpenSSH `.pub` or `authorized_keys` file, without a line end.
 *
 * @param blob - {@link KeyDescription.sshPublicBlob}.
 * @param comment - What stands behind the key; may be empty.
 * @throws CofferError `bad-request` for a comment that does not fit on the line.
 */
export function publicLine(blob: Uint8Array, comment: string): string {
  checkComment(comment);
  const type = asBuffer(blob)
    .subarray(4, 4 + asBuffer(blob).readUInt32BE(0))
    .toString('latin1');
  return `${type} ${asBuffer(blob).toString('base64')}${comment === '' ? '' : ` ${comment}`}`;
}
