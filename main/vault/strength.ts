import { Worker } from 'node:worker_threads';
import { minPasswordCharacters } from './open-vault';
import { countCharacters } from './text';

/** How well a password would stand against someone who has the file. */
export interface PasswordStrength {
  /** 0 (guessed at once) to 4 (out of reach). */
  readonly score: number;
  readonly isLongEnough: boolean;
  /** In words, at the speed that a slow hash allows. */
  readonly crackTime: string;
  readonly warning: string;
  readonly suggestions: string[];
}

type Answer = Omit<PasswordStrength, 'isLongEnough'> & { readonly id: number };

/**
 * Asks zxcvbn in a thread of its own: the password has to become a string there, and the thread's heap, string and all, is
 * given up on {@link stop}.
 */
export class StrengthMeter {
  readonly #workerUrl: URL;
  #worker: Worker | null = null;
  #lastId = 0;

  /** @param workerUrl - The built `strength-worker`. */
  constructor(workerUrl: URL) {
    this.#workerUrl = workerUrl;
  }

  /**
   * Assesses a password.
   *
   * @param password - UTF-8 bytes as typed. Not changed; the caller wipes them.
   */
  async assess(password: Uint8Array): Promise<PasswordStrength> {
    const worker = (this.#worker ??= new Worker(this.#workerUrl));
    const id = ++this.#lastId;
    const answer = await new Promise<Answer>((resolve, reject) => {
      const onMessage = (message: Answer) => {
        if (message.id === id) settle(() => resolve(message));
      };
      const onError = (error: Error) => {
        this.#worker = null;
        settle(() => reject(error));
      };
      const onExit = () => onError(new Error('the strength thread ended'));
      const settle = (act: () => void) => {
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        act();
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      const copy = new Uint8Array(password);
      worker.postMessage({ id, password: copy }, [copy.buffer]);
    });
    const { score, crackTime, warning, suggestions } = answer;
    return { score, crackTime, warning, suggestions, isLongEnough: countCharacters(password) >= minPasswordCharacters };
  }

  /** Ends the thread. The next {@link assess} starts another. */
  async stop(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
