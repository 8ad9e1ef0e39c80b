import { createHmac } from 'node:crypto';

/** Length of one time window of an authenticator app. */
const codeWindowMs = 30_000;

/** What an authenticator app does (RFC 6238, SHA-1, six digits, 30 s), apart from the product's own code for it. */
export class Authenticator {
  readonly #secret: Buffer;
  #usedWindow = -1;

  /** Takes the secret as a person types it: base32, spaces allowed. */
  constructor(secretBase32: string) {
    this.#secret = fromBase32(secretBase32.replaceAll(/\s/g, ''));
  }

  /** The six digits of the window that a moment lies in, moved by a number of windows. */
  codeAt(nowMs: number, windows = 0): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(nowMs / codeWindowMs) + windows));
    const mac = createHmac('sha1', this.#secret).update(counter).digest();
    const truncated = mac.readUInt32BE((mac.at(-1) ?? 0) & 0x0f) & 0x7fffffff;
    return String(truncated % 1_000_000).padStart(6, '0');
  }

  /** Two codes in a row that can be proved at once: the last one and that of now, which counts as used then. */
  lastTwo(): [string, string] {
    const nowMs = Date.now();
    this.#usedWindow = Math.floor(nowMs / codeWindowMs);
    return [this.codeAt(nowMs, -1), this.codeAt(nowMs)];
  }

  /** Waits until there is a code that was not given before, and gives it. */
  async freshCode(): Promise<string> {
    const waitMs = (this.#usedWindow + 1) * codeWindowMs - Date.now();
    // The first moment of a window: the app's clock is this one.
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs + 50));
    const nowMs = Date.now();
    this.#usedWindow = Math.floor(nowMs / codeWindowMs);
    return this.codeAt(nowMs);
  }

  /** Waits for the start of the next window and gives its code: nearly all of the window is left then. */
  async nextCode(): Promise<string> {
    this.#usedWindow = Math.floor(Date.now() / codeWindowMs);
    return await this.freshCode();
  }
}

/** Reads base32 without padding (RFC 4648 §6). */
export function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (digit) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(digit).toString(2).padStart(5, '0'),
  );
  const bytes = bits.join('').match(/.{8}/g) ?? [];
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)));
}
