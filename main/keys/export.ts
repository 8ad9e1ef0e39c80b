import { say } from '../../preload/words/say';
import { concatBytes, utf8 } from '../crypto/encode';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { describeKey, publicLine } from './describe';
import { writeLegacyPem } from './legacy-pem';
import { writePlainOpenssh, writeSealedOpenssh } from './openssh-write';
import { encryptPkcs8 } from './pbes2';
import { writePem } from './pem';
import { pkcs1Of, privateKeyObject } from './pkcs8';
import { writePlainPpk, writeSealedPpk } from './ppk-write';

/** ssh-keygen takes no shorter one. */
const minPassphraseBytes = 5;
/** ssh and openssl read at most this much from a terminal. */
const maxPassphraseBytes = 1023;

const ppkVersions = { ppk2: 2, ppk3: 3 } as const;

/** Formats of a private key. PKCS#1 is for RSA alone. */
export type PrivateFormat = 'pkcs1' | 'pkcs8' | 'openssh' | 'ppk2' | 'ppk3';

/** How a private key is to be written. */
export interface PrivateKeyOptions {
  /** UTF-8 bytes, 5 to 1023, without line ends and NUL; null writes the key in the clear. Stays the caller's, who wipes it. */
  readonly passphrase: Uint8Array | null;
  /** Kept inside OpenSSH and PPK files; the other formats have no place for it. */
  readonly comment: string;
}

/**
 * Writes a private key as a PEM file, or as PuTTY's PPK. Key derivation leaves the thread free.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @param format - `pkcs1` and `ppk2` under a passphrase have a weak key derivation (see `legacy-pem.ts`, `ppk.ts`).
 * @param options - Passphrase and comment.
 * @returns Bytes in an array of their own, UTF-8; the caller owns them and wipes them.
 * @throws CofferError `bad-request` for PKCS#1 of an Ed25519 key, a passphrase that other programs cannot take, or a comment
 * of more than a line; `bad-key` if the bytes are no key.
 */
export async function writePrivateKey(
  pkcs8: Uint8Array,
  format: PrivateFormat,
  options: PrivateKeyOptions,
): Promise<Uint8Array> {
  const { passphrase, comment } = options;
  if (passphrase === null) return writePlainPrivateKey(pkcs8, format, comment);
  checkPassphrase(passphrase);
  if (format === 'openssh') return writeSealedOpenssh(pkcs8, comment, passphrase);
  if (format === 'ppk2' || format === 'ppk3') return writeSealedPpk(pkcs8, ppkVersions[format], comment, passphrase);
  if (format === 'pkcs8') return writePem('ENCRYPTED PRIVATE KEY', await encryptPkcs8(pkcs8, passphrase));
  const pkcs1 = pkcs1ForExport(pkcs8);
  try {
    return writeLegacyPem(pkcs1, passphrase);
  } finally {
    wipe(pkcs1);
  }
}

/**
 * Writes a private key as a PEM file without a passphrase.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @param format - `pkcs1` gives the file that AWS hands out.
 * @param comment - Kept inside OpenSSH files.
 * @returns ASCII bytes in an array of their own; the caller owns them and wipes them.
 * @throws CofferError as {@link writePrivateKey} does.
 */
export function writePlainPrivateKey(pkcs8: Uint8Array, format: PrivateFormat, comment: string): Uint8Array {
  if (format === 'openssh') return writePlainOpenssh(pkcs8, comment);
  if (format === 'ppk2' || format === 'ppk3') return writePlainPpk(pkcs8, ppkVersions[format], comment);
  if (format === 'pkcs8') return writePem('PRIVATE KEY', pkcs8);
  const pkcs1 = pkcs1ForExport(pkcs8);
  try {
    return writePem('RSA PRIVATE KEY', pkcs1);
  } finally {
    wipe(pkcs1);
  }
}

/**
 * Writes the public key as an OpenSSH `.pub` file: one line and its end.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @param comment - May be empty.
 * @throws CofferError `bad-request` for a comment of more than a line; `bad-key` if the bytes are no key.
 */
export function writePublicKey(pkcs8: Uint8Array, comment: string): Uint8Array {
  return concatBytes([utf8(publicLine(describeKey(pkcs8).sshPublicBlob, comment)), utf8('\n')]);
}

function pkcs1ForExport(pkcs8: Uint8Array): Uint8Array {
  if (privateKeyObject(pkcs8).asymmetricKeyType !== 'rsa') {
    throw new CofferError('bad-request', say('main-keys.format-expected-openssh-or-pkcs-8-since-pkcs'));
  }
  return pkcs1Of(pkcs8);
}

function checkPassphrase(passphrase: Uint8Array): void {
  if (passphrase.length < minPassphraseBytes || passphrase.length > maxPassphraseBytes) {
    throw new CofferError(
      'bad-request',
      say('main-keys.passphrase-expected-to-bytes-ssh-and-openssl-take', { minPassphraseBytes, maxPassphraseBytes }),
    );
  }
  if (passphrase.some((byte) => byte === 0 || byte === 0x0a || byte === 0x0d)) {
    throw new CofferError('bad-request', say('main-keys.passphrase-expected-no-line-ends-and-no-nul'));
  }
}
