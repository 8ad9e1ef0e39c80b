import { createCipheriv } from 'node:crypto';
import { concatBytes, utf8 } from '../crypto/encode';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { asBuffer, toBase64 } from './bytes';
import { checkComment } from './comment';
import { describeKey } from './describe';
import { ed25519Seed, pkcs1Of } from './pkcs8';
import {
  plainPpkSecrets,
  ppk2Secrets,
  ppk3Secrets,
  ppkBlockBytes,
  ppkMac,
  sha1,
  wipePpkSecrets,
  type PpkContent,
  type PpkDerivation,
  type PpkSecrets,
  type PpkVersion,
} from './ppk';
import { readRsaParts } from './rsa';
import { sshMpint, sshString } from './ssh-wire';

const columns = 64;
const saltBytes = 16;
/** PuTTY's own memory and lanes; passes for some 0.1 to 0.2 s. */
const costs = { variant: 'argon2id', memoryKiB: 8192, timeCost: 32, parallelism: 1 } as const;

/**
 * Writes a PuTTY key without a passphrase.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @param version - 3 for PuTTY 0.75 (2021) and later, 2 for older programs.
 * @param comment - Kept inside the file; may be empty.
 * @returns Bytes that the caller owns and wipes. LF ends lines.
 * @throws CofferError `bad-key` if it is no such key; `bad-request` for a comment of more than a line.
 * @see PuTTY manual, appendix C.
 */
export function writePlainPpk(pkcs8: Uint8Array, version: PpkVersion, comment: string): Uint8Array {
  return write(pkcs8, version, comment, plainPpkSecrets(version), null);
}

/**
 * Writes a PuTTY key under a passphrase: version 3 with Argon2id, 8 MiB; version 2 with a single SHA-1 and no salt, which a
 * thief guesses fast. Offer version 2 for old programs and say so.
 *
 * @param pkcs8 - As for {@link writePlainPpk}.
 * @param version - As for {@link writePlainPpk}.
 * @param comment - As for {@link writePlainPpk}.
 * @param passphrase - UTF-8 bytes, at least one; not changed, stays the caller's.
 * @throws CofferError as {@link writePlainPpk} does.
 */
export async function writeSealedPpk(
  pkcs8: Uint8Array,
  version: PpkVersion,
  comment: string,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  const derivation = version === 2 ? null : { ...costs, salt: systemRandom(saltBytes) };
  const secrets = derivation === null ? ppk2Secrets(passphrase) : await ppk3Secrets(passphrase, derivation);
  try {
    return write(pkcs8, version, comment, secrets, derivation);
  } finally {
    wipePpkSecrets(secrets);
  }
}

function write(
  pkcs8: Uint8Array,
  version: PpkVersion,
  comment: string,
  secrets: PpkSecrets,
  derivation: PpkDerivation | null,
): Uint8Array {
  checkComment(comment);
  const { algorithm, sshPublicBlob } = describeKey(pkcs8);
  const privateBlob = privateBlobOf(pkcs8, secrets.key === null ? 1 : ppkBlockBytes);
  const content: PpkContent = {
    algorithm: algorithm.type === 'rsa' ? 'ssh-rsa' : 'ssh-ed25519',
    encryption: secrets.key === null ? 'none' : 'aes256-cbc',
    comment: utf8(comment),
    publicBlob: sshPublicBlob,
    privateBlob,
  };
  const mac = ppkMac(version, secrets.macKey, content);
  const sealed = secrets.key === null ? privateBlob : encrypt(secrets.key, secrets.iv, privateBlob);
  const privateLines = base64Lines('Private-Lines', sealed);
  try {
    return concatBytes([
      utf8(`PuTTY-User-Key-File-${version}: ${content.algorithm}\n`),
      utf8(`Encryption: ${content.encryption}\nComment: ${comment}\n`),
      base64Lines('Public-Lines', sshPublicBlob),
      utf8(derivation === null ? '' : derivationLines(derivation)),
      privateLines,
      utf8(`Private-MAC: ${hexOf(mac)}\n`),
    ]);
  } finally {
    wipe(privateBlob, privateLines);
  }
}

function derivationLines({ memoryKiB, timeCost, parallelism, salt }: PpkDerivation): string {
  return [
    'Key-Derivation: Argon2id',
    `Argon2-Memory: ${memoryKiB}`,
    `Argon2-Passes: ${timeCost}`,
    `Argon2-Parallelism: ${parallelism}`,
    `Argon2-Salt: ${hexOf(salt)}`,
    '',
  ].join('\n');
}

/** RSA: d, p, q, iqmp; Ed25519: the seed. Padded with the start of the blob's SHA-1, as PuTTY does. */
function privateBlobOf(pkcs8: Uint8Array, blockBytes: number): Uint8Array {
  const numbers = describeKey(pkcs8).algorithm.type === 'rsa' ? rsaNumbers(pkcs8) : [sshString(ed25519Seed(pkcs8))];
  const unpadded = concatBytes(numbers);
  const digest = sha1([unpadded]);
  const paddingBytes = (blockBytes - (unpadded.length % blockBytes)) % blockBytes;
  try {
    return concatBytes([unpadded, digest.subarray(0, paddingBytes)]);
  } finally {
    wipe(unpadded, digest, ...numbers);
  }
}

function rsaNumbers(pkcs8: Uint8Array): Uint8Array[] {
  const pkcs1 = pkcs1Of(pkcs8);
  try {
    const { d, p, q, qi } = readRsaParts(pkcs1);
    return [d, p, q, qi].map(sshMpint);
  } finally {
    wipe(pkcs1);
  }
}

function encrypt(key: Uint8Array, iv: Uint8Array, privateBlob: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return concatBytes([cipher.update(privateBlob), cipher.final()]);
}

/** A line with the count of the lines that follow, then these. */
function base64Lines(name: string, bytes: Uint8Array): Uint8Array {
  const base64 = toBase64(bytes);
  const lines: Uint8Array[] = [utf8(`${name}: ${Math.ceil(base64.length / columns)}\n`)];
  for (let offset = 0; offset < base64.length; offset += columns) {
    lines.push(base64.subarray(offset, offset + columns), utf8('\n'));
  }
  try {
    return concatBytes(lines);
  } finally {
    wipe(base64);
  }
}

function hexOf(bytes: Uint8Array): string {
  return asBuffer(bytes).toString('hex');
}
