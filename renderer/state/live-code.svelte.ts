import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';

const tickMs = 250;

/** The code of a virtual MFA device while it is shown; a new one is asked for when it ends. */
export class LiveCode {
  /** Digits in two groups; empty before the first answer. */
  text = $state('');
  /** How long the code still counts. */
  secondsLeft = $state(0);
  /** How long a code counts in all. */
  periodSeconds = $state(30);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  readonly #request: { readonly id: string; readonly device: string };
  #endsAtMs = 0;
  #isAsking = false;
  #isShown = false;

  constructor(api: CofferApi, id: string, device: string) {
    this.#api = api;
    this.#request = { id, device };
  }

  /**
   * Begins to show codes.
   *
   * @returns Ends it, and drops the code.
   */
  start(): () => void {
    this.#isShown = true;
    void this.#refresh();
    const ticker = setInterval(() => this.#tick(), tickMs);
    return () => {
      clearInterval(ticker);
      this.#isShown = false;
      this.text = '';
    };
  }

  #tick(): void {
    this.secondsLeft = Math.max(0, Math.ceil((this.#endsAtMs - performance.now()) / 1000));
    if (performance.now() >= this.#endsAtMs) void this.#refresh();
  }

  async #refresh(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const answer = await ask(() => this.#api.signIn.code(this.#request));
    this.#isAsking = false;
    if (!this.#isShown) return;
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      this.text = '';
      this.#endsAtMs = performance.now() + 1000;
      return;
    }
    const { code, nowMs, untilMs, periodSeconds } = answer.value;
    this.failure = null;
    this.periodSeconds = periodSeconds;
    this.#endsAtMs = performance.now() + untilMs - nowMs;
    this.secondsLeft = Math.ceil((untilMs - nowMs) / 1000);
    this.text = `${code.slice(0, code.length / 2)} ${code.slice(code.length / 2)}`;
  }
}
