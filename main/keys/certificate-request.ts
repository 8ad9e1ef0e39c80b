import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

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
