import { say } from '../../preload/words/say';
import type { Argon2Variant } from '../crypto/kdf';
import { CofferError } from '../errors';
import { asBuffer, fromBase64 } from './bytes';
import type { PpkDerivation, PpkVersion } from './ppk';

/** An RSA key of 16,384 bits has 107 lines. */
const maxBlobLines = 1024;
/** Most that is paid for a file from outside. PuTTY itself writes 8 MiB. */
const maxMemoryKiB = 32 * 1024;
const maxParallelism = 16;
/** Memory times passes: some 1 s on one core. PuTTY takes as many passes as last 0.1 s where the file is made. */
const maxWorkKiB = 1024 * 1024;
const maxSaltBytes = 64;
const minSaltBytes = 8;
const kibibytesPerLane = 8;

const start = 'PuTTY-User-Key-File-';
const variants: Readonly<Record<string, Argon2Variant>> = {
  Argon2d: 'argon2d',
  Argon2i: 'argon2i',
  Argon2id: 'argon2id',
};

/** A PPK, taken apart and not opened yet. */
export interface PpkText {
  readonly version: PpkVersion;
  readonly algorithm: string;
  readonly encryption: 'none' | 'aes256-cbc';
  /** A view into the file. */
  readonly comment: Uint8Array;
  readonly publicBlob: Uint8Array;
  /** Null unless it is an encrypted version 3. */
  readonly derivation: PpkDerivation | null;
  /** Decoded and still encrypted, if it is; the caller wipes it. */
  readonly privateBytes: Uint8Array;
  readonly mac: Uint8Array;
}

/**
 * Finds where a PPK begins: at the start of a line.
 *
 * @param file - Not changed.
 * @returns The offset, or -1.
 */
export function findPpk(file: Uint8Array): number {
  const text = asBuffer(file);
  let at = text.indexOf(start);
  while (at > 0 && !isLineStart(text, at)) at = text.indexOf(start, at + 1);
  return at;
}

/**
 * Takes a PPK apart. Counts of lines and costs are bounded before anything is done about them. LF, CRLF and CR end lines; what
 * stands behind the MAC is left alone.
 *
 * @param file - From where it begins; not changed. The result holds views into it.
 * @throws CofferError `bad-key` for damage, a version or an encryption that is not known, or a cost above the limits.
 * @see PuTTY manual, appendix C.
 */
export function parsePpk(file: Uint8Array): PpkText {
  const lines = new PpkLines(file);
  const { version, algorithm } = readFirstLine(lines);
  const encryption = lines.text('Encryption');
  if (encryption !== 'none' && encryption !== 'aes256-cbc') {
    throw new CofferError('bad-key', say('main-keys.key-file-found-an-unknown-encryption-ppk-files'));
  }
  const comment = lines.value('Comment');
  const publicBlob = lines.blob('Public-Lines');
  const derivation = version === 3 && encryption !== 'none' ? readDerivation(lines) : null;
  const privateBytes = lines.blob('Private-Lines');
  const mac = lines.hex('Private-MAC', version === 2 ? 20 : 32);
  return { version, algorithm, encryption, comment, publicBlob, derivation, privateBytes, mac };
}

/** The refusal of a PPK whose content is not what PuTTY writes. */
export function damagedPpk(): CofferError {
  return new CofferError('bad-key', say('main-keys.key-file-expected-a-putty-key-ppk-its'));
}

function readFirstLine(lines: PpkLines): { readonly version: PpkVersion; readonly algorithm: string } {
  const match = /^PuTTY-User-Key-File-(\d{1,9}): ([\x21-\x7e]{1,64})$/.exec(lines.line());
  const version = Number(match?.[1]);
  const algorithm = match?.[2];
  if (algorithm === undefined) throw damagedPpk();
  if (version === 2 || version === 3) return { version, algorithm };
  throw new CofferError('bad-key', say('main-keys.key-file-found-a-putty-key-of-another'));
}

function readDerivation(lines: PpkLines): PpkDerivation {
  const variant = variants[lines.text('Key-Derivation')];
  if (variant === undefined) {
    throw new CofferError('bad-key', say('main-keys.key-file-expected-argon2id-argon2i-or-argon2d-as'));
  }
  const [memoryKiB, timeCost] = [lines.count('Argon2-Memory'), lines.count('Argon2-Passes')];
  const parallelism = lines.count('Argon2-Parallelism');
  if (memoryKiB > maxMemoryKiB) {
    throw new CofferError(
      'bad-key',
      say('main-keys.key-file-its-passphrase-needs-more-memory-than', { mebibytes: maxMemoryKiB / 1024 }),
    );
  }
  if (parallelism > maxParallelism || memoryKiB * timeCost > maxWorkKiB) {
    throw new CofferError(
      'bad-key',
      say('main-keys.key-file-its-passphrase-costs-more-than-coffer-pays', {
        mebibytes: maxWorkKiB / 1024,
        maxParallelism,
      }),
    );
  }
  const salt = lines.hex('Argon2-Salt', null);
  // RFC 9106 §3.1: memory of at least eight KiB a lane, and a salt of at least eight bytes.
  if (timeCost < 1 || parallelism < 1 || memoryKiB < kibibytesPerLane * parallelism || salt.length < minSaltBytes) {
    throw damagedPpk();
  }
  return { variant, memoryKiB, timeCost, parallelism, salt };
}

/** The lines of a PPK, front to back. */
class PpkLines {
  readonly #text: Buffer;
  #offset = 0;

  constructor(file: Uint8Array) {
    this.#text = asBuffer(file);
  }

  /** The next line as text. Not for secrets. */
  line(): string {
    return asBuffer(this.#next()).toString('latin1');
  }

  /** The value of the next line, which must have this name; a view. */
  value(name: string): Uint8Array {
    const line = this.#next();
    const head = `${name}: `;
    if (asBuffer(line.subarray(0, head.length)).toString('latin1') === head) return line.subarray(head.length);
    // Editors strip the space behind an empty comment.
    if (asBuffer(line).toString('latin1', 0, head.length) === `${name}:`) return line.subarray(line.length);
    throw damagedPpk();
  }

  text(name: string): string {
    return asBuffer(this.value(name)).toString('latin1', 0, 64);
  }

  /** A number of at most fifteen digits, so that what comes out is exact. */
  count(name: string): number {
    const text = this.text(name);
    if (!/^\d{1,15}$/.test(text)) throw damagedPpk();
    return Number(text);
  }

  /** Bytes in hex; null takes up to {@link maxSaltBytes}. */
  hex(name: string, lengthBytes: number | null): Uint8Array {
    const digits = asBuffer(this.value(name)).toString('latin1', 0, 2 * maxSaltBytes + 1);
    const isWhole = digits.length % 2 === 0 && digits.length <= 2 * maxSaltBytes && /^[0-9a-f]*$/i.test(digits);
    if (!isWhole || (lengthBytes !== null && digits.length !== 2 * lengthBytes)) throw damagedPpk();
    return Uint8Array.from(Buffer.from(digits, 'hex'));
  }

  /** The lines of base64 that a count announces, decoded; the caller owns what comes out. */
  blob(name: string): Uint8Array {
    const lineCount = this.count(name);
    if (lineCount > maxBlobLines) {
      throw new CofferError('bad-key', say('main-keys.key-file-expected-at-most-lines-in', { maxBlobLines, name }));
    }
    this.#skipEnds();
    const from = this.#offset;
    for (let line = 0; line < lineCount; line++) this.#next();
    return fromBase64(this.#text.subarray(from, this.#offset));
  }

  #next(): Uint8Array {
    this.#skipEnds();
    const from = this.#offset;
    if (from >= this.#text.length) throw damagedPpk();
    while (this.#offset < this.#text.length && !isLineEnd(this.#text[this.#offset])) this.#offset++;
    return this.#text.subarray(from, this.#offset);
  }

  #skipEnds(): void {
    while (isLineEnd(this.#text[this.#offset])) this.#offset++;
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}

function isLineStart(text: Uint8Array, at: number): boolean {
  const before = text[at - 1];
  // 0xbf: the last byte of UTF-8's byte order mark.
  return at === 0 || isLineEnd(before) || before === 0xbf;
}
