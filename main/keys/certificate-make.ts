import forge from 'node-forge';
import { sign } from 'node:crypto';
import { say } from '../../preload/words/say';
import { systemRandom } from '../crypto/random';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { describeKey } from './describe';
import { derTag, writeDer } from './der';
import { privateKeyObject } from './pkcs8';

/** Whom a new certificate is about. All but the common name may be empty. */
export interface CertificateSubject {
  readonly commonName: string;
  readonly organization: string;
  readonly organizationalUnit: string;
  readonly locality: string;
  /** State or province. */
  readonly state: string;
  /** Two letters of ISO 3166, in any case. */
  readonly country: string;
  readonly email: string;
}

/** What a new certificate says. */
export interface CertificateRequest extends CertificateSubject {
  readonly notBeforeMs: number;
  /** 1 to 3650. */
  readonly validDays: number;
}

/** Longest texts, and how messages call the field (RFC 5280 §A.1, ub-common-name and the like). */
const subjectFields: Readonly<Record<keyof CertificateSubject, readonly [label: string, maxLength: number]>> = {
  commonName: [say('main-keys.common-name'), 64],
  organization: [say('main-keys.organisation'), 64],
  organizationalUnit: [say('main-keys.organisational-unit'), 64],
  locality: [say('main-keys.city'), 128],
  state: [say('main-keys.state-or-province'), 128],
  country: [say('main-keys.country'), 2],
  email: [say('main-keys.e-mail-address'), 255],
};
const maxDays = 3650;
const dayMs = 86_400_000;
const serialBytes = 16;
const { asn1, pki } = forge;
/** Missing in the types of node-forge. */
const { getTBSCertificate } = pki as unknown as {
  readonly getTBSCertificate: (certificate: forge.pki.Certificate) => forge.asn1.Asn1;
};
const sha256WithRsa = '1.2.840.113549.1.1.11';

/**
 * Makes a self-signed X.509 version 3 certificate for signing: SHA-256 with RSA. node-forge builds it and sees the public key
 * only; the private key signs natively.
 *
 * @param pkcs8 - RSA; not changed, stays the caller's.
 * @returns DER.
 * @throws CofferError `bad-request`, naming the field; `bad-key` for another type of key.
 * @see RFC 5280 §4.1.
 */
export function makeCertificate(pkcs8: Uint8Array, request: CertificateRequest): Uint8Array {
  checkCertificateRequest(request);
  const { algorithm, spkiDer } = describeKey(pkcs8);
  if (algorithm.type !== 'rsa') throw new CofferError('bad-key', say('main-keys.certificate-expected-an-rsa-key'));
  const tbs = signedPart(spkiDer, request);
  // Synchronous: the asynchronous form ends Electron 33.
  const signature = sign('sha256', tbs, privateKeyObject(pkcs8));
  const scheme = writeDer(derTag.sequence, writeDer(derTag.oid, oidBytes(sha256WithRsa)), writeDer(0x05));
  return writeDer(derTag.sequence, tbs, scheme, writeDer(derTag.bitString, new Uint8Array(1), signature));
}

/**
 * Checks what a new certificate shall say, before a key is made for nothing.
 *
 * @throws CofferError `bad-request`, naming the field.
 */
export function checkCertificateRequest(request: CertificateRequest): void {
  const { commonName, country, email, validDays } = request;
  if (commonName.trim() === '')
    throw new CofferError('bad-request', say('main-keys.common-name-expected-1-to-64-characters'));
  for (const [name, [label, maxLength]] of Object.entries(subjectFields)) {
    const text = request[name as keyof CertificateSubject].trim();
    if (text.length > maxLength || /\p{Cc}/u.test(text)) {
      throw new CofferError('bad-request', say('main-keys.expected-at-most-characters', { label, maxLength }));
    }
  }
  if (country.trim() !== '' && !/^[a-z]{2}$/i.test(country.trim())) {
    throw new CofferError('bad-request', say('main-keys.country-expected-two-letters-such-as-de-or'));
  }
  // RFC 5280 §4.1.2.6: an IA5String, that is ASCII.
  if (email.trim() !== '' && !/^[!-~]+@[!-~]+$/.test(email.trim())) {
    throw new CofferError('bad-request', say('main-keys.e-mail-address-expected-one-in-ascii-such'));
  }
  if (!Number.isInteger(validDays) || validDays < 1 || validDays > maxDays) {
    throw new CofferError('bad-request', say('main-keys.validity-expected-1-to-days', { maxDays }));
  }
}

function signedPart(spkiDer: Uint8Array, request: CertificateRequest): Uint8Array {
  const { notBeforeMs, validDays } = request;
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromAsn1(asn1.fromDer(asBuffer(spkiDer).toString('latin1')));
  const serial = systemRandom(serialBytes);
  // Positive, and without a leading zero byte (RFC 5280 §4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  certificate.serialNumber = asBuffer(serial).toString('hex');
  certificate.validity.notBefore = new Date(notBeforeMs);
  certificate.validity.notAfter = new Date(notBeforeMs + validDays * dayMs);
  const names = subjectOf(request);
  certificate.setSubject(names);
  certificate.setIssuer(names);
  certificate.setExtensions([
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'keyUsage', digitalSignature: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ]);
  certificate.signatureOid = sha256WithRsa;
  certificate.siginfo.algorithmOid = sha256WithRsa;
  return Uint8Array.from(Buffer.from(asn1.toDer(getTBSCertificate(certificate)).getBytes(), 'latin1'));
}

/** From the country inwards, as openssl and AWS write it. Country and e-mail address have a type of their own (RFC 5280 §A.1). */
function subjectOf(request: CertificateSubject): forge.pki.CertificateField[] {
  const { UTF8, PRINTABLESTRING, IA5STRING } = asn1.Type;
  const attributes: readonly (readonly [name: string, value: string, type: forge.asn1.Type])[] = [
    ['countryName', request.country.trim().toUpperCase(), PRINTABLESTRING],
    ['stateOrProvinceName', request.state, UTF8],
    ['localityName', request.locality, UTF8],
    ['organizationName', request.organization, UTF8],
    ['organizationalUnitName', request.organizationalUnit, UTF8],
    ['commonName', request.commonName, UTF8],
    ['emailAddress', request.email, IA5STRING],
  ];
  return attributes
    .filter(([, value]) => value.trim() !== '')
    .map(([name, value, type]) => ({
      name,
      value: value.trim(),
      valueTagClass: type as unknown as forge.asn1.Class,
    }));
}

function oidBytes(dotted: string): Uint8Array {
  return Uint8Array.from(Buffer.from(asn1.oidToDer(dotted).getBytes(), 'latin1'));
}
