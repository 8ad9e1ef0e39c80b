import { say } from '../../preload/words/say';
import type { CofferApi, RequestOf } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import type { FormContent } from './drafts.svelte';
import { sentenceOf } from './sentence';
import type { Answer, OpenedDraft, RecordDetail } from './types';

type Earlier = NonNullable<RequestOf<'certificate:import'>['earlier']>[number];

/** Texts of the form that are not secret. */
const textNames = [
  'account',
  'user',
  'commonName',
  'organization',
  'organizationalUnit',
  'locality',
  'state',
  'country',
  'email',
] as const;

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
  /** Names of the secrets that were typed before the vault locked; they stay in the main process. */
  readonly #earlier: readonly string[];
  /** Null for a form that goes on with a draft: all of it is worth keeping. */
  readonly #untouched: string | null;

  /**
   * @param given - Values to begin with, such as the account that is chosen.
   * @param opened - What was typed before the vault locked; null for nothing.
   */
  constructor(api: CofferApi, given: Readonly<Record<string, string>>, opened: OpenedDraft | null = null) {
    this.#api = api;
    this.account = given['account'] ?? '';
    this.user = given['user'] ?? '';
    this.#earlier = opened?.secrets ?? [];
    if (opened !== null) this.#restore(opened);
    this.#untouched = opened === null ? JSON.stringify(this.#content()) : null;
  }

  /** All that would be lost with the form, but for files that were picked; null if nothing was typed. */
  get content(): FormContent | null {
    const content = this.#content();
    return JSON.stringify(content) === this.#untouched ? null : content;
  }

  /**
   * Tells whether a secret was typed before the vault locked, and not again since.
   *
   * @param name - Of the input.
   */
  isEarlier(name: Earlier): boolean {
    return this[name] === '' && this.#earlier.includes(name);
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

  #content(): FormContent {
    const { title, tags, way, bits, validDays, needsPassphrase, pasted, passphrase } = this;
    const texts = Object.fromEntries(textNames.map((name) => [name, this[name]]));
    const values = { ...texts, way, bits, validDays: String(validDays), needsPassphrase: String(needsPassphrase) };
    const secrets = { ...(pasted === '' ? {} : { pasted }), ...(passphrase === '' ? {} : { passphrase }) };
    return { recordId: null, kind: 'certificate', title, tags, values, secrets };
  }

  #restore({ title, tags, values }: OpenedDraft): void {
    const { way, bits, validDays, needsPassphrase } = values;
    this.title = title;
    this.tags = tags;
    for (const name of textNames) this[name] = values[name] ?? '';
    if (way === 'files' || way === 'paste') this.way = way;
    if (bits === '4096') this.bits = bits;
    this.validDays = Number(validDays ?? this.validDays);
    this.needsPassphrase = needsPassphrase === 'true';
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
    const earlier: Earlier[] = [];
    if (this.way === 'paste' && this.isEarlier('pasted')) earlier.push('pasted');
    if (this.needsPassphrase && this.isEarlier('passphrase')) earlier.push('passphrase');
    return withPasswordBytes(this.way === 'paste' && this.pasted !== '' ? this.pasted : null, (pasted) =>
      withPasswordBytes(passphrase, (bytes) =>
        ask(() => this.#api.certificate.import({ ...this.#labels(), passphrase: bytes, pasted, earlier })),
      ),
    );
  }

  #objection(): string | null {
    if (this.title === '') return say('certificate.name-type-a-name');
    if (this.way === 'generate' && this.commonName.trim() === '') return say('certificate.common-name-say-who-signs');
    if (this.way === 'files' && this.certificateFile === null)
      return say('certificate.choose-the-file-of-the-certificate');
    if (this.way === 'paste' && this.pasted.trim() === '' && !this.isEarlier('pasted'))
      return say('certificate.paste-the-certificate-and-its-private');
    if (this.way !== 'generate' && this.needsPassphrase && this.passphrase === '' && !this.isEarlier('passphrase'))
      return say('certificate.type-the-passphrase-of-the-key');
    return null;
  }
}
