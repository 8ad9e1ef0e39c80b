import forge from 'node-forge';
import { pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';

/** Most that is paid for a file from outside. */
const maxIterations = 10_000_000;
const maxScryptMiB = 128;
const maxScryptParallel = 16;

const { asn1 } = forge;

/** Object identifiers that Coffer writes and reads. */
export const oid = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  scrypt: '1.3.6.1.4.1.11591.4.11',
  hmacSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
} as const;

const hmacs: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  [oid.hmacSha256]: 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};
const ciphers: Readonly<
  Record<string, { readonly name: string; readonly keyBytes: number; readonly ivBytes: number }>
> = {
  '2.16.840.1.101.3.4.1.2': { name: 'aes-128-cbc', keyBytes: 16, ivBytes: 16 },
  '2.16.840.1.101.3.4.1.22': { name: 'aes-192-cbc', keyBytes: 24, ivBytes: 16 },
  [oid.aes256Cbc]: { name: 'aes-256-cbc', keyBytes: 32, ivBytes: 16 },
  '1.2.840.113549.3.7': { name: 'des-ede3-cbc', keyBytes: 24, ivBytes: 8 },
};

/** What an EncryptedPrivateKeyInfo says about itself; costs are within the limits. */
export interface Pbes2Parameters {
  /** Derives `keyBytes` bytes on Node's thread pool; the caller wipes them. */
  readonly derive: (passphrase: Uint8Array, keyBytes: number) => Promise<Uint8Array>;
  /** Of PBKDF2; for scrypt, what takes as long. */
  readonly iterations: number;
  /** Node's name of it. */
  readonly cipherName: string;
  readonly keyBytes: number;
  readonly iv: Uint8Array;
  readonly sealed: Uint8Array;
}

/**
 * Reads an EncryptedPrivateKeyInfo. It holds no plaintext, so that node-forge may hold it in strings.
 *
 * @param der - Not changed.
 * @throws CofferError `bad-key` for damage, an unsupported algorithm, or a cost above the limits.
 * @see RFC 5958 §3, RFC 8018 §A.2 and §A.4, RFC 7914 §7.
 */
export function readParameters(der: Uint8Array): Pbes2Parameters {
  const [algorithm, data] = children(parse(der));
  const [scheme, parameters] = children(algorithm);
  if (objectIdOf(scheme) !== oid.pbes2) {
    throw unsupported('an outdated encryption of PKCS#8; write it anew with "openssl pkcs8 -topk8 -v2 aes-256-cbc"');
  }
  const [kdf, encryption] = children(parameters);
  const [cipherId, ivValue] = children(encryption);
  const cipher = ciphers[objectIdOf(cipherId)];
  if (cipher === undefined) throw unsupported('an unsupported cipher');
  const iv = bytesOf(ivValue);
  if (iv.length !== cipher.ivBytes) throw damaged();
  const [kdfId, kdfParameters] = children(kdf);
  const kdfOid = objectIdOf(kdfId);
  const readKdf = kdfOid === oid.pbkdf2 ? readPbkdf2 : kdfOid === oid.scrypt ? readScrypt : null;
  if (readKdf === null) throw unsupported('an unsupported key derivation');
  const { derive, iterations } = readKdf(children(kdfParameters));
  return { derive, iterations, cipherName: cipher.name, keyBytes: cipher.keyBytes, iv, sealed: bytesOf(data) };
}

type Kdf = Pick<Pbes2Parameters, 'derive' | 'iterations'>;

function readPbkdf2(values: readonly forge.asn1.Asn1[]): Kdf {
  const [saltValue, countValue, ...optional] = values;
  const salt = bytesOf(saltValue);
  const count = numberOf(countValue);
  if (count < 1) throw damaged();
  if (count > maxIterations) throw tooCostly();
  const prf = optional.find((value) => value.type === asn1.Type.SEQUENCE);
  // RFC 8018 §A.2: HMAC-SHA-1 unless another is named.
  const hash = prf === undefined ? 'sha1' : hmacs[objectIdOf(children(prf)[0])];
  if (hash === undefined) throw unsupported('an unsupported key derivation');
  const derive: Kdf['derive'] = (passphrase, keyBytes) => promisify(pbkdf2)(passphrase, salt, count, keyBytes, hash);
  return { derive, iterations: count };
}

function readScrypt(values: readonly forge.asn1.Asn1[]): Kdf {
  const salt = bytesOf(values[0]);
  const [cost, blockSize, parallelization] = [numberOf(values[1]), numberOf(values[2]), numberOf(values[3])];
  const maxBytes = maxScryptMiB * 1024 * 1024;
  if (128 * cost * blockSize > maxBytes || parallelization > maxScryptParallel) throw tooCostly();
  if (cost < 2 || !Number.isInteger(Math.log2(cost)) || blockSize < 1 || parallelization < 1) throw damaged();
  const options = { cost, blockSize, parallelization, maxmem: maxBytes * 2 };
  const derive: Kdf['derive'] = (passphrase, keyBytes) =>
    new Promise((resolve, reject) => {
      scrypt(passphrase, salt, keyBytes, options, (error, key) => (error ? reject(error) : resolve(key)));
    });
  // One block of 64 bytes, mixed, takes about as long as one iteration with its two hashes.
  return { derive, iterations: 4 * cost * blockSize * parallelization };
}

function parse(der: Uint8Array): forge.asn1.Asn1 {
  try {
    return asn1.fromDer(asBuffer(der).toString('latin1'));
  } catch {
    throw damaged();
  }
}

function children(value: forge.asn1.Asn1 | undefined): forge.asn1.Asn1[] {
  if (value?.type !== asn1.Type.SEQUENCE || !Array.isArray(value.value)) throw damaged();
  return value.value;
}

function contentOf(value: forge.asn1.Asn1 | undefined, type: forge.asn1.Type): string {
  if (value?.type !== type || typeof value.value !== 'string') throw damaged();
  return value.value;
}

function objectIdOf(value: forge.asn1.Asn1 | undefined): string {
  return asn1.derToOid(contentOf(value, asn1.Type.OID));
}

function bytesOf(value: forge.asn1.Asn1 | undefined): Uint8Array {
  return Uint8Array.from(Buffer.from(contentOf(value, asn1.Type.OCTETSTRING), 'latin1'));
}

function numberOf(value: forge.asn1.Asn1 | undefined): number {
  const content = Buffer.from(contentOf(value, asn1.Type.INTEGER), 'latin1');
  if (content.length === 0 || (content[0] ?? 0) > 0x7f) throw damaged();
  // Larger numbers are above every limit.
  return content.length > 6 ? Infinity : content.readUIntBE(0, content.length);
}

function unsupported(what: string): CofferError {
  return new CofferError('bad-key', `key file: found ${what}; expected PBES2 with PBKDF2 or scrypt, and AES-CBC`);
}

function tooCostly(): CofferError {
  return new CofferError(
    'bad-key',
    `key file: its passphrase costs more than Coffer pays; expected at most ${maxIterations} PBKDF2 iterations, or scrypt in ${maxScryptMiB} MiB`,
  );
}

function damaged(): CofferError {
  return new CofferError('bad-key', 'key file: expected an encrypted PKCS#8 key; its content is damaged or cut short');
}
