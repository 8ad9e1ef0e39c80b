/** Where a line lies in a file. */
export interface Line {
  readonly start: number;
  /** End of its text, without the line break. */
  readonly end: number;
  /** Where the next line begins. */
  readonly next: number;
}

/** What a text is put together from. Strings are written as UTF-8 and must not be secret; bytes stay the caller's. */
export type Piece = string | Uint8Array;

/** A change to bytes: what lies from `start` to `end` becomes `pieces`. */
export interface Splice {
  readonly start: number;
  readonly end: number;
  readonly pieces: readonly Piece[];
}

const lf = 0x0a;
const cr = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/**
 * The lines of a text, after a UTF-8 byte order mark.
 *
 * @param isCrABreak - Whether a CR alone ends a line, as it does for Python and so for `aws`; not for ssh.
 * @returns Every byte after the mark belongs to exactly one line.
 */
export function linesOf(bytes: Uint8Array, isCrABreak: boolean): Line[] {
  const lines: Line[] = [];
  let start = byteOrderMark.every((byte, at) => bytes[at] === byte) ? byteOrderMark.length : 0;
  while (start < bytes.length) {
    let end = start;
    while (end < bytes.length && bytes[end] !== lf && !(isCrABreak && bytes[end] === cr)) end += 1;
    const next = end + (bytes[end] === cr && bytes[end + 1] === lf ? 2 : end < bytes.length ? 1 : 0);
    lines.push({ start, end, next });
    start = next;
  }
  return lines;
}

/** The line break that a text uses: that of its first line; LF where there is none. */
export function lineBreakOf(bytes: Uint8Array): '\n' | '\r\n' {
  const at = bytes.indexOf(lf);
  return at > 0 && bytes[at - 1] === cr ? '\r\n' : '\n';
}

/** Whether a text ends within a line, so that what is appended needs a line break first. `isCrABreak` as in {@link linesOf}. */
export function endsWithinLine(bytes: Uint8Array, isCrABreak: boolean): boolean {
  const last = linesOf(bytes, isCrABreak).at(-1);
  return last !== undefined && last.end === last.next;
}

/** Whether bytes cannot be a text that is edited here: UTF-16, or anything with NUL in it. */
export function isNoPlainText(bytes: Uint8Array): boolean {
  const [first, second] = bytes;
  return bytes.includes(0) || (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** A byte of ASCII white space, line breaks included. Others are text: the file may be in any encoding that extends ASCII. */
export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
}

/** First place from `start` on that is no white space; `end` if there is none. */
export function skipSpace(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(bytes[at])) at += 1;
  return at;
}

/** Where the text before `end` ends once white space is taken off; `start` if nothing is left. */
export function trimEnd(bytes: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(bytes[at - 1])) at -= 1;
  return at;
}

/** Bytes as a string, one character a byte: for names and words only, as a string cannot be wiped. */
export function wordOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
}

/**
 * Applies changes that do not overlap.
 *
 * @param bytes - Not changed.
 * @param splices - In any order; of several at one place, the earlier goes first.
 * @returns An array of its own, which the caller wipes.
 */
export function spliced(bytes: Uint8Array, splices: readonly Splice[]): Uint8Array {
  const ordered = [...splices].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { start, end, pieces: added } of ordered) {
    pieces.push(bytes.subarray(from, start), ...added);
    from = end;
  }
  return joined([...pieces, bytes.subarray(from)]);
}

function joined(pieces: readonly Piece[]): Uint8Array {
  const parts = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  const result = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}
