import { say } from '../../../preload/words/say';
import { concatBytes, uint32 } from '../../crypto/encode';
import { copyBytes } from '../../crypto/fresh-bytes';
import { CofferError } from '../../errors';
import { ByteReader } from '../byte-reader';
import { horizonDays } from './code-table';

/** What is remembered of a way in, for people. */
export interface WayNote {
  /** The slot's id as lower-case hex. */
  readonly slot: string;
  /** Such as the name of the key file; may be empty. */
  readonly name: string;
  readonly madeAtMs: number;
  /** Null: never used. */
  readonly lastUsedAtMs: number | null;
}

/** What the header keeps sealed: notes on the ways in, and the secret of the authenticator app. */
export interface WayNotes {
  /** 20 bytes, owned by whoever holds the notes and wiped by them; null if no way asks for codes. */
  readonly codeSecret: Uint8Array | null;
  /** How far ahead the table for codes is to reach. */
  readonly horizonDays: number;
  readonly ways: readonly WayNote[];
}

/** Length of an authenticator's secret: 160 bits (RFC 4226 §4, R6). */
export const codeSecretBytes = 20;

const version = 1;

/**
 * Writes notes: version (1), horizon in days (1), length of the secret (1: 0 or 20), secret, then u32 length and UTF-8 JSON of
 * the ways.
 *
 * @returns Fresh bytes that the caller wipes.
 */
export function encodeNotes({ codeSecret, horizonDays: days, ways }: WayNotes): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(ways));
  return concatBytes([
    Uint8Array.of(version, days, codeSecret?.length ?? 0),
    codeSecret ?? new Uint8Array(),
    uint32(json.length),
    json,
  ]);
}

/**
 * Reads what {@link encodeNotes} wrote.
 *
 * @param bytes - Not changed; the secret is copied.
 * @throws CofferError `vault-damaged`.
 */
export function decodeNotes(bytes: Uint8Array): WayNotes {
  const reader = new ByteReader(bytes);
  if (reader.takeNumber(1) !== version) throw damaged();
  const days = reader.takeNumber(1);
  const secretLength = reader.takeNumber(1);
  const isPossible = days >= horizonDays.min && days <= horizonDays.max && [0, codeSecretBytes].includes(secretLength);
  if (!isPossible) throw damaged();
  const secret = copyBytes(reader.take(secretLength));
  const json = reader.take(reader.takeNumber(4));
  reader.end();
  return { codeSecret: secretLength === 0 ? null : secret, horizonDays: days, ways: parseWays(json) };
}

function parseWays(json: Uint8Array): WayNote[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(json));
  } catch {
    throw damaged();
  }
  if (!Array.isArray(parsed)) throw damaged();
  return parsed.map((value: unknown) => {
    if (typeof value !== 'object' || value === null) throw damaged();
    const { slot, name, madeAtMs, lastUsedAtMs } = value as Readonly<Record<string, unknown>>;
    const isNote =
      typeof slot === 'string' &&
      typeof name === 'string' &&
      typeof madeAtMs === 'number' &&
      (lastUsedAtMs === null || typeof lastUsedAtMs === 'number');
    if (!isNote) throw damaged();
    return { slot, name, madeAtMs, lastUsedAtMs };
  });
}

function damaged(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.header-its-notes-are-not-what-coffer-wrote'));
}
