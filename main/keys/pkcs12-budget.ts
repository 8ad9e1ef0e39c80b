import { CofferError } from '../errors';

/** PBKDF2 runs on Node's pool; the same as for a single encrypted key. */
const maxPbkdf2Iterations = 10_000_000;
/** Hashes of PKCS#12's own derivation: some 3 s, in slices of 5 ms. */
const maxRounds = 2_000_000;
/** Encrypted parts and encrypted keys. A key with its certificate has two, whoever writes it. */
const maxSealedParts = 32;

/**
 * What is paid for one PKCS#12 file, whose parts each name a cost of their own. It is counted over the whole file: a few
 * kilobytes have room for dozens of parts, and whoever makes a file without a passphrase can give it a right MAC.
 */
export class Pkcs12Budget {
  #iterations = 0;
  #rounds = 0;
  #parts = 0;

  /**
   * Before a part is decrypted.
   *
   * @throws CofferError `bad-key` if there are too many.
   */
  openPart(): void {
    this.#parts++;
    if (this.#parts > maxSealedParts) {
      throw new CofferError('bad-key', `PKCS#12: expected at most ${maxSealedParts} encrypted parts`);
    }
  }

  /**
   * Before PBKDF2 runs.
   *
   * @param iterations - As the file says.
   * @throws CofferError `bad-key` if the file costs too much by now.
   */
  payIterations(iterations: number): void {
    this.#iterations += iterations;
    if (this.#iterations > maxPbkdf2Iterations) throw tooCostly(`${maxPbkdf2Iterations} PBKDF2 iterations`);
  }

  /**
   * Before PKCS#12's own derivation runs.
   *
   * @param rounds - Hashes that it takes.
   * @throws CofferError `bad-key` if it is none, or the file costs too much by now.
   */
  payRounds(rounds: number): void {
    if (rounds < 1) throw new CofferError('bad-key', 'PKCS#12: expected at least one iteration');
    this.#rounds += rounds;
    if (this.#rounds > maxRounds) throw tooCostly(`${maxRounds} rounds of hashing`);
  }
}

function tooCostly(most: string): CofferError {
  return new CofferError(
    'bad-key',
    `PKCS#12: its passphrase costs more than Coffer pays; expected at most ${most} in all`,
  );
}
