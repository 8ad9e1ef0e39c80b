import { createHash, createHmac } from 'node:crypto';
import { systemRandom } from '../crypto/random';
import { wipe } from '../crypto/wipe';
import { derContent, derTag, readDerSequence, writeDer, writeDerUnsigned } from './der';
import { writeOid } from './oid';
import { encryptOld } from './pbes1';
import { encryptPkcs8 } from './pbes2';
import { derivePkcs12, pkcs12Purpose, toBmpString } from './pkcs12-kdf';

/** `modern`: AES-256, PBKDF2 and SHA-256. `old`: triple DES and SHA-1, which Windows before version 1709 needs. */
export type Pkcs12Style = 'modern' | 'old';

const data = '1.2.840.113549.1.7.1';
/**
 * .NET loads no file with more for one derivation, or more than a million in all (Pkcs12LoaderLimits). The MAC is derived as
 * dearly as the keys: a thief guesses by whichever is cheapest.
 */
const modernIterations = 300_000;
const macs = {
  modern: { hash: 'sha256', oid: '2.16.840.1.101.3.4.2.1', lengthBytes: 32, iterations: modernIterations },
  old: { hash: 'sha1', oid: '1.3.14.3.2.26', lengthBytes: 20, iterations: 50_000 },
} as const;

interface Sealed {
  /** AlgorithmIdentifier, DER. */
  readonly algorithm: Uint8Array;
  readonly sealed: Uint8Array;
}

/**
 * Writes a key with its certificate as PKCS#12.
 *
 * @param pkcs8 - Not changed, stays the caller's.
 * @param certificate - DER.
 * @param options - `passphrase` is UTF-8 and stays the caller's; `friendlyName` is what programs show.
 * @returns DER; under the passphrase, so no plaintext.
 * @see RFC 7292 §4 and §5.
 */
export async function writePkcs12(
  pkcs8: Uint8Array,
  certificate: Uint8Array,
  options: { readonly style: Pkcs12Style; readonly passphrase: Uint8Array; readonly friendlyName: string },
): Promise<Uint8Array> {
  const { style, passphrase, friendlyName } = options;
  const attributes = attributesOf(certificate, friendlyName);
  const key = await seal(pkcs8, style, passphrase);
  const shrouded = sequence(key.algorithm, octets(key.sealed));
  const keyBags = sequence(sequence(writeOid('1.2.840.113549.1.12.10.1.2'), explicit(shrouded), attributes));
  const certBag = sequence(writeOid('1.2.840.113549.1.9.22.1'), explicit(octets(certificate)));
  const certBags = sequence(sequence(writeOid('1.2.840.113549.1.12.10.1.3'), explicit(certBag), attributes));
  const sealedCertificates = await seal(certBags, style, passphrase);
  const info = sequence(writeOid(data), sealedCertificates.algorithm, writeDer(0x80, sealedCertificates.sealed));
  const encrypted = sequence(
    writeOid('1.2.840.113549.1.7.6'),
    explicit(sequence(writeDerUnsigned(new Uint8Array()), info)),
  );
  const content = sequence(encrypted, sequence(writeOid(data), explicit(octets(keyBags))));
  const version = writeDerUnsigned(Uint8Array.of(3));
  return sequence(
    version,
    sequence(writeOid(data), explicit(octets(content))),
    await macOf(content, style, passphrase),
  );
}

async function seal(plain: Uint8Array, style: Pkcs12Style, passphrase: Uint8Array): Promise<Sealed> {
  if (style === 'old') return encryptOld(plain, passphrase, systemRandom(8));
  const [algorithm, sealed] = readDerSequence(await encryptPkcs8(plain, passphrase, modernIterations));
  return {
    algorithm: writeDer(derTag.sequence, derContent(algorithm, derTag.sequence)),
    sealed: derContent(sealed, derTag.octetString),
  };
}

async function macOf(content: Uint8Array, style: Pkcs12Style, passphrase: Uint8Array): Promise<Uint8Array> {
  const { hash, oid, lengthBytes, iterations } = macs[style];
  const salt = systemRandom(16);
  const text = toBmpString(passphrase);
  const key = await derivePkcs12(text, { hash, salt, iterations, purpose: pkcs12Purpose.mac, lengthBytes });
  try {
    const digest = createHmac(hash, key).update(content).digest();
    const algorithm = sequence(writeOid(oid), writeDer(0x05));
    const count = writeDerUnsigned(Uint8Array.of(iterations >> 16, (iterations >> 8) & 0xff, iterations & 0xff));
    return sequence(sequence(algorithm, octets(digest)), octets(salt), count);
  } finally {
    wipe(text);
    wipe(key);
  }
}

/** The name that programs show, and what ties key and certificate together. */
function attributesOf(certificate: Uint8Array, friendlyName: string): Uint8Array {
  const name = toBmpString(new TextEncoder().encode(friendlyName)).subarray(0, -2);
  const id = createHash('sha1').update(certificate).digest();
  return writeDer(
    0x31,
    sequence(writeOid('1.2.840.113549.1.9.20'), writeDer(0x31, writeDer(0x1e, name))),
    sequence(writeOid('1.2.840.113549.1.9.21'), writeDer(0x31, octets(id))),
  );
}

function sequence(...parts: readonly Uint8Array[]): Uint8Array {
  return writeDer(derTag.sequence, ...parts);
}

function octets(bytes: Uint8Array): Uint8Array {
  return writeDer(derTag.octetString, bytes);
}

/** Context tag 0, constructed. */
function explicit(value: Uint8Array): Uint8Array {
  return writeDer(0xa0, value);
}
