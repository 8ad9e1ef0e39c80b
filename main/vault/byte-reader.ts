import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Reads a canonical layout from front to back; every misfit is `vault-damaged`. Results are views of the input. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Takes that many bytes, as a view. */
  take(lengthBytes: number): Uint8Array {
    if (lengthBytes > this.#bytes.length - this.#offset) throw misfit();
    const part = this.#bytes.subarray(this.#offset, this.#offset + lengthBytes);
    this.#offset += lengthBytes;
    return part;
  }

  /** Takes a big-endian number of 1, 2, 4 or 8 bytes; one that is not a safe integer is refused. */
  takeNumber(lengthBytes: 1 | 2 | 4 | 8): number {
    let value = 0;
    for (const byte of this.take(lengthBytes)) value = value * 256 + byte;
    if (!Number.isSafeInteger(value)) throw misfit();
    return value;
  }

  /** Requires that everything was taken. */
  end(): void {
    if (this.#offset !== this.#bytes.length) throw misfit();
  }
}

function misfit(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.vault-a-stored-value-does-not-have-the'));
}
