import { isUtf8 } from 'node:buffer';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Places and values in the bytes of an overview; all of them are told at `encodeOverview`. */
export const layout = {
  version: 1,
  favouriteFlag: 1,
  trashedFlag: 2,
  flagsAt: 1,
  createdAt: 2,
  updatedAt: 10,
  trashedAt: 18,
  kindAt: 26,
} as const;

/** Kinds that are stored as their place in this list, for good; 0 says that the name follows. No kind is ever added here. */
export const numberedKinds: readonly string[] = ['', 'key-pair', 'settings', 'export'];

/** Added to the length of a text that is stored in UTF-16. */
export const utf16Flag = 0x8000_0000;

const knownFlags = layout.favouriteFlag | layout.trashedFlag;

/** What every overview begins with. */
export interface OverviewHead {
  readonly flags: number;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly trashedAtMs: number;
  readonly kind: string;
  /** Offset of the title's length. */
  readonly titleAt: number;
}

/**
 * Reads the head of an overview.
 *
 * @param start - Where in the bytes the overview begins.
 * @throws CofferError `newer-format`, `vault-damaged`.
 */
export function readHead(bytes: Uint8Array, start: number): OverviewHead {
  if (bytes.length < start + layout.kindAt + 1) throw damaged();
  if (bytes[start] !== layout.version) {
    throw new CofferError('newer-format', say('main-records.record-it-was-written-by-a-newer-version'));
  }
  const flags = bytes[start + layout.flagsAt] ?? 0;
  const createdAtMs = readTime(bytes, start + layout.createdAt);
  const updatedAtMs = readTime(bytes, start + layout.updatedAt);
  const trashedAtMs = readTime(bytes, start + layout.trashedAt);
  if ((flags & ~knownFlags) !== 0 || ![createdAtMs, updatedAtMs, trashedAtMs].every(Number.isFinite)) throw damaged();
  const number = bytes[start + layout.kindAt] ?? 0;
  const titleAt = titleAtOf(bytes, start);
  const kind = number === 0 ? decodeUtf8(bytes, start + layout.kindAt + 2, titleAt) : numberedKinds[number];
  if (kind === undefined) throw damaged();
  return { flags, createdAtMs, updatedAtMs, trashedAtMs, kind, titleAt };
}

/** Offset of the title's length in an overview that begins at `start`. */
export function titleAtOf(bytes: Uint8Array, start: number): number {
  const kindAt = start + layout.kindAt;
  return bytes[kindAt] === 0 ? kindAt + 2 + (bytes[kindAt + 1] ?? 0) : kindAt + 1;
}

/** One of the times in an overview, f64. */
export function readTime(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset + at, 8).getFloat64(0);
}

/** Length of a text in bytes, with {@link utf16Flag} added if it is UTF-16. */
export function textLengthAt(bytes: Uint8Array, at: number): number {
  const upper = (bytes[at] ?? 0) * 0x1000000;
  return upper + (((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0));
}

/** Offset behind a text, which is not looked at. */
export function textEndAt(bytes: Uint8Array, at: number): number {
  const stored = textLengthAt(bytes, at);
  return at + 4 + (stored >= utf16Flag ? stored - utf16Flag : stored);
}

/**
 * Reads a text.
 *
 * @param at - Offset of its length.
 * @returns The text, and the offset behind it.
 * @throws CofferError `vault-damaged`.
 */
export function readText(bytes: Uint8Array, at: number): { text: string; end: number } {
  const stored = textLengthAt(bytes, at);
  const isUtf16 = stored >= utf16Flag;
  const start = at + 4;
  const end = start + (isUtf16 ? stored - utf16Flag : stored);
  if (end > bytes.length || start > bytes.length || (isUtf16 && (end - start) % 2 !== 0)) throw damaged();
  return { text: isUtf16 ? decodeUtf16(bytes, start, end) : decodeUtf8(bytes, start, end), end };
}

function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end > bytes.length) throw damaged();
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let isAscii = true;
  for (let at = start; at < end && isAscii; at++) isAscii = (bytes[at] ?? 0) < 0x80;
  if (isAscii) return buffer.toString('latin1', start, end);
  if (!isUtf8(bytes.subarray(start, end))) throw damaged();
  return buffer.toString('utf8', start, end);
}

function decodeUtf16(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 2) text += String.fromCharCode((bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0));
  return text;
}

function damaged(): CofferError {
  return new CofferError('vault-damaged', say('main-records.record-its-overview-is-not-what-coffer-wrote'));
}
