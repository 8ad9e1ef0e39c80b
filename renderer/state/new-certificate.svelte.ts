import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, RecordDetail } from './types';

/** The form that makes a signing certificate, or takes one in from files or pasted text. */
export class NewCertificate {
  /** Whether one is made or taken in. */
  way = $state<'generate' | 'files' | 'paste'>('generate');
  /** Name in the list; any text. */
  title = $state('');
  /** Id of the account's record; empty for none. */
  account = $state('');
  /** IAM user; empty for root. */
  user = $state('');
  /** Size of the new key. */
  bits = $state<'2048' | '4096'>('2048');
  /** Subject: common name. */
  commonName = $state('');
  /** Subject: organisation; empty for none. */
  organization = $state('');
  /** Subject: part of the organisation; empty for none. */
  organizationalUnit = $state('');
  /** Subject: city; empty for none. */
  locality = $state('');
  /** Subject: state or province; empty for none. */
  state = $state('');
  /** Subject: two letters; empty for none. */
  country = $state('');
  /** Subject: e-mail address; empty for none. */
  email = $state('');
  /** How long the certificate counts. */
  validDays = $state(365);
  /** Name of the file with the certificate; null until one is picked. */
  certificateFile = $state<string | null>(null);
  /** Name of the file with the key; null if the other holds both. */
  keyFile = $state<string | null>(null);
  /** PEM of certificate and key; emptied once they are taken in. */
  pasted = $state('');
  /** True once a file turned out to be encrypted. */
  needsPassphrase = $state(false);
  /** Passphrase of the key; emptied by every try. */
  passphrase = $state('');
  /** Tags in order. */
  tags = $state.raw<readonly string[]>([]);
  /** True while the key is made or read. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi, given: Readonly<Record<string, string>>) {
    this.#api = api;
    this.account = given['account'] ?? '';
    this.user = given['user'] ?? '';
  }

  /** Lets the user pick one of the files. */
  async pick(part: 'certificate' | 'key'): Promise<void> {
    this.failure = null;
    const answer = await ask(() => this.#api.certificate.pickFile({ part }));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else if (answer.value !== null) {
      if (part === 'certificate') this.certificateFile = answer.value.fileName;
      else this.keyFile = answer.value.fileName;
      this.needsPassphrase = false;
    }
  }

  /**
   * Makes or reads the certificate and keeps it. Wipes the bytes of the passphrase.
   *
   * @returns The new record; null if it was refused, given up, or a passphrase is needed first.
   */
  async submit(): Promise<RecordDetail | null> {
    if (this.isBusy) return null;
    this.failure = this.#objection();
    if (this.failure !== null) return null;
    this.isBusy = true;
    const answer = await (this.way === 'generate' ? this.#generate() : this.#import());
    this.passphrase = '';
    this.isBusy = false;
    if (answer.ok) {
      this.pasted = '';
      return answer.value;
    }
    if (answer.error.code === 'passphrase-needed') this.needsPassphrase = true;
    if (answer.error.code !== 'cancelled') this.failure = sentenceOf(answer.error);
    return null;
  }

  /** Gives up a key that is being made; {@link submit} then ends with null. */
  async cancel(): Promise<void> {
    if (this.isBusy) await ask(() => this.#api.certificate.cancel({}));
  }

  #labels() {
    const { title, tags, account, user } = this;
    return { title, tags: [...tags], values: { account, user } };
  }

  #generate(): Promise<Answer<RecordDetail>> {
    const { bits, commonName, organization, organizationalUnit, locality, state, country, email, validDays } = this;
    const subject = { commonName, organization, organizationalUnit, locality, state, country, email };
    return ask(() => this.#api.certificate.generate({ ...this.#labels(), bits, ...subject, validDays }));
  }

  #import(): Promise<Answer<RecordDetail>> {
    const passphrase = this.needsPassphrase && this.passphrase !== '' ? this.passphrase : null;
    return withPasswordBytes(this.way === 'paste' ? this.pasted : null, (pasted) =>
      withPasswordBytes(passphrase, (bytes) =>
        ask(() => this.#api.certificate.import({ ...this.#labels(), passphrase: bytes, pasted })),
      ),
    );
  }

  #objection(): string | null {
    if (this.title === '') return say('certificate.name-type-a-name');
    if (this.way === 'generate' && this.commonName.trim() === '') return say('certificate.common-name-say-who-signs');
    if (this.way === 'files' && this.certificateFile === null)
      return say('certificate.choose-the-file-of-the-certificate');
    if (this.way === 'paste' && this.pasted.trim() === '')
      return say('certificate.paste-the-certificate-and-its-private');
    if (this.way !== 'generate' && this.needsPassphrase && this.passphrase === '')
      return say('certificate.type-the-passphrase-of-the-key');
    return null;
  }
}
