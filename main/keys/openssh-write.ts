import { createCipheriv } from 'node:crypto';
import { concatBytes, uint32, utf8 } from '../crypto/encode';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { bcryptPbkdf } from './bcrypt-kdf';
import { checkComment } from './comment';
import { describeKey } from './describe';
import { opensshMagic } from './openssh';
import { writePem } from './pem';
import { ed25519Seed, pkcs1Of } from './pkcs8';
import { readRsaParts } from './rsa';
import { sshMpint, sshString } from './ssh-wire';

/** What ssh-keygen uses since OpenSSH 9.4. */
const rounds = 24;
const saltBytes = 16;
/** aes256-ctr. */
const keyBytes = 32;
const ivBytes = 16;
/** Block size that a key without a passphrase is padded to. */
const plainBlockBytes = 8;

/**
 * Writes an OpenSSH private key without a passphrase.
 *
 * @param pkcs8 - DER, RSA or Ed25519; not changed, stays the caller's.
 * @param comment - Kept inside the file; may be empty.
 * @returns PEM as ASCII bytes that the caller owns and wipes.
 * @throws CofferError `bad-key` if it is no such key; `bad-request` for a comment of more than a line.
 * @see OpenSSH PROTOCOL.key.
 */
export function writePlainOpenssh(pkcs8: Uint8Array, comment: string): Uint8Array {
  const secret = privatePart(pkcs8, comment, plainBlockBytes);
  const none = sshString(utf8('none'));
  const file = container(pkcs8, [none, none, sshString(new Uint8Array())], secret);
  try {
    return writePem('OPENSSH PRIVATE KEY', file, 70);
  } finally {
    wipe(secret, file);
  }
}

/**
 * Writes an OpenSSH private key under a passphrase: bcrypt with 24 rounds and aes256-ctr, as ssh-keygen does.
 *
 * @param pkcs8 - As for {@link writePlainOpenssh}.
 * @param comment - As for {@link writePlainOpenssh}.
 * @param passphrase - UTF-8 bytes, at least one; not changed, stays the caller's.
 * @returns PEM as ASCII bytes.
 * @throws CofferError as {@link writePlainOpenssh} does.
 */
export async function writeSealedOpenssh(
  pkcs8: Uint8Array,
  comment: string,
  passphrase: Uint8Array,
): Promise<Uint8Array> {
  const salt = systemRandom(saltBytes);
  const kdfOptions = concatBytes([sshString(salt), uint32(rounds)]);
  const head = [sshString(utf8('aes256-ctr')), sshString(utf8('bcrypt')), sshString(kdfOptions)];
  const secret = privatePart(pkcs8, comment, ivBytes);
  let keyAndIv: Uint8Array | null = null;
  try {
    keyAndIv = await bcryptPbkdf(passphrase, salt, rounds, keyBytes + ivBytes);
    const cipher = createCipheriv('aes-256-ctr', keyAndIv.subarray(0, keyBytes), keyAndIv.subarray(keyBytes));
    const sealed = concatBytes([cipher.update(secret), cipher.final()]);
    return writePem('OPENSSH PRIVATE KEY', container(pkcs8, head, sealed), 70);
  } finally {
    wipe(secret, keyAndIv);
  }
}

function container(pkcs8: Uint8Array, head: readonly Uint8Array[], privateBytes: Uint8Array): Uint8Array {
  const publicBlob = sshString(describeKey(pkcs8).sshPublicBlob);
  return concatBytes([opensshMagic, ...head, uint32(1), publicBlob, uint32(privateBytes.length), privateBytes]);
}

/** The part that a passphrase seals: twice the same random number, the key, the comment, padding 1, 2, 3. */
function privatePart(pkcs8: Uint8Array, comment: string, blockBytes: number): Uint8Array {
  checkComment(comment);
  const check = systemRandom(4);
  const fields = keyFields(pkcs8);
  const end = sshString(utf8(comment));
  const length = 2 * check.length + fields.reduce((sum, field) => sum + field.length, 0) + end.length;
  const paddingBytes = (blockBytes - (length % blockBytes)) % blockBytes;
  try {
    return concatBytes([
      check,
      check,
      ...fields,
      end,
      Uint8Array.from({ length: paddingBytes }, (_, index) => index + 1),
    ]);
  } finally {
    wipe(...fields);
  }
}

function keyFields(pkcs8: Uint8Array): Uint8Array[] {
  const { algorithm, sshPublicBlob } = describeKey(pkcs8);
  if (algorithm.type === 'ed25519') {
    const publicKey = sshPublicBlob.subarray(-32);
    const privateKey = concatBytes([ed25519Seed(pkcs8), publicKey]);
    try {
      return [sshString(utf8('ssh-ed25519')), sshString(publicKey), sshString(privateKey)];
    } finally {
      wipe(privateKey);
    }
  }
  const pkcs1 = pkcs1Of(pkcs8);
  try {
    const { n, e, d, p, q, qi } = readRsaParts(pkcs1);
    return [sshString(utf8('ssh-rsa')), ...[n, e, d, qi, p, q].map(sshMpint)];
  } finally {
    wipe(pkcs1);
  }
}
