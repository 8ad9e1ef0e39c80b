import forge from 'node-forge';
import { sign } from 'node:crypto';
import { say } from '../../preload/words/say';
import { systemRandom } from '../crypto/random';
import { CofferError } from '../errors';
import { asBuffer } from './bytes';
import { type CertificateRequest, type CertificateSubject, checkCertificateRequest } from './certificate-request';
import { derTag, writeDer } from './der';
import { describeKey } from './describe';
import { writeOid } from './oid';
import { privateKeyObject } from './pkcs8';

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
  const scheme = writeDer(derTag.sequence, writeOid(sha256WithRsa), writeDer(0x05));
  return writeDer(derTag.sequence, tbs, scheme, writeDer(derTag.bitString, new Uint8Array(1), signature));
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
