import { say } from '../../../preload/words/say';
import { kindOf } from '../../credentials/kinds';
import { textOf } from '../../credentials/plain-kind';
import { CofferError } from '../../errors';
import { publicFingerprintsOf } from '../../keys/fingerprints';
import { describeKey } from '../../keys/describe';
import type { RecordId } from '../../vault/record-set';
import type { ResponseOf } from '../../../preload/contract';
import { nameOfAccount, newAccount } from './accounts';
import { type BodyDeps, newFromImport } from './bodies';
import { type Found, type Recognition, wipeFound } from './found';

/** A candidate as the page sees it. */
export type ShownCandidate = NonNullable<ResponseOf<'import:open'>>['candidates'][number];

/** Where a candidate comes from. */
export interface CandidateSource {
  readonly fileName: string;
  /** Empty if it came without a place. */
  readonly folder: string;
  /** Of the whole file; tells before a deletion that it still is what was read. */
  readonly sha256Hex: string;
  /** Whether the file may be offered for deletion once it was taken in. */
  readonly isDeletable: boolean;
}

/** One credential that was found, or a file that is not taken. Holds secrets: {@link wipeCandidate}. */
export interface Candidate extends CandidateSource {
  readonly id: string;
  /** The file while a passphrase is needed; null otherwise. */
  bytes: Uint8Array | null;
  found: Found | null;
  /** What the record would be; null where none can be made of it. */
  about: About | null;
  state: ShownCandidate['state'];
  protection: ShownCandidate['protection'];
  message: string;
  /** Goes with another candidate of the batch: is its copy, its public half, or its private key. */
  partOf: { readonly whole: Candidate; readonly as: 'copy' | 'public half' | 'private key' } | null;
  /** Whether the vault has another secret of this name than the one in the file. */
  hasOtherSecret: boolean;
  /** The record that it makes whole. */
  completes: RecordId | null;
  /** The record that was made of it. */
  recordId: RecordId | null;
}

/** What a candidate would be as a record. None of it is secret. */
export interface About extends Pick<
  ShownCandidate,
  'kind' | 'title' | 'subtitle' | 'fingerprints' | 'account' | 'newAccount' | 'user' | 'isRoot'
> {
  readonly identities: readonly string[];
}

/** Fields that tell people which credential it is, by kind. */
const tellingFields: Readonly<Record<string, readonly string[]>> = {
  'key-pair': ['awsCreated', 'awsImported', 'awsFingerprint', 'openssh'],
  certificate: ['sha1', 'sha256'],
  'access-key': ['accessKeyId'],
  'sign-in': [],
};

/**
 * Works out what a candidate would be.
 *
 * @throws CofferError `bad-request`, `bad-key` with the reason why no record can be made of it.
 */
export function describeFound(found: Found, fileName: string, deps: BodyDeps): About {
  const { kind: name, title, body, madeAlong } = newFromImport(found, fileName, deps);
  try {
    const kind = kindOf(name);
    if (kind === null) throw new CofferError('bad-request', say('main-import.file-expected-a-kind-that-coffer-knows'));
    const values = kind.valuesOf(body);
    const ofKey = found.type === 'certificate' && found.pkcs8 !== null ? [fingerprintOfKey(found.pkcs8)] : [];
    return {
      kind: name,
      title,
      subtitle: kind.subtitleOf(body),
      fingerprints: [...ofKey, ...(tellingFields[name] ?? []).flatMap((field) => values[field] ?? [])],
      account: madeAlong === null ? textOf(body, 'account') : newAccount,
      newAccount: madeAlong === null ? '' : nameOfAccount(madeAlong),
      user: textOf(body, 'user'),
      isRoot: textOf(body, 'belongsTo') === 'root',
      identities: kind.identitiesOf(body),
    };
  } finally {
    for (const value of body.values()) value.fill(0);
  }
}

/** A candidate as the page sees it. */
export function showCandidate(candidate: Candidate): ShownCandidate {
  const { id, fileName, folder, state, protection, message, about, found, completes } = candidate;
  const title = found?.type === 'not-taken' && found.name !== '' ? found.name : fileName;
  const unknown = {
    kind: '',
    title,
    subtitle: '',
    fingerprints: [],
    account: '',
    newAccount: '',
    user: '',
    isRoot: false,
  };
  const { identities: _identities, ...known } = about ?? { ...unknown, identities: [] };
  return { id, fileName, folder, state, protection, message, completes: completes !== null, ...known };
}

/** Wipes the secrets of a candidate. */
export function wipeCandidate({ bytes, found }: Candidate): void {
  bytes?.fill(0);
  if (found !== null) wipeFound([found]);
}

/** What a file was protected by, as far as it is worth a word. */
export function protectionOf(found: Found, { hadPassphrase, lacksMac }: Recognition): Candidate['protection'] {
  if (hadPassphrase) return lacksMac === true ? 'passphrase-no-mac' : 'passphrase';
  const isOpen = found.type === 'certificate' ? found.pkcs8 !== null : found.type !== 'public-key';
  return isOpen && found.type !== 'not-taken' ? 'none' : '';
}

function fingerprintOfKey(pkcs8: Uint8Array): string {
  return publicFingerprintsOf(describeKey(pkcs8)).openssh;
}
