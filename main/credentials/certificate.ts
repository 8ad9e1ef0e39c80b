import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { asBuffer, copyBytes } from '../keys/bytes';
import { belongTogether, certificatePem, describeCertificate } from '../keys/certificate';
import { writePlainPrivateKey } from '../keys/export';
import { encodeText } from './body';
import { certificateExports, writeCertificateExport } from './certificate-exports';
import type {
  CredentialKind,
  Finding,
  FindingTimes,
  KindDescriptor,
  RecordBody,
  RecordContext,
  RecordLimit,
} from './descriptor';
import { accountField, choiceField, derivedField, notesField, secretField, textField, userField } from './field';
import { plainKind, textOf } from './plain-kind';
import { readUser } from './user-rules';

/** What a certificate's record is made of. */
export interface CertificateParts {
  /** RSA, PKCS#8 DER in Coffer's form; copied into the body, stays the caller's. */
  readonly pkcs8: Uint8Array;
  readonly certificateDer: Uint8Array;
  /** 32 characters that both files share in their names. */
  readonly certificateId: string;
  readonly values: Readonly<Record<string, string>>;
  readonly origin: 'created' | 'imported';
}

const dayMs = 86_400_000;
/** From when on the end of a certificate is told. */
const warnDays = 60;
/** AWS takes 2048 bits or more. */
const minRsaBits = 2048;
/** Of the IDs that AWS gives. */
const [minIdLength, maxIdLength] = [24, 32];
const statuses = [
  { value: 'active', label: say('main-certificate.active') },
  { value: 'inactive', label: say('main-certificate.inactive') },
] as const;

const descriptor: KindDescriptor = {
  kind: 'certificate',
  label: say('main-certificate.x-509-signing-certificate'),
  labelPlural: say('main-certificate.x-509-signing-certificates'),
  isTyped: false,
  isDraggable: true,
  fields: [
    accountField,
    userField,
    choiceField('status', say('main-certificate.status-at-aws'), statuses),
    textField('certificateId', say('main-certificate.certificate-id'), maxIdLength, {
      help: say('main-certificate.in-the-names-of-both-files'),
      type: 'code',
      isCopyable: true,
      isRequired: true,
    }),
    derivedField('subject', say('main-certificate.subject')),
    derivedField('issuer', say('main-certificate.issuer')),
    derivedField('keyType', say('main-certificate.key')),
    derivedField('notBefore', say('main-certificate.valid-from'), { type: 'date' }),
    derivedField('notAfter', say('main-certificate.valid-until'), { type: 'date' }),
    derivedField('serial', say('main-certificate.serial-number'), { type: 'code' }),
    derivedField('sha1', say('main-certificate.sha-1-fingerprint'), { type: 'code', isCopyable: true }),
    derivedField('sha256', say('main-certificate.sha-256-fingerprint'), { type: 'code', isCopyable: true }),
    derivedField('certificate', say('main-certificate.certificate'), {
      help: say('main-certificate.what-you-upload-to-aws-it'),
      type: 'code',
      isCopyable: true,
    }),
    secretField('privateKey', say('main-certificate.private-key'), 20_000, {
      help: say('main-certificate.whoever-has-it-can-sign-requests'),
      isEditable: false,
      isCopyable: false,
    }),
    derivedField('origin', say('main-certificate.origin')),
    notesField,
  ],
};

const plain = plainKind(descriptor, {
  texts: { user: { store: readUser }, certificateId: { store: readCertificateId } },
  secrets: {},
  quickCopies: {
    certificate: say('main-certificate.copied-certificate'),
    certificateId: say('main-certificate.copied-certificate-id'),
    sha1: say('main-certificate.sha-1-fingerprint'),
  },
});
const origins = { created: 'Created here', imported: 'Imported' } as const;

/** An X.509 signing certificate with its private key, as the SOAP API, the EC2 API tools and the AMI tools ask for. */
export const certificateKind: CredentialKind = makeKind();

function makeKind(): CredentialKind {
  return {
    ...plain,
    subtitleOf: (body) =>
      [textOf(body, 'subject').replaceAll('\n', ', '), `until ${textOf(body, 'notAfter')}`].join(' · '),
    reveal: (body, field) => {
      if (field !== 'privateKey')
        throw new CofferError('bad-request', say('main-certificate.field-expected-the-private-key'));
      return writePlainPrivateKey(signingKeyOf(body), 'pkcs8', '');
    },
    identitiesOf: (body) => [`certificate:${textOf(body, 'sha256')}`],
    limitOf,
    exportsOf: (body) => certificateExports(textOf(body, 'certificateId')),
    writeExport: (body, choice, context) => writeCertificateExport(body, choice, context),
    remarksOf,
    findingsOf,
  };
}

/**
 * Makes the body of a certificate.
 *
 * @returns The caller owns it and wipes the value of `privateKey`.
 * @throws CofferError `bad-key` if key and certificate do not belong together, or it is none that AWS takes.
 */
export function makeCertificateBody(parts: CertificateParts): RecordBody {
  const { pkcs8, certificateDer, certificateId, values, origin } = parts;
  const described = describeCertificate(certificateDer);
  if (!belongTogether(certificateDer, pkcs8)) {
    throw new CofferError('bad-key', say('main-certificate.certificate-expected-one-that-belongs-to-this-private'));
  }
  const bits = /^RSA (\d+)$/.exec(described.keyType)?.[1];
  if (bits === undefined) {
    throw new CofferError('bad-key', say('main-certificate.certificate-expected-an-rsa-key-signing-certificates-of'));
  }
  const texts = {
    status: 'active',
    user: '',
    account: '',
    notes: '',
    ...values,
  };
  const body = new Map(plain.applyChanges(new Map(), { values: texts, secrets: {} }));
  const derived = {
    certificateId,
    subject: described.subject,
    issuer: described.issuer,
    keyType: described.keyType,
    notBefore: dateOf(described.notBeforeMs),
    notAfter: dateOf(described.notAfterMs),
    serial: described.serialHex,
    sha1: described.sha1,
    sha256: described.sha256,
    certificate: certificatePem(certificateDer),
    origin: origins[origin],
  };
  for (const [name, value] of Object.entries(derived)) body.set(name, encodeText(value));
  return body.set('privateKey', copyBytes(pkcs8));
}

/**
 * The private key of a certificate.
 *
 * @returns PKCS#8 DER; a view into the body, which stays its owner.
 * @throws CofferError `vault-damaged` if there is none.
 */
function signingKeyOf(body: RecordBody): Uint8Array {
  const pkcs8 = body.get('privateKey');
  if (pkcs8 === undefined)
    throw new CofferError('vault-damaged', say('main-certificate.record-expected-a-private-key-with-this-certificate'));
  return pkcs8;
}

/**
 * A new id for a certificate and its two files: 32 characters of base32, as AWS makes them.
 *
 * @param random - 20 random bytes.
 */
export function certificateIdOf(random: Uint8Array): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
  let bits = BigInt(`0x${asBuffer(random).toString('hex')}`);
  let id = '';
  for (let n = 0; n < 32; n++) {
    id += letters[Number(bits & 31n)] ?? '';
    bits >>= 5n;
  }
  return id;
}

/**
 * Reads the ID of a certificate, as AWS answers it to an upload.
 *
 * @throws CofferError `bad-request` unless it is 24 to 32 letters and digits.
 * @see IAM API Reference, SigningCertificate, CertificateId.
 */
function readCertificateId(typed: string): string {
  const id = typed.trim().toUpperCase();
  if (id.length < minIdLength || id.length > maxIdLength || !/^[A-Z0-9]+$/.test(id)) {
    const lengths = { minIdLength, maxIdLength };
    throw new CofferError('bad-request', say('main-certificate.certificate-id-expected-letters-and-digits', lengths));
  }
  return id;
}

/** Certificates of which the account is not known do not count: they may be of any number of users. */
function limitOf(body: RecordBody): RecordLimit | null {
  const account = textOf(body, 'account');
  if (account === '') return null;
  const refusal = say('main-certificate.x-509-signing-certificate-aws-takes-two-for');
  return { owner: { accountId: '', account, user: textOf(body, 'user') }, most: 2, refusal };
}

function remarksOf(body: RecordBody, { nowMs }: RecordContext): readonly string[] {
  const endsAtMs = Date.parse(textOf(body, 'notAfter'));
  const daysLeft = Math.floor((endsAtMs - nowMs) / dayMs);
  const remarks: string[] = [];
  if (daysLeft < 0) remarks.push(say('main-certificate.this-certificate-has-expired-make-a'));
  else if (daysLeft <= warnDays)
    remarks.push(say('main-certificate.this-certificate-ends-make-a-new', { when: inDays(daysLeft) }));
  if (Date.parse(textOf(body, 'notBefore')) > nowMs)
    remarks.push(say('main-certificate.this-certificate-is-not-valid-yet'));
  const bits = Number(textOf(body, 'keyType').replace('RSA ', ''));
  if (bits < minRsaBits) remarks.push(say('main-certificate.rsa-keys-below-bits-are-no', { minRsaBits }));
  if (textOf(body, 'status') === 'inactive')
    remarks.push(say('main-certificate.inactive-aws-refuses-requests-that-it-signs'));
  return remarks;
}

function findingsOf(body: RecordBody, { nowMs }: FindingTimes): readonly Finding[] {
  const notAfter = textOf(body, 'notAfter');
  const daysLeft = Math.floor((Date.parse(notAfter) - nowMs) / dayMs);
  const findings: Finding[] = [];
  if (daysLeft < 0)
    findings.push({ check: 'certificate-ends', text: say('main-certificate.expired-on', { notAfter }) });
  else if (daysLeft <= warnDays)
    findings.push({
      check: 'certificate-ends',
      text: say('main-certificate.ends-on', { when: inDays(daysLeft), notAfter }),
    });
  const keyType = textOf(body, 'keyType');
  if (Number(keyType.replace('RSA ', '')) < minRsaBits)
    findings.push({ check: 'small-rsa', text: say('main-certificate.bits', { keyType }) });
  return findings;
}

/** Such as `in 3 days`. */
function inDays(days: number): string {
  return say('main-certificate.in-days', { days });
}

/** `YYYY-MM-DD`. */
function dateOf(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 10);
}
