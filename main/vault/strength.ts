import { Worker } from 'node:worker_threads';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { minPasswordCharacters } from './ways/way-rules';
import { strengthWords } from './strength-words';
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

type Assessment = Omit<PasswordStrength, 'isLongEnough'>;

/** A call that waits for its answer. */
interface Waiting {
  readonly resolve: (assessment: Assessment) => void;
  readonly reject: (error: CofferError) => void;
}

/** A running thread and the calls that wait for it, by their ids. */
interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, Waiting>;
}

/**
 * Asks zxcvbn in a thread of its own: the password has to become a string there, and the thread's heap, string and all, is
 * given up on {@link stop}. Calls may overlap; the thread answers one after the other.
 */
export class StrengthMeter {
  readonly #workerUrl: URL;
  #thread: Thread | null = null;
  #lastId = 0;

  /** @param workerUrl - The built `strength-worker`. */
  constructor(workerUrl: URL) {
    this.#workerUrl = workerUrl;
  }

  /**
   * Assesses a password by its first 128 UTF-16 units, which bounds the time that it takes; what follows them is taken to add
   * nothing.
   *
   * @param password - UTF-8 bytes as typed. Not changed; the caller wipes them.
   * @throws CofferError `bad-request` if they are not UTF-8; `cancelled` if {@link stop} came before the answer; `internal` if
   *   the thread fails.
   */
  async assess(password: Uint8Array): Promise<PasswordStrength> {
    const isLongEnough = countCharacters(password) >= minPasswordCharacters;
    const { worker, waiting } = (this.#thread ??= this.#start());
    const id = ++this.#lastId;
    const { score, crackTime, warning, suggestions } = await new Promise<Assessment>((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      const copy = new Uint8Array(password);
      worker.postMessage({ id, password: copy }, [copy.buffer]);
    });
    return { score, crackTime, warning, suggestions, isLongEnough };
  }

  /** Ends the thread and cancels the calls that wait for it. The next {@link assess} starts another. */
  async stop(): Promise<void> {
    const thread = this.#thread;
    if (thread === null) return;
    this.#giveUp(thread, new CofferError('cancelled', say('main-vault.password-its-assessment-was-cancelled')));
    await thread.worker.terminate();
  }

  #start(): Thread {
    const worker = new Worker(this.#workerUrl, { workerData: strengthWords() });
    const thread: Thread = { worker, waiting: new Map() };
    const onEnd = (cause?: unknown) =>
      this.#giveUp(thread, new CofferError('internal', say('main-vault.password-its-assessment-failed'), { cause }));
    worker.on('message', ({ id, ...assessment }: Assessment & { readonly id: number }) => {
      thread.waiting.get(id)?.resolve(assessment);
      thread.waiting.delete(id);
    });
    worker.on('error', onEnd);
    worker.on('exit', () => onEnd());
    return thread;
  }

  /** Forgets a thread, but never one that has been started since. */
  #giveUp(thread: Thread, error: CofferError): void {
    if (this.#thread === thread) this.#thread = null;
    for (const { reject } of thread.waiting.values()) reject(error);
    thread.waiting.clear();
  }
}
