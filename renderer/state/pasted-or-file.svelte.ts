import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { Answer } from './types';

/** What is pasted, or opened from a file that the main process reads, to be sent in one request. */
export class PastedOrFile<T> {
  /** Emptied once it was taken. */
  pasted = $state('');
  /** True while the answer is due. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #send: (pasted: Uint8Array | null) => Promise<Answer<T | null>>;
  readonly #nothingPasted: string;

  /**
   * @param send - Sends the request: UTF-8 bytes that are wiped after it, or null to have the user pick a file.
   * @param nothingPasted - Sentence for an empty input.
   */
  constructor(send: (pasted: Uint8Array | null) => Promise<Answer<T | null>>, nothingPasted: string) {
    this.#send = send;
    this.#nothingPasted = nothingPasted;
  }

  /**
   * Sends what was pasted.
   *
   * @returns The answer; null if it was refused.
   */
  async submit(): Promise<T | null> {
    if (this.pasted.trim() === '') {
      this.failure = this.#nothingPasted;
      return null;
    }
    return this.#run(this.pasted);
  }

  /**
   * Has the user pick a file, and sends that.
   *
   * @returns The answer; null if it was refused, or no file was picked.
   */
  async openFile(): Promise<T | null> {
    return this.#run(null);
  }

  async #run(text: string | null): Promise<T | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.failure = null;
    const answer = await withPasswordBytes(text, (bytes) => ask(() => this.#send(bytes)));
    this.isBusy = false;
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return null;
    }
    if (answer.value !== null) this.pasted = '';
    return answer.value;
  }
}
