import { say } from '../../preload/words/say';
import { concatBytes, uint32 } from '../crypto/encode';
import { CofferError } from '../errors';
import { withoutLeadingZeros } from './der';

/**
 * Writes an SSH `string`: four bytes of length, then the bytes.
 *
 * @param bytes - Not changed.
 * @returns Bytes that the caller owns, and wipes if the input is secret.
 * @see RFC 4251 §5.
 */
export function sshString(bytes: Uint8Array): Uint8Array {
  return concatBytes([uint32(bytes.length), bytes]);
}

/**
 * Writes an unsigned number as an SSH `mpint`.
 *
 * @param magnitude - Big-endian; leading zeros are dropped.
 * @returns Bytes that the caller owns, and wipes if the number is secret.
 * @see RFC 4251 §5.
 */
export function sshMpint(magnitude: Uint8Array): Uint8Array {
  const digits = withoutLeadingZeros(magnitude);
  const padding = new Uint8Array((digits[0] ?? 0) > 0x7f ? 1 : 0);
  return concatBytes([uint32(padding.length + digits.length), padding, digits]);
}

/** Reads SSH wire data from front to back; what it returns are views into the bytes it was given. */
export class SshReader {
  readonly #bytes: Uint8Array;
  #offset = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /**
   * Takes a number of bytes.
   *
   * @param length - How many.
   * @throws CofferError `bad-key` if so many are not left.
   */
  take(length: number): Uint8Array {
    const end = this.#offset + length;
    if (end > this.#bytes.length) throw damaged();
    const taken = this.#bytes.subarray(this.#offset, end);
    this.#offset = end;
    return taken;
  }

  /** Takes a `uint32`. Throws CofferError `bad-key` if four bytes are not left. */
  uint32(): number {
    const bytes = this.take(4);
    return new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0);
  }

  /** Takes a `string` as bytes. Throws CofferError `bad-key` if it is cut short. */
  string(): Uint8Array {
    return this.take(this.uint32());
  }

  /** Takes a `string` that holds an ASCII name of at most 64 characters. Throws CofferError `bad-key` for another. */
  name(): string {
    const bytes = this.string();
    if (bytes.length > 64 || bytes.some((byte) => byte < 0x21 || byte > 0x7e)) throw damaged();
    return String.fromCharCode(...bytes);
  }

  /** Takes an `mpint` that is not negative, without leading zeros. Throws CofferError `bad-key` for another. */
  mpint(): Uint8Array {
    const bytes = this.string();
    if ((bytes[0] ?? 0) > 0x7f) throw damaged();
    return withoutLeadingZeros(bytes);
  }

  /** Takes all that is left. */
  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#offset);
  }
}

function damaged(): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-its-content-is-damaged-or-cut-short'));
}
