import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';

/** The unlock screen: one password, one try at a time. */
export class Unlock {
  /** What the input holds; emptied by every try. */
  password = $state('');
  /** True while the key is being derived (about a second). */
  isBusy = $state(false);
  /** Sentence of the last refusal; null while there is none. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Tries the typed password. Empties the input and wipes the bytes.
   *
   * @returns True if the vault is open now.
   */
  async submit(): Promise<boolean> {
    if (this.isBusy) return false;
    if (this.password === '') {
      this.failure = 'Type the password of this vault.';
      return false;
    }
    this.isBusy = true;
    this.failure = null;
    const typed = this.password;
    this.password = '';
    const answer = await withPasswordBytes(typed, (password) => ask(() => this.#api.vault.unlock({ password })));
    this.isBusy = false;
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    return answer.ok;
  }
}
