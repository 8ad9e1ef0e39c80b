import { createHmac, timingSafeEqual } from 'node:crypto';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { copyBytes } from './bytes';
import { type DerValue, derContent, derTag, readDerSequence, readDerValues } from './der';
import { decryptPart, numberOf, oidOf } from './pkcs12-cipher';
import { Pkcs12Budget } from './pkcs12-budget';
import { type Pkcs12Hash, hashBytes, derivePkcs12, pkcs12Purpose, roundsOf, toBmpString } from './pkcs12-kdf';
import { checkedPkcs8 } from './pkcs8';

/** What a PKCS#12 file holds. */
export interface Pkcs12Content {
  /** Private keys in Coffer's form, PKCS#8 DER; the caller owns and wipes them. */
  readonly keys: Uint8Array[];
  /** Certificates, DER, in the file's order. */
  readonly certificates: Uint8Array[];
}

/** What reading the parts of a file has in common. */
interface Reading {
  readonly passphrase: Uint8Array;
  readonly budget: Pkcs12Budget;
  readonly found: Pkcs12Content;
}

const maxFileBytes = 1024 * 1024;
/** Far above a key and its chain. */
const maxBags = 64;
const data = '1.2.840.113549.1.7.1';
const encryptedData = '1.2.840.113549.1.7.6';
const bag = {
  key: '1.2.840.113549.1.12.10.1.1',
  shroudedKey: '1.2.840.113549.1.12.10.1.2',
  certificate: '1.2.840.113549.1.12.10.1.3',
} as const;
const x509 = '1.2.840.113549.1.9.22.1';
const hashes: Readonly<Record<string, Pkcs12Hash>> = {
  '1.3.14.3.2.26': 'sha1',
  '2.16.840.1.101.3.4.2.4': 'sha224',
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/**
 * Whether a file begins as PKCS#12 does: a SEQUENCE with version 3 and a SEQUENCE.
 *
 * @param file - Not changed.
 */
export function looksLikePkcs12(file: Uint8Array): boolean {
  try {
    const [version, safe] = readDerSequence(file);
    return numberOf(version) === 3 && safe?.tag === derTag.sequence;
  } catch {
    return false;
  }
}

/**
 * Reads a PKCS#12 file: its MAC first, which tells a wrong passphrase, then keys and certificates. Nothing is paid for that is
 * not bounded.
 *
 * @param file - DER, at most 1 MiB; not changed.
 * @param passphrase - UTF-8, or null; not changed, stays the caller's.
 * @throws CofferError `passphrase-needed`, `wrong-passphrase`; `bad-key` for damage, or what Coffer does not read.
 * @see RFC 7292 §4.
 */
export async function readPkcs12(file: Uint8Array, passphrase: Uint8Array | null): Promise<Pkcs12Content> {
  if (file.length > maxFileBytes) throw new CofferError('bad-key', 'PKCS#12: expected at most 1 MiB');
  if (!looksLikePkcs12(file)) throw new CofferError('bad-key', 'PKCS#12: expected a file of this format');
  const [, safe, macData] = readDerSequence(file);
  const content = contentOf(safe);
  if (macData === undefined)
    throw new CofferError('bad-key', 'PKCS#12: expected one with a MAC, as every program writes it');
  const given = passphrase ?? new Uint8Array();
  const budget = new Pkcs12Budget();
  if (!(await isMacRight(macData, content, given, budget))) {
    throw passphrase === null
      ? new CofferError('passphrase-needed', 'PKCS#12: it is encrypted; type its passphrase')
      : new CofferError('wrong-passphrase', 'passphrase: it is not the one of this PKCS#12 file');
  }
  const found: Pkcs12Content = { keys: [], certificates: [] };
  try {
    for (const part of readDerSequence(content)) await readPart(part, { passphrase: given, budget, found });
    return found;
  } catch (error) {
    for (const key of found.keys) wipe(key);
    throw error;
  }
}

async function isMacRight(
  macData: DerValue,
  content: Uint8Array,
  passphrase: Uint8Array,
  budget: Pkcs12Budget,
): Promise<boolean> {
  const [digestInfo, salt, count] = readDerValues(derContent(macData, derTag.sequence));
  const [algorithm, digest] = readDerValues(derContent(digestInfo, derTag.sequence));
  const name = oidOf(readDerValues(derContent(algorithm, derTag.sequence))[0]);
  const hash = Object.hasOwn(hashes, name) ? hashes[name] : undefined;
  if (hash === undefined)
    throw new CofferError('bad-key', 'PKCS#12: found an unsupported MAC; expected HMAC with SHA-1 or SHA-2');
  const expected = derContent(digest, derTag.octetString);
  const derivation = {
    hash,
    salt: derContent(salt, derTag.octetString),
    iterations: count === undefined ? 1 : numberOf(count),
    purpose: pkcs12Purpose.mac,
    lengthBytes: hashBytes[hash],
  };
  if (expected.length !== derivation.lengthBytes) throw damaged();
  budget.payRounds(roundsOf(derivation));
  const text = toBmpString(passphrase);
  const key = await derivePkcs12(text, derivation);
  try {
    const mac = createHmac(hash, key).update(content).digest();
    return timingSafeEqual(mac, expected);
  } finally {
    wipe(text);
    wipe(key);
  }
}

async function readPart(part: DerValue, reading: Reading): Promise<void> {
  const [type, wrapped] = readDerValues(derContent(part, derTag.sequence));
  const name = oidOf(type);
  if (name === data) return readBags(contentOf(part), reading);
  if (name !== encryptedData) throw new CofferError('bad-key', 'PKCS#12: expected contents under a passphrase');
  const [, info] = readDerSequence(derContent(wrapped, 0xa0));
  const [, algorithm, sealed] = readDerValues(derContent(info, derTag.sequence));
  const plain = await decryptPart(
    derContent(algorithm, derTag.sequence),
    derContent(sealed, 0x80),
    reading.passphrase,
    reading.budget,
  );
  if (plain === null) throw damaged();
  try {
    await readBags(plain, reading);
  } finally {
    wipe(plain);
  }
}

async function readBags(contents: Uint8Array, reading: Reading): Promise<void> {
  const { found } = reading;
  for (const value of readDerSequence(contents)) {
    if (found.keys.length + found.certificates.length >= maxBags) {
      throw new CofferError('bad-key', `PKCS#12: expected at most ${maxBags} keys and certificates`);
    }
    const [type, wrapped] = readDerValues(derContent(value, derTag.sequence));
    const [content] = readDerValues(derContent(wrapped, 0xa0));
    const name = oidOf(type);
    if (name === bag.certificate) {
      const [format, certificate] = readDerValues(derContent(content, derTag.sequence));
      if (oidOf(format) !== x509) continue;
      const [octets] = readDerValues(derContent(certificate, 0xa0));
      found.certificates.push(copyBytes(derContent(octets, derTag.octetString)));
    } else if (name === bag.key || name === bag.shroudedKey) {
      const inner = derContent(content, derTag.sequence);
      found.keys.push(await (name === bag.key ? checkedPkcs8(derContent(wrapped, 0xa0)) : readKey(inner, reading)));
    }
  }
}

async function readKey(shrouded: Uint8Array, { passphrase, budget }: Reading): Promise<Uint8Array> {
  const [algorithm, sealed] = readDerValues(shrouded);
  const plain = await decryptPart(
    derContent(algorithm, derTag.sequence),
    derContent(sealed, derTag.octetString),
    passphrase,
    budget,
  );
  if (plain === null) throw damaged();
  try {
    return await checkedPkcs8(plain);
  } finally {
    wipe(plain);
  }
}

/** The OCTET STRING inside a ContentInfo of type `data`. */
function contentOf(info: DerValue | undefined): Uint8Array {
  const [type, wrapped] = readDerValues(derContent(info, derTag.sequence));
  if (oidOf(type) !== data)
    throw new CofferError('bad-key', 'PKCS#12: expected one under a passphrase, not under a public key');
  const [octets] = readDerValues(derContent(wrapped, 0xa0));
  return derContent(octets, derTag.octetString);
}

function damaged(): CofferError {
  return new CofferError('bad-key', 'PKCS#12: its content is damaged, though its MAC is right');
}
