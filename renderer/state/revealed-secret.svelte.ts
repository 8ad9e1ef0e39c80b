import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer } from './types';

interface Revealed {
  readonly value: Uint8Array;
  readonly hideAfterSeconds: number;
}

/**
 * One secret field while it is shown. Lives in the one component that shows it; that component calls {@link hide} when
 * the window loses the focus and when it goes away.
 *
 * Accepted: the text is a JavaScript string while shown and cannot be wiped after; it is dropped, and locking destroys
 * the whole page.
 */
export class RevealedSecret {
  /** The secret while it is shown; null otherwise. */
  text = $state<string | null>(null);
  /** Until it hides by itself. */
  secondsLeft = $state(0);
  /** True between asking and the answer. */
  isBusy = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #read: () => Promise<Answer<Revealed>>;
  #turn = 0;
  #ticker: ReturnType<typeof setInterval> | undefined;

  /**
   * Makes it hidden.
   *
   * @param read - Asks the main process for the bytes; called once for each {@link show}.
   */
  constructor(read: () => Promise<Answer<Revealed>>) {
    this.#read = read;
  }

  /** Asks for the secret and shows it for as long as the settings say. Wipes the bytes. */
  async show(): Promise<void> {
    this.hide();
    const turn = this.#turn;
    this.isBusy = true;
    const answer = await ask(this.#read);
    if (!answer.ok) {
      if (turn === this.#turn) {
        this.isBusy = false;
        this.failure = sentenceOf(answer.error);
      }
      return;
    }
    const { value, hideAfterSeconds } = answer.value;
    // Hidden again while the answer was on its way: the text is never made.
    if (turn === this.#turn) {
      this.isBusy = false;
      this.text = new TextDecoder().decode(value);
      this.#hideAfter(hideAfterSeconds);
    }
    value.fill(0);
  }

  /** Shows what is hidden, and hides what is shown: one button, which keeps the focus, stands for both. */
  turn(): void {
    if (this.text === null) void this.show();
    else this.hide();
  }

  /** Drops the secret, also one that is still on its way. */
  hide(): void {
    this.#turn += 1;
    clearInterval(this.#ticker);
    this.text = null;
    this.secondsLeft = 0;
    this.isBusy = false;
    this.failure = null;
  }

  #hideAfter(seconds: number): void {
    const endsAtMs = Date.now() + seconds * 1000;
    this.secondsLeft = seconds;
    this.#ticker = setInterval(() => {
      this.secondsLeft = Math.max(0, Math.ceil((endsAtMs - Date.now()) / 1000));
      if (this.secondsLeft === 0) this.hide();
    }, 250);
  }
}
