import { hash as hashOnce } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import { freshBytes } from '../crypto/fresh-bytes';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';

/** Hashes that PKCS#12 files use, with the length of a block in bytes. */
const blockBytes = { sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 } as const;
/** Their lengths in bytes. */
export const hashBytes = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 } as const;
/** How long the thread is kept before others get their turn. */
const sliceMs = 5;
/** How many rounds pass between two looks at the clock; some 0.1 ms. */
const roundsPerLook = 64;

/** One of the hashes. */
export type Pkcs12Hash = keyof typeof blockBytes;
/** What the derived bytes are for: key, IV, MAC key. */
export const pkcs12Purpose = { key: 1, iv: 2, mac: 3 } as const;

/** How to derive. */
export interface Pkcs12Derivation {
  readonly hash: Pkcs12Hash;
  readonly salt: Uint8Array;
  /** At least 1; the caller bounds what it has read from a file, by {@link roundsOf}. */
  readonly iterations: number;
  readonly purpose: 1 | 2 | 3;
  readonly lengthBytes: number;
}

/**
 * How many hashes a derivation takes; one takes some 2 µs.
 *
 * @param derivation - What is about to be derived.
 */
export function roundsOf({ hash, iterations, lengthBytes }: Omit<Pkcs12Derivation, 'salt' | 'purpose'>): number {
  return iterations * Math.ceil(lengthBytes / hashBytes[hash]);
}

/**
 * Derives bytes from a passphrase as PKCS#12 does. Node has no native form of it: the loop gives way every 5 ms.
 *
 * @param passphrase - By {@link toBmpString}; not changed, stays the caller's.
 * @returns Bytes that the caller owns and wipes.
 * @see RFC 7292, appendix B.2.
 */
export async function derivePkcs12(passphrase: Uint8Array, derivation: Pkcs12Derivation): Promise<Uint8Array> {
  const { hash, salt, iterations, purpose, lengthBytes } = derivation;
  const block = blockBytes[hash];
  const diversifier = new Uint8Array(block).fill(purpose);
  const input = freshBytes(padded(salt.length, block) + padded(passphrase.length, block));
  fill(input.subarray(0, padded(salt.length, block)), salt);
  fill(input.subarray(padded(salt.length, block)), passphrase);
  const derived = freshBytes(lengthBytes);
  try {
    for (let at = 0; at < lengthBytes;) {
      const digest = await hashRepeatedly(hash, concatBytes([diversifier, input]), iterations);
      derived.set(digest.subarray(0, lengthBytes - at), at);
      at += digest.length;
      addToBlocks(input, block, digest);
      wipe(digest);
    }
    return derived;
  } finally {
    wipe(input);
  }
}

/**
 * Hashes, and hashes the digest, again and again; gives way every 5 ms. This is PBKDF1, too (RFC 8018 §5.1).
 *
 * @param hash - Node's name of it.
 * @param first - Is wiped.
 * @param iterations - At least 1; the caller bounds what it has read from a file.
 * @returns Bytes that the caller owns and wipes.
 */
export async function hashRepeatedly(
  hash: Pkcs12Hash | 'md5',
  first: Uint8Array,
  iterations: number,
): Promise<Uint8Array> {
  let digest = first;
  let turnEndsMs = performance.now() + sliceMs;
  for (let round = 0; round < iterations; round++) {
    // One call, as a Hash object takes Electron ten times as long as the hashing itself.
    const next = hashOnce(hash, digest, 'buffer');
    wipe(digest);
    digest = next;
    if (round % roundsPerLook !== 0 || performance.now() < turnEndsMs) continue;
    await nextTurn();
    turnEndsMs = performance.now() + sliceMs;
  }
  return digest;
}

/**
 * A passphrase as PKCS#12 wants it: UTF-16, big-endian, with two zero bytes at the end. No string is made of it.
 *
 * @param utf8 - Not changed.
 * @returns Bytes that the caller owns and wipes.
 * @throws CofferError `bad-request` unless it is UTF-8.
 * @see RFC 7292, appendix B.1.
 */
export function toBmpString(utf8: Uint8Array): Uint8Array {
  const room = freshBytes(utf8.length * 2 + 2);
  let length = 0;
  const put = (unit: number) => {
    room[length++] = unit >> 8;
    room[length++] = unit & 0xff;
  };
  for (let at = 0; at < utf8.length;) {
    const first = utf8[at++] ?? 0;
    const more = first < 0x80 ? 0 : first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc2 ? 1 : -1;
    if (more < 0 || at + more > utf8.length)
      throw new CofferError('bad-request', say('main-keys.passphrase-expected-utf-8'));
    let point = more === 0 ? first : first & (0x3f >> more);
    for (let n = 0; n < more; n++) point = (point << 6) | ((utf8[at++] ?? 0) & 0x3f);
    if (point < 0x10000) put(point);
    else {
      put(0xd800 + ((point - 0x10000) >> 10));
      put(0xdc00 + ((point - 0x10000) & 0x3ff));
    }
  }
  put(0);
  const exact = freshBytes(length);
  exact.set(room.subarray(0, length));
  wipe(room);
  return exact;
}

function padded(length: number, block: number): number {
  return Math.ceil(length / block) * block;
}

function fill(target: Uint8Array, source: Uint8Array): void {
  for (let at = 0; at < target.length; at++) target[at] = source[at % source.length] ?? 0;
}

/** Each block becomes block + digest (repeated) + 1, as a number. */
function addToBlocks(input: Uint8Array, block: number, digest: Uint8Array): void {
  for (let start = 0; start < input.length; start += block) {
    let carry = 1;
    for (let at = block - 1; at >= 0; at--) {
      carry += (input[start + at] ?? 0) + (digest[at % digest.length] ?? 0);
      input[start + at] = carry & 0xff;
      carry >>= 8;
    }
  }
}
