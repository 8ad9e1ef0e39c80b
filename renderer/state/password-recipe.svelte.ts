import { say } from '../../preload/words/say';
import type { CofferApi, RequestOf } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';

/** Characters of one kind, as a recipe names them. */
export type CharacterClass = 'upper' | 'lower' | 'digits' | 'symbols';
/** What may stand between words. */
export type Separator = Extract<RequestOf<'password:generate'>, { style: 'words' }>['separator'];

/** AWS takes passwords with three of the four, where an account has no rule of its own. */
const classesAsked = 3;

/** How a password is made: characters or words. */
export class PasswordRecipe {
  /** Characters or words. */
  style = $state<'characters' | 'words'>('characters');
  /** Number of characters. */
  length = $state(20);
  /** Which kinds of characters; at least one of each that is chosen. */
  classes = $state<Record<CharacterClass, boolean>>({ upper: true, lower: true, digits: true, symbols: true });
  /** Whether characters that look alike are left out. */
  isWithoutLookAlikes = $state(false);
  /** Number of words. */
  count = $state(6);
  /** What stands between words. */
  separator = $state<Separator>('-');
  /** Whether words begin with a capital. */
  isCapitalised = $state(true);
  /** Whether a digit stands behind one of the words. */
  hasDigit = $state(true);
  /** Bits of entropy of the last password; null before. */
  entropyBits = $state<number | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Sentence about what AWS would miss in such passwords; null if nothing. */
  get remark(): string | null {
    const found =
      this.style === 'characters'
        ? this.#chosen.length
        : // Full stop and space are no symbols to AWS.
          1 + Number(this.isCapitalised) + Number(this.hasDigit) + Number(['-', '_'].includes(this.separator));
    return found >= classesAsked ? null : say('sign-in.aws-asks-for-three');
  }

  /**
   * Makes a password. Its bytes are wiped; the text goes into an input.
   *
   * @returns Null if that failed.
   */
  async make(): Promise<string | null> {
    this.entropyBits = null;
    if (this.style === 'characters' && this.#chosen.length === 0) {
      this.failure = say('sign-in.choose-a-kind-of-characters');
      return null;
    }
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
      const { count, separator, isCapitalised, hasDigit } = this;
      return { style: 'words', count, separator, isCapitalised, hasDigit };
    }
    const { length, isWithoutLookAlikes } = this;
    return { style: 'characters', length, classes: this.#chosen, isWithoutLookAlikes };
  }

  get #chosen(): CharacterClass[] {
    return (['upper', 'lower', 'digits', 'symbols'] as const).filter((name) => this.classes[name]);
  }
}
