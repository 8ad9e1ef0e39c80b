import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** PBKDF2 on Node's pool: 0.3 s with SHA-1 or SHA-256, 1 s with SHA-512. OWASP asks for at most 1,300,000 (SHA-1). */
const maxPbkdf2Iterations = 2_000_000;
/** Hashes of the derivations before PBKDF2: some 1 s, in slices of 5 ms. Firefox's files cost 600,000, Coffer's 350,000. */
const maxRounds = 650_000;
/** Memory of scrypt; openssl's own costs take 16 MiB. */
const maxScryptMiB = 32;
/** Memory times parallelisation: some 0.6 s. */
const maxScryptWorkMiB = 64;
/** Of bcrypt: some 3 s, in slices of 6 ms, between which it can be cancelled. ssh-keygen takes 16 or 24 unless told; who tells it says 64 to 200. */
const maxBcryptRounds = 256;
const mebibyte = 1024 * 1024;
/** Encrypted parts and encrypted keys. A key with its certificate has two, whoever writes it. */
const maxSealedParts = 32;

/**
 * What is paid for one file from outside, whose parts each name a cost of their own: at most about a second of one core. It is
 * counted over the whole file: a few kilobytes have room for dozens of parts, and whoever makes a file without a passphrase can
 * give it a right MAC. bcrypt may take longer (ADR 0033). A refusal names the limit.
 */
export class DerivationBudget {
  readonly #subject: string;
  readonly #signal: AbortSignal | undefined;
  #iterations = 0;
  #rounds = 0;
  #bcryptRounds = 0;
  #scryptBytes = 0;
  #parts = 0;

  /**
   * A budget that nothing was taken from.
   *
   * @param subject - What messages call the file.
   * @param signal - Once it is aborted, nothing more is paid: its reason is thrown instead.
   */
  constructor(subject: string, signal?: AbortSignal) {
    this.#subject = subject;
    this.#signal = signal;
  }

  /** For derivations in slices, which look at it between two of them. */
  get signal(): AbortSignal | undefined {
    return this.#signal;
  }

  /**
   * Before a part is decrypted.
   *
   * @throws CofferError `bad-key` if there are too many.
   */
  openPart(): void {
    this.#signal?.throwIfAborted();
    this.#parts++;
    if (this.#parts > maxSealedParts) {
      throw new CofferError(
        'bad-key',
        say('main-keys.expected-at-most-encrypted-parts', { subject: this.#subject, maxSealedParts }),
      );
    }
  }

  /**
   * Before PBKDF2 runs.
   *
   * @param iterations - As the file says.
   * @throws CofferError `bad-key` if it is none, or the file costs too much by now.
   */
  payIterations(iterations: number): void {
    this.#checkCount(iterations);
    this.#iterations += iterations;
    if (this.#iterations > maxPbkdf2Iterations)
      throw this.#tooCostly(say('main-keys.pbkdf2-iterations', { maxPbkdf2Iterations }));
  }

  /**
   * Before a derivation runs that hashes again and again.
   *
   * @param rounds - Hashes that it takes.
   * @throws CofferError `bad-key` if it is none, or the file costs too much by now.
   */
  payRounds(rounds: number): void {
    this.#checkCount(rounds);
    this.#rounds += rounds;
    if (this.#rounds > maxRounds) throw this.#tooCostly(say('main-keys.rounds-of-hashing', { maxRounds }));
  }

  /**
   * Before bcrypt runs.
   *
   * @param rounds - As the file says.
   * @throws CofferError `bad-key` if the file costs too much by now.
   */
  payBcrypt(rounds: number): void {
    this.#signal?.throwIfAborted();
    this.#bcryptRounds += rounds;
    checkBcryptRounds(this.#bcryptRounds);
  }

  /**
   * Before scrypt runs.
   *
   * @param memoryBytes - 128 times its cost and its block size.
   * @param parallelization - As the file says.
   * @returns What scrypt may use, for its own check.
   * @throws CofferError `bad-key` if the file costs too much by now.
   */
  payScrypt(memoryBytes: number, parallelization: number): number {
    this.#signal?.throwIfAborted();
    this.#scryptBytes += memoryBytes * parallelization;
    if (memoryBytes > maxScryptMiB * mebibyte || this.#scryptBytes > maxScryptWorkMiB * mebibyte) {
      throw this.#tooCostly(say('main-keys.mib-of-scrypt-memory-mib-times', { maxScryptMiB, maxScryptWorkMiB }));
    }
    return 2 * maxScryptMiB * mebibyte;
  }

  #checkCount(count: number): void {
    this.#signal?.throwIfAborted();
    if (count < 1)
      throw new CofferError('bad-key', say('main-keys.expected-at-least-one-iteration', { subject: this.#subject }));
  }

  #tooCostly(most: string): CofferError {
    return new CofferError(
      'bad-key',
      say('main-keys.its-passphrase-costs-more-than-coffer-pays-expected', { subject: this.#subject, most }),
    );
  }
}

/**
 * Checks what a file says that its passphrase costs in bcrypt.
 *
 * @throws CofferError `bad-key` above the limit.
 */
export function checkBcryptRounds(rounds: number): void {
  if (rounds <= maxBcryptRounds) return;
  throw new CofferError(
    'bad-key',
    say('main-keys.key-file-its-passphrase-costs-more-than-coffer', { maxBcryptRounds }),
  );
}
