import { pbkdf2, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { readBerValues } from './ber';
import { derContent, derNumber, derTag, type DerValue } from './der';
import type { DerivationBudget } from './derivation-budget';
import { byOid, oidOf } from './oid';

/** Object identifiers of the derivations of PKCS#5. */
export const kdfOid = { pbkdf2: '1.2.840.113549.1.5.12', scrypt: '1.3.6.1.4.1.11591.4.11' } as const;

/** The pseudo-random functions of PBKDF2, and the MACs of PBMAC1: HMAC with these hashes, by Node's names. */
export const hmacHashes: Readonly<Record<string, string>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
};

/** What these hashes and SHA-1 fill with one chain of iterations. */
const chainBytes = 32;

/** A key derivation whose costs are within the limits, though not paid yet. */
export interface KeyDerivation {
  /** What the file says that it derives; null if it does not. */
  readonly keyBytes: number | null;
  /** Pays, and derives so many bytes on Node's thread pool; the caller wipes them. */
  readonly derive: (passphrase: Uint8Array, keyBytes: number) => Promise<Uint8Array>;
}

/**
 * Reads the AlgorithmIdentifier of PBKDF2 or scrypt.
 *
 * @param algorithm - The SEQUENCE.
 * @param budget - Of the whole file; `derive` takes from it before it runs.
 * @throws CofferError `bad-key` for damage, or another derivation.
 * @see RFC 8018 §A.2, RFC 7914 §7.
 */
export function readKeyDerivation(algorithm: DerValue | undefined, budget: DerivationBudget): KeyDerivation {
  const [id, parameters] = readBerValues(derContent(algorithm, derTag.sequence));
  const name = oidOf(id);
  const values = readBerValues(derContent(parameters, derTag.sequence));
  if (name === kdfOid.pbkdf2) return readPbkdf2(values, budget);
  if (name === kdfOid.scrypt) return readScrypt(values, budget);
  throw new CofferError('bad-key', say('main-keys.key-file-found-an-unsupported-key-derivation-expected'));
}

function readPbkdf2(
  [saltValue, countValue, ...optional]: readonly DerValue[],
  budget: DerivationBudget,
): KeyDerivation {
  const salt = derContent(saltValue, derTag.octetString);
  const count = derNumber(countValue);
  const length = optional.find(({ tag }) => tag === derTag.integer);
  const prf = optional.find(({ tag }) => tag === derTag.sequence);
  // RFC 8018 §A.2: HMAC-SHA-1 unless another is named.
  const hash = prf === undefined ? 'sha1' : byOid(hmacHashes, oidOf(readBerValues(prf.content)[0]));
  if (hash === undefined) {
    throw new CofferError('bad-key', say('main-keys.key-file-found-pbkdf2-with-an-unsupported-hash'));
  }
  return {
    keyBytes: length === undefined ? null : derNumber(length),
    derive: (passphrase, keyBytes) => {
      budget.payIterations(count * Math.ceil(keyBytes / chainBytes));
      return promisify(pbkdf2)(passphrase, salt, count, keyBytes, hash);
    },
  };
}

function readScrypt(values: readonly DerValue[], budget: DerivationBudget): KeyDerivation {
  const salt = derContent(values[0], derTag.octetString);
  const [cost = 0, blockSize = 0, parallelization = 0] = values.slice(1, 4).map(derNumber);
  if (cost < 2 || blockSize < 1 || parallelization < 1) throw damaged();
  return {
    keyBytes: values[4] === undefined ? null : derNumber(values[4]),
    derive: (passphrase, keyBytes) => {
      const maxmem = budget.payScrypt(128 * cost * blockSize, parallelization);
      if (!Number.isInteger(Math.log2(cost))) throw damaged();
      // RFC 7914 has more limits, such as the cost's by the block size, for which Node throws.
      return new Promise<Uint8Array>((resolve, reject) => {
        const options = { cost, blockSize, parallelization, maxmem };
        scrypt(passphrase, salt, keyBytes, options, (error, key) =>
          error === null ? resolve(key) : reject(damaged()),
        );
      }).catch(() => {
        throw damaged();
      });
    },
  };
}

function damaged(): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-its-key-derivation-is-damaged'));
}
