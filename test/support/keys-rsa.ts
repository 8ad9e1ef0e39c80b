import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { succeed } from './keys-tools';

/** An RSA private key as numbers, in the order of PKCS#1. */
export interface RsaNumbers {
  readonly version: bigint;
  readonly n: bigint;
  readonly e: bigint;
  readonly d: bigint;
  readonly p: bigint;
  readonly q: bigint;
  readonly dp: bigint;
  readonly dq: bigint;
  readonly qi: bigint;
}

/** Numbers that belong together, made of two primes. */
export function rsaNumbers(p: bigint, q: bigint, e = 65537n): RsaNumbers {
  const d = inverse(e, (p - 1n) * (q - 1n));
  return { version: 0n, n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
}

/** The two best-known primes of a size: those of RFC 3526 and RFC 7919, as openssl has them. */
export async function publishedPrimes(bits: 2048 | 4096 | 8192): Promise<[bigint, bigint]> {
  return [await groupPrime(`modp_${bits}`), await groupPrime(`ffdhe${bits}`)];
}

/** PKCS#1 PEM with whatever numbers are given, made by openssl. */
export async function rsaPem(folder: string, numbers: RsaNumbers, label = 'RSA PRIVATE KEY'): Promise<Uint8Array> {
  const lines = Object.entries(numbers).map(([name, value]: [string, bigint]) => `${name}=INTEGER:${value}`);
  const [configuration, output] = [join(folder, 'numbers.cnf'), join(folder, 'numbers.der')];
  await writeFile(configuration, ['asn1=SEQUENCE:key', '[key]', ...lines, ''].join('\n'));
  await succeed('openssl', ['asn1parse', '-genconf', configuration, '-noout', '-out', output]);
  const base64 = await succeed('openssl', ['base64', '-in', output]);
  return new TextEncoder().encode(`-----BEGIN ${label}-----\n${base64}-----END ${label}-----\n`);
}

/** Reads the numbers of a PKCS#1 PEM file by way of openssl. */
export async function readNumbers(file: string): Promise<RsaNumbers> {
  const listing = await succeed('openssl', ['asn1parse', '-in', file]);
  const [version = 0n, n = 0n, e = 0n, d = 0n, p = 0n, q = 0n, dp = 0n, dq = 0n, qi = 0n] = integersIn(listing);
  return { version, n, e, d, p, q, dp, dq, qi };
}

async function groupPrime(group: string): Promise<bigint> {
  const pem = await succeed('openssl', ['genpkey', '-genparam', '-algorithm', 'DH', '-pkeyopt', `group:${group}`]);
  const [prime = 0n] = integersIn(await succeed('openssl', ['asn1parse'], pem));
  return prime;
}

function integersIn(listing: string): bigint[] {
  return [...listing.matchAll(/INTEGER\s+:([0-9A-F]+)/g)].map((match) => BigInt(`0x${match[1] ?? ''}`));
}

function inverse(value: bigint, modulus: bigint): bigint {
  let [r, nextR, t, nextT] = [modulus, value % modulus, 0n, 1n];
  while (nextR !== 0n) {
    const quotient = r / nextR;
    [r, nextR] = [nextR, r - quotient * nextR];
    [t, nextT] = [nextT, t - quotient * nextT];
  }
  return t < 0n ? t + modulus : t;
}
