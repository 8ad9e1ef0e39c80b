import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { berOctets, isBerSequence, readBerSequence, readBerValues } from './ber';
import { copyBytes } from './bytes';
import { type DerValue, derContent, derNumber, derTag } from './der';
import { DerivationBudget } from './derivation-budget';
import { oidOf } from './oid';
import type { Passphrase } from './pbes1';
import { friendlyNameOf } from './pkcs12-attributes';
import { isPkcs12MacRight } from './pkcs12-mac';
import { checkedPkcs8 } from './pkcs8';
import { decryptSealed } from './sealed-part';

/** What a PKCS#12 file holds. */
export interface Pkcs12Content {
  /** Private keys in Coffer's form, PKCS#8 DER; the caller owns and wipes them. */
  readonly keys: Uint8Array[];
  /** Certificates, DER, in the file's order. */
  readonly certificates: Uint8Array[];
  /** What the file calls them, by the arrays above; those without a name are missing. */
  readonly names: Map<Uint8Array, string>;
  /** Whether it has anything else, such as a password or a list of revoked certificates. */
  hasOthers: boolean;
  /** False for a file without a MAC: who changed its parts cannot be told. */
  readonly hasMac: boolean;
}

/** What reading the parts of a file has in common. */
interface Reading {
  readonly passphrase: Passphrase;
  readonly budget: DerivationBudget;
  readonly found: Pkcs12Content;
  /** What it means that a part does not open. */
  readonly refusal: () => CofferError;
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

/**
 * Whether a file begins as PKCS#12 does: a SEQUENCE with version 3 and a SEQUENCE.
 *
 * @param file - Not changed.
 */
export function looksLikePkcs12(file: Uint8Array): boolean {
  try {
    const [version, safe] = readBerSequence(file);
    return derNumber(version) === 3 && safe?.tag === derTag.sequence;
  } catch {
    return false;
  }
}

/**
 * Reads a PKCS#12 file: its MAC first, which tells a wrong passphrase, then keys and certificates. Nothing is paid for that is
 * not bounded.
 *
 * @param file - DER or BER, at most 1 MiB; not changed.
 * @param passphrase - UTF-8, or null; not changed, stays the caller's.
 * @param signal - Ends it before the next derivation.
 * @throws CofferError `passphrase-needed`, `wrong-passphrase`; `bad-key` for damage, or what Coffer does not read. The signal's reason.
 * @see RFC 7292 §4.
 */
export async function readPkcs12(
  file: Uint8Array,
  passphrase: Uint8Array | null,
  signal?: AbortSignal,
): Promise<Pkcs12Content> {
  if (file.length > maxFileBytes) throw new CofferError('bad-key', say('main-keys.pkcs-12-expected-at-most-1-mib'));
  if (!looksLikePkcs12(file)) throw new CofferError('bad-key', say('main-keys.pkcs-12-expected-a-file-of-this-format'));
  const [, safe, macData] = readBerSequence(file);
  const content = contentOf(safe);
  const budget = new DerivationBudget('PKCS#12', signal);
  const wrong = () =>
    passphrase === null
      ? new CofferError('passphrase-needed', say('main-keys.pkcs-12-it-is-encrypted-type-its-passphrase'))
      : new CofferError('wrong-passphrase', say('main-keys.passphrase-it-is-not-the-one-of-this'));
  const candidates = candidatesFor(passphrase);
  if (macData === undefined) return firstThatOpens(content, candidates, budget, wrong);
  for (const candidate of candidates) {
    const isRight = await isPkcs12MacRight(macData, content, candidate, budget).catch((error: unknown) => {
      // The second reading of an empty passphrase is tried as far as the budget goes.
      if (candidate.isAbsent) return false;
      throw error;
    });
    if (isRight) return readParts(content, { passphrase: candidate, budget, found: nothing(true), refusal: damaged });
  }
  throw wrong();
}

/** No program agrees with the next about what an empty passphrase is. */
function candidatesFor(passphrase: Uint8Array | null): Passphrase[] {
  const utf8 = passphrase ?? new Uint8Array();
  return utf8.length > 0 ? [{ utf8, isAbsent: false }] : [false, true].map((isAbsent) => ({ utf8, isAbsent }));
}

/** Without a MAC, a wrong passphrase shows in what it opens. */
async function firstThatOpens(
  content: Uint8Array,
  candidates: readonly Passphrase[],
  budget: DerivationBudget,
  wrong: () => CofferError,
): Promise<Pkcs12Content> {
  for (const candidate of candidates) {
    const refusal = wrong();
    try {
      return await readParts(content, {
        passphrase: candidate,
        budget,
        found: nothing(false),
        refusal: () => refusal,
      });
    } catch (error) {
      if (error !== refusal) throw error;
    }
  }
  throw wrong();
}

function nothing(hasMac: boolean): Pkcs12Content {
  return { keys: [], certificates: [], names: new Map(), hasOthers: false, hasMac };
}

async function readParts(content: Uint8Array, reading: Reading): Promise<Pkcs12Content> {
  const { found } = reading;
  try {
    for (const part of readBerSequence(content)) await readPart(part, reading);
    return found;
  } catch (error) {
    for (const key of found.keys) wipe(key);
    throw error;
  }
}

async function readPart(part: DerValue, reading: Reading): Promise<void> {
  const [type, wrapped] = readBerValues(derContent(part, derTag.sequence));
  const name = oidOf(type);
  if (name === data) return readBags(contentOf(part), reading);
  if (name !== encryptedData)
    throw new CofferError('bad-key', say('main-keys.pkcs-12-expected-contents-under-a-passphrase'));
  const [, info] = readBerSequence(derContent(wrapped, 0xa0));
  const [, algorithm, sealed] = readBerValues(derContent(info, derTag.sequence));
  const plain = await open(algorithm, berOctets(sealed, 0x80), reading);
  try {
    await readBags(plain, reading);
  } finally {
    wipe(plain);
  }
}

async function readBags(contents: Uint8Array, reading: Reading): Promise<void> {
  const { found } = reading;
  for (const value of readBerSequence(contents)) {
    if (found.keys.length + found.certificates.length >= maxBags) {
      throw new CofferError('bad-key', say('main-keys.pkcs-12-expected-at-most-keys-and-certificates', { maxBags }));
    }
    const [type, wrapped, attributes] = readBerValues(derContent(value, derTag.sequence));
    const content = derContent(wrapped, 0xa0);
    const item = await readBag(oidOf(type), content, reading);
    if (item === null) found.hasOthers = true;
    const friendlyName = item === null ? '' : friendlyNameOf(attributes);
    if (item !== null && friendlyName !== '') found.names.set(item, friendlyName);
  }
}

/** Puts a key or a certificate where it belongs, and gives it; null for what is neither. */
async function readBag(type: string, content: Uint8Array, reading: Reading): Promise<Uint8Array | null> {
  const { keys, certificates } = reading.found;
  if (type === bag.certificate) {
    const [format, wrapped] = readBerSequence(content);
    if (oidOf(format) !== x509) return null;
    const [octets] = readBerValues(derContent(wrapped, 0xa0));
    const certificate = copyBytes(berOctets(octets));
    certificates.push(certificate);
    return certificate;
  }
  if (type !== bag.key && type !== bag.shroudedKey) return null;
  const key = type === bag.key ? await checkedPkcs8(content) : await readShrouded(content, reading);
  keys.push(key);
  return key;
}

async function readShrouded(shrouded: Uint8Array, reading: Reading): Promise<Uint8Array> {
  const [algorithm, sealed] = readBerSequence(shrouded);
  const plain = await open(algorithm, berOctets(sealed), reading);
  try {
    return await checkedPkcs8(plain);
  } finally {
    wipe(plain);
  }
}

/** A wrong passphrase gives good padding once in 256 times, and then rubbish. */
async function open(algorithm: DerValue | undefined, sealed: Uint8Array, reading: Reading): Promise<Uint8Array> {
  const plain = await decryptSealed(algorithm, sealed, reading.passphrase, reading.budget);
  if (plain !== null && isBerSequence(plain)) return plain;
  wipe(plain);
  throw reading.refusal();
}

/** The OCTET STRING inside a ContentInfo of type `data`. */
function contentOf(info: DerValue | undefined): Uint8Array {
  const [type, wrapped] = readBerValues(derContent(info, derTag.sequence));
  if (oidOf(type) !== data)
    throw new CofferError('bad-key', say('main-keys.pkcs-12-expected-one-under-a-passphrase-not'));
  const [octets] = readBerValues(derContent(wrapped, 0xa0));
  return berOctets(octets);
}

function damaged(): CofferError {
  return new CofferError('bad-key', say('main-keys.pkcs-12-its-content-is-damaged-though-its'));
}
