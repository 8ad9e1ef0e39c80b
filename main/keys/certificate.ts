import { type KeyObject, X509Certificate, createPublicKey } from 'node:crypto';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { areEqual, asBuffer, copyBytes } from './bytes';
import { looksLikeDer, readDerValues, writeDer } from './der';
import { decodePem, findPemBlocks, writePem } from './pem';
import { privateKeyObject } from './pkcs8';

/** Far above any certificate; AWS takes 16 KiB. */
const maxFileBytes = 1024 * 1024;
/** More certificates than a chain has are no chain. */
const maxCertificates = 20;
const labels: readonly string[] = ['CERTIFICATE', 'X509 CERTIFICATE', 'TRUSTED CERTIFICATE'];

/** What a certificate says. None of it is secret. */
export interface CertificateDescription {
  /** One attribute a line, such as `CN=web`. */
  readonly subject: string;
  readonly issuer: string;
  /** Upper-case hex. */
  readonly serialHex: string;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** Upper-case hex with colons, of the whole DER. */
  readonly sha1: string;
  readonly sha256: string;
  /** Such as `RSA 2048`. */
  readonly keyType: string;
  /** SubjectPublicKeyInfo. */
  readonly spkiDer: Uint8Array;
}

/**
 * Finds the certificates of a file: PEM with lines of any width and text around it, or one in DER.
 *
 * @param file - Not changed.
 * @returns DER of each, in the file's order; none if there is none.
 * @throws CofferError `bad-key` for a block that is cut short, or more certificates than a chain has.
 */
export function findCertificates(file: Uint8Array): Uint8Array[] {
  if (file.length > maxFileBytes) throw new CofferError('bad-key', say('main-keys.certificate-expected-at-most-1-mib'));
  if (looksLikeDer(file)) return isCertificate(file) ? [copyBytes(file)] : [];
  const blocks = findPemBlocks(file).filter(({ label }) => labels.includes(label));
  if (blocks.length > maxCertificates) {
    throw new CofferError('bad-key', say('main-keys.certificate-expected-at-most-in-a-file', { maxCertificates }));
  }
  return blocks.map((block) => firstValue(decodePem(block).der));
}

/**
 * Says what a certificate is.
 *
 * @param der - Not changed.
 * @throws CofferError `bad-key` if it is none.
 */
export function describeCertificate(der: Uint8Array): CertificateDescription {
  const parsed = parse(der);
  const publicKey = publicKeyOf(parsed);
  const [notBeforeMs, notAfterMs] = [Date.parse(parsed.validFrom), Date.parse(parsed.validTo)];
  if (Number.isNaN(notBeforeMs) || Number.isNaN(notAfterMs)) throw damaged();
  const bits = publicKey.asymmetricKeyDetails?.modulusLength;
  return {
    subject: parsed.subject,
    issuer: parsed.issuer,
    serialHex: parsed.serialNumber.toUpperCase(),
    notBeforeMs,
    notAfterMs,
    sha1: parsed.fingerprint,
    sha256: parsed.fingerprint256,
    keyType: bits === undefined ? (publicKey.asymmetricKeyType ?? 'unknown').toUpperCase() : `RSA ${bits}`,
    spkiDer: Uint8Array.from(publicKey.export({ type: 'spki', format: 'der' })),
  };
}

/**
 * Whether a certificate is about a key. One that cannot be read is about none: it must not keep a folder's other files out.
 *
 * @param pkcs8 - The private key; not changed, stays the caller's.
 */
export function belongTogether(certificateDer: Uint8Array, pkcs8: Uint8Array): boolean {
  const ofKey = createPublicKey(privateKeyObject(pkcs8)).export({ type: 'spki', format: 'der' });
  try {
    const ofCertificate = publicKeyOf(parse(certificateDer)).export({ type: 'spki', format: 'der' });
    return areEqual(ofCertificate, ofKey);
  } catch (error) {
    if (error instanceof CofferError) return false;
    throw error;
  }
}

/** A certificate as PEM, in lines of 64 characters. */
export function certificatePem(der: Uint8Array): string {
  return asBuffer(writePem('CERTIFICATE', der)).toString('latin1');
}

function isCertificate(der: Uint8Array): boolean {
  try {
    parse(der);
    return true;
  } catch {
    return false;
  }
}

function parse(der: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(asBuffer(der));
  } catch {
    throw damaged();
  }
}

/** Electron knows fewer types of keys than Node; both refuse a damaged one, and only now. */
function publicKeyOf(certificate: X509Certificate): KeyObject {
  try {
    return certificate.publicKey;
  } catch {
    throw new CofferError('bad-key', say('main-keys.certificate-expected-an-rsa-key-the-key-of'));
  }
}

/** What `openssl x509 -trustout` adds stands behind the certificate, and does not belong to it. */
function firstValue(der: Uint8Array): Uint8Array {
  const [first] = readDerValues(der);
  if (first === undefined) throw damaged();
  return writeDer(first.tag, first.content);
}

function damaged(): CofferError {
  return new CofferError('bad-key', say('main-keys.certificate-expected-an-x-509-certificate-this-one'));
}
