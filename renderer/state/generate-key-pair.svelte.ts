import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { KeyPairLabels } from './key-pair-labels.svelte';
import { sentenceOf } from './sentence';
import type { KeyAlgorithm, RecordDetail } from './types';

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

  /** @param given - Values to begin with, such as the account that is chosen. */
  constructor(api: CofferApi, given: Readonly<Record<string, string>> = {}) {
    this.#api = api;
    this.labels.account = given['account'] ?? '';
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
