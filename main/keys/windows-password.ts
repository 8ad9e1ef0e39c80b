import { constants, privateDecrypt } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer, fromBase64 } from './bytes';
import { privateKeyObject } from './pkcs8';

/** EC2 takes RSA keys of 1024 to 4096 bits; Coffer keeps some up to 16,384. */
const sealedSizesBytes = { least: 128, most: 2048 } as const;
/** White space apart, what an RSA key of 16,384 bits makes is 2732 characters long. */
const maxTextBytes = 16 * 1024;
/** RFC 8017 §7.2.1: 0, 2, at least eight bytes that are not zero, 0. */
const minPaddingBytes = 8;

/** An RSA key that might open a password. */
export interface CandidateKey {
  /** Handed back if it is this one. */
  readonly id: string;
  /** DER, RSA; stays the caller's. */
  readonly pkcs8: Uint8Array;
}

/** A Windows password that a key opened. */
export interface OpenedPassword {
  readonly keyId: string;
  /** UTF-8 bytes in an array of their own; the caller owns them and wipes them. */
  readonly password: Uint8Array;
}

/**
 * Decodes the encrypted password that EC2 gives.
 *
 * @param text - Base64 with white space anywhere; not changed.
 * @returns The encrypted bytes, which are no secret without the key.
 * @throws CofferError `bad-request`, with a message of its own for: nothing (not ready), no base64, a length of no RSA key.
 */
export function decodePasswordData(text: Uint8Array): Uint8Array {
  if (text.length > maxTextBytes) throw notPasswordData();
  let sealed: Uint8Array;
  try {
    sealed = fromBase64(text);
  } catch (cause) {
    throw notPasswordData(cause);
  }
  if (sealed.length === 0) {
    throw new CofferError('bad-request', say('main-keys.password-data-it-is-empty-so-the-password'));
  }
  const { least, most } = sealedSizesBytes;
  if (sealed.length < least || sealed.length > most) {
    throw new CofferError('bad-request', say('main-keys.password-data-it-is-cut-short-or-damaged'));
  }
  return sealed;
}

/**
 * Decrypts a Windows password with the first key that opens it. Gives way after each key, which takes some 2 ms.
 *
 * @param sealed - From {@link decodePasswordData}.
 * @param keys - Tried in this order.
 * @returns Null if none of them does.
 * @throws CofferError `bad-request` if no key has the size that the data was encrypted for: it is damaged, or the key is not
 * among them; `bad-key` if a key is no RSA key.
 */
export async function openWindowsPassword(
  sealed: Uint8Array,
  keys: Iterable<CandidateKey>,
): Promise<OpenedPassword | null> {
  let hadSize = false;
  for (const { id, pkcs8 } of keys) {
    if (rsaBytesOf(pkcs8) !== sealed.length) continue;
    hadSize = true;
    const password = decryptWindowsPassword(sealed, pkcs8);
    if (password !== null) return { keyId: id, password };
    await nextTurn();
  }
  if (hadSize) return null;
  throw new CofferError(
    'bad-request',
    say('main-keys.password-data-it-was-encrypted-for-an-rsa', { bits: sealed.length * 8 }),
  );
}

/**
 * Decrypts a Windows password. Node 20 refuses PKCS#1 v1.5 padding, Electron does not: so RSA runs without padding, and the
 * padding is taken off here. Its check takes the same time whatever the bytes are, as far as JavaScript can; nobody outside
 * learns the outcome, since no server answers here.
 *
 * @param sealed - Encrypted bytes, as long as the modulus.
 * @param pkcs8 - DER, RSA; not changed, stays the caller's.
 * @returns The password in an array of its own, which the caller wipes; null if the key does not open it.
 * @throws CofferError `bad-key` if it is no RSA key.
 * @see EC2 API Reference, GetPasswordData; RFC 8017 §7.2.2.
 */
export function decryptWindowsPassword(sealed: Uint8Array, pkcs8: Uint8Array): Uint8Array | null {
  if (rsaBytesOf(pkcs8) !== sealed.length) return null;
  let padded: Buffer | null = null;
  try {
    padded = privateDecrypt({ key: privateKeyObject(pkcs8), padding: constants.RSA_NO_PADDING }, asBuffer(sealed));
    return withoutPadding(padded);
  } catch {
    // Encrypted data that is, as a number, above the modulus.
    return null;
  } finally {
    wipe(padded);
  }
}

/** The modulus's length. Throws CofferError `bad-key` for another sort of key. */
function rsaBytesOf(pkcs8: Uint8Array): number {
  const bits = privateKeyObject(pkcs8).asymmetricKeyDetails?.modulusLength;
  if (bits === undefined) throw new CofferError('bad-key', say('main-keys.private-key-expected-an-rsa-key'));
  return Math.ceil(bits / 8);
}

/** Looks at every byte, and branches on none, until all of them are known. */
function withoutPadding(padded: Uint8Array): Uint8Array | null {
  let bad = (padded[0] ?? 1) | ((padded[1] ?? 0) ^ 2);
  let [isBehind, start] = [0, 0];
  for (let at = 2; at < padded.length; at++) {
    // 1 for a zero byte: only zero less one has a sign.
    const isZero = (((padded[at] ?? 0) - 1) >>> 31) & 1;
    const isFirstZero = isZero & (isBehind ^ 1);
    start |= -isFirstZero & (at + 1);
    isBehind |= isZero;
  }
  bad |= isBehind ^ 1;
  bad |= ((start - (2 + minPaddingBytes + 1)) >>> 31) & 1;
  return bad === 0 ? Uint8Array.from(padded.subarray(start)) : null;
}

function notPasswordData(cause?: unknown): CofferError {
  return new CofferError('bad-request', say('main-keys.password-data-expected-base64-or-the-json-of'), { cause });
}
