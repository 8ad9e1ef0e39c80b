import bcrypt from 'bcrypt-pbkdf';
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { concatBytes, uint32 } from '../crypto/encode';
import { wipe } from '../crypto/wipe';

const hashBytes = 32;

/**
 * Derives key and IV of an OpenSSH private key. The package's own `pbkdf` would block the thread for 300 to 450 ms at 16
 * rounds; this loop gives way after each bcrypt hash, that is after some 6 ms.
 *
 * @param passphrase - At least one byte; not changed.
 * @param salt - At least one byte; not changed.
 * @param rounds - At least 1; the caller bounds what it has read from a file.
 * @param lengthBytes - 1 to 1024.
 * @param signal - Once it is aborted, its reason is thrown after the hash that runs.
 * @returns Bytes that the caller owns and wipes.
 * @see OpenBSD lib/libutil/bcrypt_pbkdf.c.
 */
export async function bcryptPbkdf(
  passphrase: Uint8Array,
  salt: Uint8Array,
  rounds: number,
  lengthBytes: number,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const blocks = Math.ceil(lengthBytes / hashBytes);
  const derived = new Uint8Array(lengthBytes);
  const passphraseHash = sha512(passphrase);
  const [sum, hash] = [new Uint8Array(hashBytes), new Uint8Array(hashBytes)];
  try {
    for (let block = 0; block < blocks; block++) {
      sum.fill(0);
      let saltHash = sha512(concatBytes([salt, uint32(block + 1)]));
      for (let round = 0; round < rounds; round++) {
        bcrypt.hash(passphraseHash, saltHash, hash);
        for (const [index, byte] of hash.entries()) sum[index] = (sum[index] ?? 0) ^ byte;
        wipe(saltHash);
        saltHash = sha512(hash);
        await nextTurn();
        signal?.throwIfAborted();
      }
      wipe(saltHash);
      // The blocks' bytes are interleaved, so that each part of the output costs all blocks.
      for (let index = 0; index * blocks + block < lengthBytes; index++)
        derived[index * blocks + block] = sum[index] ?? 0;
    }
    return derived;
  } finally {
    wipe(passphraseHash, sum, hash);
  }
}

function sha512(bytes: Uint8Array): Uint8Array {
  return createHash('sha512').update(bytes).digest();
}
