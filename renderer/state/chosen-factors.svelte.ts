import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { CodeEnrolment } from './code-enrolment.svelte';
import { sentenceOf } from './sentence';
import type { Answer, Factor, KeyFileChoice, WaysOverview } from './types';
import { allFactors } from './way-words';

/** The factors of a way in that is being made: which, and what each of them needs before it can be used. */
export class ChosenFactors {
  /** The secret for an authenticator app, if a new one is made. */
  readonly codes: CodeEnrolment;
  /** What the way in will ask for besides the password. */
  chosen = $state.raw<readonly Factor[]>([]);
  /** Whether the secret that the authenticator app holds already goes on to be used. */
  keepsCodes = $state(false);
  /** Null until a key file was made or picked. */
  keyFile = $state.raw<KeyFileChoice | null>(null);
  /** True once a security key gave the same answer twice. */
  hasSecurityKey = $state(false);
  /** True while the system's dialog or the window for security keys is open. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  #hasBegun = false;

  constructor(api: CofferApi) {
    this.#api = api;
    this.codes = new CodeEnrolment(api);
  }

  /**
   * Starts from the factors of a way in that is there; those that are impossible here are left out.
   *
   * @param factors - To be checked at first.
   * @param overview - What the vault has and what this system can.
   */
  start(factors: readonly Factor[], overview: WaysOverview): void {
    this.chosen = allFactors.filter(
      (factor) =>
        factors.includes(factor) &&
        (factor !== 'this-computer' || overview.computer.isPossible) &&
        (factor !== 'security-key' || overview.securityKey.isPossible),
    );
    this.keepsCodes = overview.codes !== null;
  }

  /**
   * Says whether a factor is chosen.
   *
   * @param factor - Besides the password.
   */
  has(factor: Factor): boolean {
    return this.chosen.includes(factor);
  }

  /**
   * Takes a factor or leaves it.
   *
   * @param factor - Besides the password.
   * @param isChosen - Whether it is to be asked for.
   */
  set(factor: Factor, isChosen: boolean): void {
    this.failure = null;
    this.chosen = allFactors.filter((one) => (one === factor ? isChosen : this.has(one)));
  }

  /** True while a new secret for an authenticator app has to be shown and proved. */
  get needsEnrolment(): boolean {
    return this.has('totp') && !this.keepsCodes;
  }

  /** Lets the user pick any file as the key file; a closed dialog changes nothing. */
  async pickKeyFile(): Promise<void> {
    await this.#takeKeyFile(() => this.#api.ways.pickKeyFile({}));
  }

  /** Writes a new key file to a place that the user picks; a closed dialog changes nothing. */
  async makeKeyFile(): Promise<void> {
    await this.#takeKeyFile(() => this.#api.ways.makeKeyFile({}));
  }

  /** Opens the window for security keys and waits for its end. */
  async enrolSecurityKey(): Promise<void> {
    const answer = await this.#run(() => this.#api.ways.enrolSecurityKey({}));
    if (answer?.ok) this.hasSecurityKey = true;
  }

  /** Asks for a secret for the authenticator app, unless there is one already. */
  async beginCodes(): Promise<void> {
    this.#hasBegun = true;
    await this.codes.begin();
  }

  /**
   * Says in {@link failure} what is still missing.
   *
   * @returns True if nothing is, apart from the codes of the authenticator app.
   */
  check(): boolean {
    this.failure = this.#objection();
    return this.failure === null;
  }

  /** Drops all that was begun, here and in the main process. */
  async forget(): Promise<void> {
    this.codes.clear();
    this.keyFile = null;
    this.hasSecurityKey = false;
    this.failure = null;
    if (!this.#hasBegun) return;
    this.#hasBegun = false;
    await ask(() => this.#api.ways.forgetBegun({}));
  }

  #objection(): string | null {
    if (this.has('key-file') && this.keyFile === null) return say('ways.make-or-choose-the-key-file');
    if (this.has('security-key') && !this.hasSecurityKey) return say('ways.set-up-the-security-key-first');
    return null;
  }

  async #takeKeyFile(call: () => Promise<Answer<KeyFileChoice | null>>): Promise<void> {
    const answer = await this.#run(call);
    if (answer?.ok && answer.value !== null) this.keyFile = answer.value;
  }

  async #run<T>(call: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.#hasBegun = true;
    this.failure = null;
    const answer = await ask(call);
    this.isBusy = false;
    if (!answer.ok && answer.error.code !== 'cancelled') this.failure = sentenceOf(answer.error);
    return answer;
  }
}
