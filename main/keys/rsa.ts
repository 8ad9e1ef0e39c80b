import { checkPrime, createPrivateKey, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { derTag, derUnsigned, readDerSequence, writeDer, writeDerUnsigned } from './der';

/** Sizes that are read: neither OpenSSL nor BoringSSL goes lower or higher. Of those that EC2 does not take the record tells. */
const minBits = 512;
const maxBits = 16_384;
/** BoringSSL takes public exponents of at most 33 bits. */
const maxExponentBits = 33;
/** How far a prime may be longer than half the modulus. It bounds the test for primes, whose cost grows with the third power. */
const maxPrimeExcessBits = 16;

/** The numbers of an RSA private key in the order of RFC 8017 §A.1.2, big-endian, without leading zeros. */
export interface RsaParts {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  readonly dp: Uint8Array;
  readonly dq: Uint8Array;
  readonly qi: Uint8Array;
}

/**
 * Reads a PKCS#1 RSAPrivateKey.
 *
 * @param pkcs1 - DER; not changed. The parts are views into it: wiping it wipes them.
 * @throws CofferError `bad-key` if it is not such a structure, has more than two primes, or is outside the sizes that are read.
 * @see RFC 8017 §A.1.2.
 */
export function readRsaParts(pkcs1: Uint8Array): RsaParts {
  const [version, ...numbers] = readDerSequence(pkcs1);
  if (derUnsigned(version).length > 0 || numbers.length !== 8) {
    throw new CofferError('bad-key', say('main-keys.key-file-expected-an-rsa-key-of-two'));
  }
  const [n, e, d, p, q, dp, dq, qi] = numbers.map(derUnsigned) as EightNumbers;
  const parts = { n, e, d, p, q, dp, dq, qi };
  checkSizes(parts);
  return parts;
}

/**
 * Adds the two exponents that OpenSSH's format leaves out.
 *
 * @param parts - Not changed.
 * @returns Parts of which `dp` and `dq` are fresh; the caller wipes them.
 * @throws CofferError `bad-key` if the size is outside what is read or a prime is less than 2.
 */
export function completeRsaParts(parts: Omit<RsaParts, 'dp' | 'dq'>): RsaParts {
  checkSizes(parts);
  const [d, p, q] = [toBigInt(parts.d), toBigInt(parts.p), toBigInt(parts.q)];
  if (p < 2n || q < 2n) throw inconsistent();
  return { ...parts, dp: toBytes(d % (p - 1n), parts.p.length), dq: toBytes(d % (q - 1n), parts.q.length) };
}

/**
 * Checks that the numbers of a key belong together and makes it a KeyObject. The slow part, the test for primes, runs on Node's
 * thread pool: some 10 ms for 2048 bits, 0.1 s for 4096, 3 to 30 s for 16,384.
 * The BigInts of this check cannot be wiped and stay in memory until they are collected; accepted, since it happens once for
 * each import and neither OpenSSL nor BoringSSL offers the check through Node.
 *
 * @param parts - Not changed.
 * @throws CofferError `bad-key` if they do not: the primes do not multiply to the modulus, or an exponent is not the inverse.
 */
export async function checkedRsaKey(parts: RsaParts): Promise<KeyObject> {
  checkSizes(parts);
  const [n, e, d] = [toBigInt(parts.n), toBigInt(parts.e), toBigInt(parts.d)];
  const [p, q, qi] = [toBigInt(parts.p), toBigInt(parts.q), toBigInt(parts.qi)];
  if (p < 3n || q < 3n || p * q !== n || e < 3n || e % 2n === 0n || d >= n) throw inconsistent();
  if ((e * d) % (p - 1n) !== 1n || (e * d) % (q - 1n) !== 1n) throw inconsistent();
  if (d % (p - 1n) !== toBigInt(parts.dp) || d % (q - 1n) !== toBigInt(parts.dq)) throw inconsistent();
  if ((qi * q) % p !== 1n || qi >= p) throw inconsistent();
  // Not by signing and verifying: where that fails on the thread pool, Node 20 ends the whole process.
  const arePrimes = await Promise.all([parts.p, parts.q].map((prime) => promisify(checkPrime)(prime)));
  if (arePrimes.includes(false)) throw inconsistent();
  const der = writeRsaParts(parts);
  try {
    return createPrivateKey({ key: asBuffer(der), format: 'der', type: 'pkcs1' });
  } catch (cause) {
    throw inconsistent(cause);
  } finally {
    wipe(der);
  }
}

/**
 * Length of a number in bits.
 *
 * @param digits - Big-endian, without leading zeros.
 */
export function bitLength(digits: Uint8Array): number {
  return digits.length === 0 ? 0 : digits.length * 8 - Math.clz32(digits[0] ?? 0) + 24;
}

type EightNumbers = [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];

function checkSizes(parts: Omit<RsaParts, 'dp' | 'dq'>): void {
  const bits = bitLength(parts.n);
  if (bits < minBits || bits > maxBits) {
    throw new CofferError('bad-key', say('main-keys.key-file-expected-an-rsa-key-of-to-bits', { minBits, maxBits }));
  }
  if (bitLength(parts.e) > maxExponentBits) {
    throw new CofferError('bad-key', say('main-keys.key-file-expected-an-rsa-public-exponent-of', { maxExponentBits }));
  }
  if (parts.d.length > parts.n.length) throw inconsistent();
  if ([parts.p, parts.q, parts.qi].some((part) => bitLength(part) > bits / 2 + maxPrimeExcessBits))
    throw inconsistent();
}

/** DER of a PKCS#1 RSAPrivateKey (RFC 8017 §A.1.2); the caller wipes it. */
function writeRsaParts(parts: RsaParts): Uint8Array {
  const { n, e, d, p, q, dp, dq, qi } = parts;
  const numbers = [new Uint8Array(), n, e, d, p, q, dp, dq, qi].map(writeDerUnsigned);
  try {
    return writeDer(derTag.sequence, ...numbers);
  } finally {
    wipe(...numbers);
  }
}

function toBigInt(digits: Uint8Array): bigint {
  const view = new DataView(digits.buffer, digits.byteOffset, digits.length);
  let value = 0n;
  let offset = 0;
  for (; offset + 8 <= digits.length; offset += 8) value = (value << 64n) | view.getBigUint64(offset);
  for (; offset < digits.length; offset++) value = (value << 8n) | BigInt(view.getUint8(offset));
  return value;
}

function toBytes(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let left = value;
  for (let index = length - 1; index >= 0; index--) {
    bytes[index] = Number(left & 0xffn);
    left >>= 8n;
  }
  return bytes;
}

function inconsistent(cause?: unknown): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-the-numbers-of-this-rsa-key'), { cause });
}
