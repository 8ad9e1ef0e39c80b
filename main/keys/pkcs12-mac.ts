import { createHmac, timingSafeEqual } from 'node:crypto';
import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { berOctets, readBerValues } from './ber';
import { derContent, derNumber, derTag, type DerValue } from './der';
import type { DerivationBudget } from './derivation-budget';
import { hmacHashes, readKeyDerivation } from './kdf-parameters';
import { byOid, oidOf } from './oid';
import { type Passphrase, toPkcs12Text } from './pbes1';
import { type Pkcs12Hash, derivePkcs12, hashBytes, pkcs12Purpose, roundsOf } from './pkcs12-kdf';

const pbmac1 = '1.2.840.113549.1.5.14';
/** RFC 9579 §5: longer keys than a block are hashed first, so that nobody writes them. */
const maxKeyBytes = 128;
const hashes: Readonly<Record<string, Pkcs12Hash>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * Whether the MAC of a PKCS#12 file is that of a passphrase.
 *
 * @param macData - The SEQUENCE of digest, salt and count.
 * @param content - What it is over; not changed.
 * @param passphrase - Not changed, stays the caller's.
 * @param budget - Of the whole file.
 * @throws CofferError `bad-key` for damage, another MAC, or a cost above the limits.
 * @see RFC 7292 §4 and §5.1, RFC 9579 (PBMAC1).
 */
export async function isPkcs12MacRight(
  macData: DerValue,
  content: Uint8Array,
  passphrase: Passphrase,
  budget: DerivationBudget,
): Promise<boolean> {
  const [digestInfo, salt, count] = readBerValues(derContent(macData, derTag.sequence));
  const [algorithm, digest] = readBerValues(derContent(digestInfo, derTag.sequence));
  const [id, parameters] = readBerValues(derContent(algorithm, derTag.sequence));
  const [name, expected] = [oidOf(id), berOctets(digest)];
  const mac =
    name === pbmac1
      ? await pbmac1Of(parameters, content, passphrase.utf8, budget)
      : await oldMacOf(name, berOctets(salt), count === undefined ? 1 : derNumber(count), content, passphrase, budget);
  if (expected.length !== mac.length) throw new CofferError('bad-key', say('main-keys.pkcs-12-its-mac-is-damaged'));
  return timingSafeEqual(mac, expected);
}

/** Salt and count of the file itself do not count here (RFC 9579 §4). */
async function pbmac1Of(
  parameters: DerValue | undefined,
  content: Uint8Array,
  passphrase: Uint8Array,
  budget: DerivationBudget,
): Promise<Uint8Array> {
  const [kdf, scheme] = readBerValues(derContent(parameters, derTag.sequence));
  const hash = byOid(hmacHashes, oidOf(readBerValues(derContent(scheme, derTag.sequence))[0]));
  if (hash === undefined) throw unsupported();
  const { keyBytes, derive } = readKeyDerivation(kdf, budget);
  if (keyBytes === null || keyBytes < 1 || keyBytes > maxKeyBytes) {
    throw new CofferError('bad-key', say('main-keys.pkcs-12-expected-a-mac-whose-key-has', { maxKeyBytes }));
  }
  const key = await derive(passphrase, keyBytes);
  try {
    return createHmac(hash, key).update(content).digest();
  } finally {
    wipe(key);
  }
}

async function oldMacOf(
  name: string,
  salt: Uint8Array,
  iterations: number,
  content: Uint8Array,
  passphrase: Passphrase,
  budget: DerivationBudget,
): Promise<Uint8Array> {
  const hash = byOid(hashes, name);
  if (hash === undefined) throw unsupported();
  const derivation = { hash, salt, iterations, purpose: pkcs12Purpose.mac, lengthBytes: hashBytes[hash] };
  budget.payRounds(roundsOf(derivation));
  const text = toPkcs12Text(passphrase);
  const key = await derivePkcs12(text, derivation);
  try {
    return createHmac(hash, key).update(content).digest();
  } finally {
    wipe(text, key);
  }
}

function unsupported(): CofferError {
  return new CofferError('bad-key', say('main-keys.pkcs-12-found-an-unsupported-mac-expected-hmac'));
}
