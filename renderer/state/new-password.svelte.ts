import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { PasswordStrength } from './types';

/** Pause in typing after which the strength is asked for. */
export const assessDelayMs = 150;
const tooShort = say('new-password.the-password-needs-at-least-12');

/** A password that is made here: typed twice, its strength shown while typing. */
export class PasswordPair {
  /** First input. Change it through {@link type}, so that its strength follows. */
  password = $state('');
  /** Second input. */
  repeat = $state('');
  /** Strength of what is typed; null while nothing is, or before the first answer. */
  strength = $state.raw<PasswordStrength | null>(null);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  /** The bridge. */
  protected readonly api: CofferApi;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(api: CofferApi) {
    this.api = api;
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
   * Says in {@link failure} what is wrong with what is typed.
   *
   * @returns True if it is long enough and typed twice alike.
   */
  async check(): Promise<boolean> {
    clearTimeout(this.#timer);
    await this.#assess();
    this.failure = this.#objection();
    return this.failure === null;
  }

  /** Empties both inputs and forgets the strength. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#turn += 1;
    this.password = '';
    this.repeat = '';
    this.strength = null;
  }

  #objection(): string | null {
    if (this.password === '' || this.strength?.isLongEnough === false) return tooShort;
    return this.password === this.repeat ? null : say('new-password.the-two-passwords-differ');
  }

  async #assess(): Promise<void> {
    if (this.password === '') return;
    const turn = ++this.#turn;
    const answer = await withPasswordBytes(this.password, (password) =>
      ask(() => this.api.password.assess({ password })),
    );
    // Typing went on meanwhile: this strength is of another password.
    if (turn !== this.#turn) return;
    this.strength = answer.ok ? answer.value : null;
  }
}

/** The password of a new vault. */
export class NewPassword extends PasswordPair {
  /** True while the vault is being made (about a second). */
  isBusy = $state(false);
  /** True after it was given up, until the next try. */
  isCancelled = $state(false);

  /**
   * Creates the vault if the password is long enough and typed twice alike. After that both inputs are empty and the
   * bytes wiped; after a cancel what was typed stays.
   *
   * @returns True if the vault was made and is open now.
   */
  async submit(): Promise<boolean> {
    if (this.isBusy) return false;
    this.isCancelled = false;
    this.isBusy = true;
    // It changes while an answer is waited for.
    const isGivenUp = () => this.isCancelled;
    try {
      return (await this.check()) && !isGivenUp() && (await this.#create());
    } finally {
      this.isBusy = false;
    }
  }

  /** Gives it up: there is no vault then, and no file. */
  async cancel(): Promise<void> {
    if (!this.isBusy) return;
    this.isCancelled = true;
    await ask(() => this.api.vault.cancel({}));
  }

  async #create(): Promise<boolean> {
    const answer = await withPasswordBytes(this.password, (password) => ask(() => this.api.vault.create({ password })));
    this.isCancelled = !answer.ok && answer.error.code === 'cancelled';
    if (this.isCancelled) return false;
    this.clear();
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    return answer.ok;
  }
}
