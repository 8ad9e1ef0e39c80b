import { createPrivateKey, sign, verify, type KeyObject } from 'node:crypto';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { derTag, derUnsigned, readDerSequence, writeDer, writeDerUnsigned } from './der';

/** Sizes that are read: EC2 and the standards go no lower, OpenSSL and BoringSSL no higher. */
const minBits = 1024;
const maxBits = 16_384;
/** BoringSSL takes public exponents of at most 33 bits. */
const maxExponentBits = 33;

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
    throw new CofferError('bad-key', 'key file: expected an RSA key of two primes');
  }
  const [n, e, d, p, q, dp, dq, qi] = numbers.map(derUnsigned) as EightNumbers;
  const parts = { n, e, d, p, q, dp, dq, qi };
  checkSizes(parts);
  return parts;
}

/**
 * Writes a PKCS#1 RSAPrivateKey.
 *
 * @param parts - Not changed.
 * @returns DER that the caller owns and wipes.
 * @see RFC 8017 §A.1.2.
 */
export function writeRsaParts(parts: RsaParts): Uint8Array {
  const { n, e, d, p, q, dp, dq, qi } = parts;
  const numbers = [new Uint8Array(), n, e, d, p, q, dp, dq, qi].map(writeDerUnsigned);
  try {
    return writeDer(derTag.sequence, ...numbers);
  } finally {
    wipe(...numbers);
  }
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
 * Checks that the numbers of a key belong together and makes it a KeyObject; the slow part runs on Node's thread pool.
 * The BigInts of this check cannot be wiped and stay in memory until they are collected; accepted, since it happens once for
 * each import and neither OpenSSL nor BoringSSL offers the check through Node.
 *
 * @param parts - Not changed.
 * @throws CofferError `bad-key` if they do not: the primes do not multiply to the modulus, or an exponent is not the inverse.
 */
export async function checkedRsaKey(parts: RsaParts): Promise<KeyObject> {
  checkSizes(parts);
  const [n, e, d, p, q] = [parts.n, parts.e, parts.d, parts.p, parts.q].map(toBigInt) as [
    bigint,
    bigint,
    bigint,
    bigint,
    bigint,
  ];
  if (p < 3n || q < 3n || p * q !== n || e < 3n || e % 2n === 0n || d >= n) throw inconsistent();
  if ((e * d) % (p - 1n) !== 1n || (e * d) % (q - 1n) !== 1n) throw inconsistent();
  if (d % (p - 1n) !== toBigInt(parts.dp) || d % (q - 1n) !== toBigInt(parts.dq)) throw inconsistent();
  if ((toBigInt(parts.qi) * q) % p !== 1n || toBigInt(parts.qi) >= p) throw inconsistent();
  const der = writeRsaParts(parts);
  try {
    const key = createPrivateKey({ key: Buffer.from(der.buffer), format: 'der', type: 'pkcs1' });
    // A signature that verifies shows what the equations do not: that p and q act as primes.
    if (!(await signsWhatVerifies(key))) throw inconsistent();
    return key;
  } catch (cause) {
    throw cause instanceof CofferError ? cause : inconsistent(cause);
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
    throw new CofferError('bad-key', `key file: expected an RSA key of ${minBits} to ${maxBits} bits`);
  }
  if (bitLength(parts.e) > maxExponentBits) {
    throw new CofferError('bad-key', `key file: expected an RSA public exponent of at most ${maxExponentBits} bits`);
  }
  if ([parts.d, parts.p, parts.q, parts.qi].some((part) => part.length > parts.n.length)) throw inconsistent();
}

async function signsWhatVerifies(key: KeyObject): Promise<boolean> {
  const message = Buffer.from('Coffer checks an RSA key');
  const signature = await new Promise<Buffer>((resolve, reject) => {
    sign('sha256', message, key, (error, made) => (error ? reject(error) : resolve(made)));
  });
  return verify('sha256', message, key, signature);
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
  return new CofferError('bad-key', 'key file: the numbers of this RSA key do not belong together', { cause });
}
