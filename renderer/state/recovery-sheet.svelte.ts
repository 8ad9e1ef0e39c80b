import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, SheetContent } from './types';
import { withoutSeparators } from './typed-codes';

/**
 * The window with a fresh recovery code.
 *
 * Accepted: the code is JavaScript text while it is shown and cannot be wiped; the window is destroyed after this step.
 */
export class RecoverySheet {
  /** What the sheet says besides the code; null before the first answer. */
  about = $state.raw<Omit<SheetContent, 'code'> | null>(null);
  /** The code in groups of four; empty before the first answer and after closing. */
  groups = $state.raw<readonly string[]>([]);
  /** True once it was printed or saved. */
  isKept = $state(false);
  /** True while the user is asked whether the code was really written down. */
  isAsking = $state(false);
  /** What was last done, in a sentence; empty before. */
  said = $state('');
  /** True while a dialog of the system is open. */
  isBusy = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for the sheet. Wipes the bytes that the code came as. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.sheet.content({}));
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return;
    }
    const { code, ...about } = answer.value;
    this.about = about;
    this.groups = withoutSeparators(new TextDecoder().decode(code)).match(/.{1,4}/g) ?? [];
    code.fill(0);
  }

  /** Opens the system's dialog for printing. */
  async print(): Promise<void> {
    const answer = await this.#run(() => this.#api.sheet.print({}));
    if (answer?.ok) this.#keep(say('sheet.sent-to-the-printer'));
  }

  /** Saves the sheet as a PDF at a place that the user picks. */
  async savePdf(): Promise<void> {
    const answer = await this.#run(() => this.#api.sheet.savePdf({}));
    if (answer?.ok && answer.value !== null)
      this.#keep(say('sheet.saved-as', { file: answer.value.name, folder: answer.value.folder }));
  }

  /** Closes the window; asks once if the code was neither printed nor saved. */
  async close(): Promise<void> {
    if (!this.isKept && !this.isAsking) {
      this.isAsking = true;
      return;
    }
    this.groups = [];
    this.isAsking = false;
    await this.#run(() => this.#api.sheet.close({}));
  }

  /** Goes back to the sheet. */
  stay(): void {
    this.isAsking = false;
  }

  #keep(sentence: string): void {
    this.isKept = true;
    this.said = sentence;
  }

  async #run<T>(call: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.failure = null;
    const answer = await ask(call);
    this.isBusy = false;
    if (!answer.ok && answer.error.code !== 'cancelled') this.failure = sentenceOf(answer.error);
    return answer;
  }
}
