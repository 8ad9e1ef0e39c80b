import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { PasswordStrength } from './types';

/** Pause in typing after which the strength is asked for. */
export const assessDelayMs = 150;
const tooShort = 'The password needs at least 12 characters.';

/** A new password: typed twice, its strength shown while typing, then used to create the vault. */
export class NewPassword {
  /** First input. Change it through {@link type}, so that its strength follows. */
  password = $state('');
  /** Second input. */
  repeat = $state('');
  /** Strength of what is typed; null while nothing is, or before the first answer. */
  strength = $state.raw<PasswordStrength | null>(null);
  /** True while the vault is being made (about a second). */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Takes a change of the first input and asks for its strength once typing pauses.
   *
   * @param text - The whole input.
   */
  type(text: string): void {
    this.password = text;
    this.failure = null;
    clearTimeout(this.#timer);
    this.#turn += 1;
    if (text === '') this.strength = null;
    else this.#timer = setTimeout(() => void this.#assess(), assessDelayMs);
  }

  /**
   * Creates the vault if the password is long enough and typed twice alike. After that both inputs are empty and the
   * bytes wiped.
   *
   * @returns True if the vault was made and is open now.
   */
  async submit(): Promise<boolean> {
    if (this.isBusy) return false;
    clearTimeout(this.#timer);
    this.isBusy = true;
    try {
      return await this.#create();
    } finally {
      this.isBusy = false;
    }
  }

  /** Empties both inputs and forgets the strength. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.password = '';
    this.repeat = '';
    this.strength = null;
  }

  async #create(): Promise<boolean> {
    await this.#assess();
    this.failure = this.#objection();
    if (this.failure !== null) return false;
    const typed = this.password;
    this.clear();
    const answer = await withPasswordBytes(typed, (password) => ask(() => this.#api.vault.create({ password })));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    return answer.ok;
  }

  #objection(): string | null {
    if (this.password === '' || this.strength?.isLongEnough === false) return tooShort;
    return this.password === this.repeat ? null : 'The two passwords differ.';
  }

  async #assess(): Promise<void> {
    if (this.password === '') return;
    const turn = ++this.#turn;
    const answer = await withPasswordBytes(this.password, (password) =>
      ask(() => this.#api.password.assess({ password })),
    );
    // Typing went on meanwhile: this strength is of another password.
    if (turn !== this.#turn) return;
    this.strength = answer.ok ? answer.value : null;
  }
}
