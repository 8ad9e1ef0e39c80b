import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { FormContent } from './drafts.svelte';
import { KeyPairLabels } from './key-pair-labels.svelte';
import { sentenceOf } from './sentence';
import type { KeyAlgorithm, OpenedDraft, RecordDetail } from './types';

const algorithms: readonly KeyAlgorithm[] = ['rsa-2048', 'rsa-4096', 'ed25519'];

/** The form that makes a new key pair. */
export class GenerateKeyPair {
  /** Name, Region and so on. */
  readonly labels = new KeyPairLabels();
  /** RSA 2048 is what EC2 itself makes, and works for Linux and Windows. */
  algorithm = $state<KeyAlgorithm>('rsa-2048');
  /** True while the key is being made (RSA 4096 can take some seconds). */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  /** Null for a form that goes on with a draft: all of it is worth keeping. */
  readonly #untouched: string | null;

  /**
   * @param given - Values to begin with, such as the account that is chosen.
   * @param opened - What was typed before the vault locked; null for nothing.
   */
  constructor(api: CofferApi, given: Readonly<Record<string, string>> = {}, opened: OpenedDraft | null = null) {
    this.#api = api;
    this.labels.account = given['account'] ?? '';
    if (opened !== null) {
      this.labels.restore(opened);
      const { algorithm } = opened.values;
      this.algorithm = algorithms.find((known) => known === algorithm) ?? this.algorithm;
    }
    this.#untouched = opened === null ? JSON.stringify(this.#content()) : null;
  }

  /** All that would be lost with the form; null if nothing was typed. */
  get content(): FormContent | null {
    const content = this.#content();
    return JSON.stringify(content) === this.#untouched ? null : content;
  }

  #content(): FormContent {
    const { title, tags, ...texts } = this.labels.toRequest();
    const values = { ...texts, algorithm: this.algorithm };
    return { recordId: null, kind: 'key-pair', title, tags, values, secrets: {} };
  }

  /**
   * Makes the key pair and keeps it.
   *
   * @returns The new record; null if it was refused or given up.
   */
  async submit(): Promise<RecordDetail | null> {
    if (this.isBusy) return null;
    this.failure = this.labels.objection();
    if (this.failure !== null) return null;
    this.isBusy = true;
    const request = { algorithm: this.algorithm, ...this.labels.toRequest() };
    const answer = await ask(() => this.#api.keyPair.generate(request));
    this.isBusy = false;
    if (answer.ok) return answer.value;
    if (answer.error.code !== 'cancelled') this.failure = sentenceOf(answer.error);
    return null;
  }

  /** Gives up a running generation; {@link submit} then ends with null. */
  async cancel(): Promise<void> {
    if (this.isBusy) await ask(() => this.#api.keyPair.cancel({}));
  }
}
