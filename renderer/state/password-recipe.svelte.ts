import type { CofferApi, RequestOf } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';

/** How a password is made: characters or words. */
export class PasswordRecipe {
  /** Characters or words. */
  style = $state<'characters' | 'words'>('characters');
  /** Number of characters. */
  length = $state(20);
  /** Whether symbols are among them. */
  hasSymbols = $state(true);
  /** Whether characters that look alike are left out. */
  isWithoutLookAlikes = $state(false);
  /** Number of words. */
  count = $state(6);
  /** Bits of entropy of the last password; null before. */
  entropyBits = $state<number | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Makes a password. Its bytes are wiped; the text goes into an input.
   *
   * @returns Null if that failed.
   */
  async make(): Promise<string | null> {
    const answer = await ask(() => this.#api.password.generate(this.#request()));
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return null;
    }
    const { password, entropyBits } = answer.value;
    this.failure = null;
    this.entropyBits = Math.floor(entropyBits);
    const text = new TextDecoder().decode(password);
    password.fill(0);
    return text;
  }

  #request(): RequestOf<'password:generate'> {
    if (this.style === 'words') {
      return { style: 'words', count: this.count, separator: '-', isCapitalised: true, hasDigit: true };
    }
    const classes: ('lower' | 'upper' | 'digits' | 'symbols')[] = ['lower', 'upper', 'digits'];
    if (this.hasSymbols) classes.push('symbols');
    return { style: 'characters', length: this.length, classes, isWithoutLookAlikes: this.isWithoutLookAlikes };
  }
}
