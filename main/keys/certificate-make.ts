import forge from 'node-forge';
import { sign } from 'node:crypto';
import { systemRandom } from '../crypto/random';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { describeKey } from './describe';
import { derTag, writeDer } from './der';
import { privateKeyObject } from './pkcs8';

/** What a new certificate says. */
export interface CertificateRequest {
  /** Common name, 1 to 64 characters (RFC 5280, ub-common-name). */
  readonly commonName: string;
  /** Up to 64 characters; empty for none. */
  readonly organization: string;
  readonly notBeforeMs: number;
  /** 1 to 3650. */
  readonly validDays: number;
}

const maxNameLength = 64;
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
  if (algorithm.type !== 'rsa') throw new CofferError('bad-key', 'certificate: expected an RSA key');
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
export function checkCertificateRequest({ commonName, organization, validDays }: CertificateRequest): void {
  if (commonName.trim() === '' || commonName.length > maxNameLength || /\p{Cc}/u.test(commonName)) {
    throw new CofferError('bad-request', `Common name: expected 1 to ${maxNameLength} characters`);
  }
  if (organization.length > maxNameLength || /\p{Cc}/u.test(organization)) {
    throw new CofferError('bad-request', `Organisation: expected at most ${maxNameLength} characters`);
  }
  if (!Number.isInteger(validDays) || validDays < 1 || validDays > maxDays) {
    throw new CofferError('bad-request', `Validity: expected 1 to ${maxDays} days`);
  }
}

function signedPart(spkiDer: Uint8Array, request: CertificateRequest): Uint8Array {
  const { commonName, organization, notBeforeMs, validDays } = request;
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromAsn1(asn1.fromDer(asBuffer(spkiDer).toString('latin1')));
  const serial = systemRandom(serialBytes);
  // Positive, and without a leading zero byte (RFC 5280 §4.1.2.2).
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  certificate.serialNumber = asBuffer(serial).toString('hex');
  certificate.validity.notBefore = new Date(notBeforeMs);
  certificate.validity.notAfter = new Date(notBeforeMs + validDays * dayMs);
  const names = [
    attribute('commonName', commonName),
    ...(organization === '' ? [] : [attribute('organizationName', organization)]),
  ];
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

function attribute(name: string, value: string): forge.pki.CertificateField {
  return { name, value, valueTagClass: asn1.Type.UTF8 as unknown as forge.asn1.Class };
}

function oidBytes(dotted: string): Uint8Array {
  return Uint8Array.from(Buffer.from(asn1.oidToDer(dotted).getBytes(), 'latin1'));
}
