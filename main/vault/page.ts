import { say } from '../../preload/words/say';
import { concatBytes, uint32, uint64 } from '../crypto/encode';
import { CofferError } from '../errors';
import { ByteReader } from './byte-reader';

/** Records to a page at most. */
export const maxEntriesPerPage = 64;
/** A page takes no further record that would make its content longer; sealed it is 12 KiB. A save rewrites one page. */
export const pageFullBytes = 12 * 1024 - 4;
/** A record that grows moves to another page rather than let its page grow beyond this; sealed it is 16 KiB. */
export const maxPageContentBytes = 16 * 1024 - 4;
/** Longest overview. One of this length has a page of its own, which the store still takes. */
export const maxOverviewBytes = 1024 * 1024;

/** Where in a page's entry its parts begin: id (16), revision of the secret (8), its tag (16), length (4), overview. */
export const entryParts = { secretRevision: 16, secretTag: 24, overviewLength: 40, overview: 44 } as const;

const idBytes = 16;
/** Length of the number of entries, by which a page begins. */
export const countBytes = 2;

/** One record in a page: its overview, and what its secret must be. */
export interface PageEntry {
  /** 16 bytes, from `makeRecordId`. */
  readonly id: Uint8Array;
  /** Revision of the record's row in `secret`. */
  readonly secretRevision: number;
  /** Tag of the record's row in `secret`. */
  readonly secretTag: Uint8Array;
  /** Bytes that only the caller understands. */
  readonly overview: Uint8Array;
}

/** How long an entry will be in its page. */
export function entryLength({ overview }: PageEntry): number {
  return entryParts.overview + overview.length;
}

/**
 * Whether a page takes one more record.
 *
 * @param entries - Those that it has.
 */
export function hasRoom(entries: readonly PageEntry[], entry: PageEntry): boolean {
  const length = entries.reduce((sum, known) => sum + entryLength(known), countBytes + entryLength(entry));
  return entries.length < maxEntriesPerPage && length <= pageFullBytes;
}

/** One entry of a page, in pieces: id (16), u64 revision and tag (16) of its secret, u32 length, overview. */
export function encodeEntry({ id, secretRevision, secretTag, overview }: PageEntry): Uint8Array[] {
  return [id, uint64(secretRevision), secretTag, uint32(overview.length), overview];
}

/** Content of a page: u16 count, then its entries as {@link encodeEntry} writes them. */
export function encodePage(entries: readonly PageEntry[]): Uint8Array {
  return concatBytes([Uint8Array.of(entries.length >> 8, entries.length & 0xff), ...entries.flatMap(encodeEntry)]);
}

/**
 * Reads what {@link encodePage} wrote.
 *
 * @param content - Stays referenced by the entries.
 * @throws CofferError `vault-damaged`.
 */
export function decodePage(content: Uint8Array): PageEntry[] {
  const entries: PageEntry[] = [];
  walkPage(content, (at) => entries.push(entryAt(content, at)));
  return entries;
}

/**
 * One entry of a page that was walked before.
 *
 * @param content - Stays referenced by the entry.
 * @param at - Where the entry begins.
 */
export function entryAt(content: Uint8Array, at: number): PageEntry {
  const reader = new ByteReader(content.subarray(at));
  return {
    id: reader.take(idBytes),
    secretRevision: reader.takeNumber(8),
    secretTag: reader.take(16),
    overview: reader.take(reader.takeNumber(4)),
  };
}

/**
 * Finds the entries of a page without making anything of them: a vault of 100,000 records is opened this way.
 *
 * @param visit - Called with the offset of each entry, in order; its parts are at {@link entryParts}.
 * @throws CofferError `vault-damaged`, perhaps after some entries were visited.
 */
export function walkPage(content: Uint8Array, visit: (at: number) => void): void {
  const count = content.length < countBytes ? 0 : readNumber(content, 0, countBytes);
  if (count > maxEntriesPerPage)
    throw new CofferError('vault-damaged', say('main-vault.page-more-records-than-a-page-holds'));
  const view = new DataView(content.buffer, content.byteOffset, content.length);
  const lastStart = content.length - entryParts.overview;
  let at = countBytes;
  for (let n = 0; n < count; n++) {
    if (at > lastStart) throw misfit();
    visit(at);
    at += entryParts.overview + view.getUint32(at + entryParts.overviewLength);
  }
  if (at !== content.length) throw misfit();
}

/**
 * Length of an entry's overview.
 *
 * @param at - Where the entry begins.
 */
export function overviewLengthAt(content: Uint8Array, at: number): number {
  return readNumber(content, at + entryParts.overviewLength, 4);
}

/** Length of an entry that begins there. */
export function entryLengthAt(content: Uint8Array, at: number): number {
  return entryParts.overview + overviewLengthAt(content, at);
}

function readNumber(bytes: Uint8Array, at: number, lengthBytes: number): number {
  let value = 0;
  for (let offset = at; offset < at + lengthBytes; offset++) value = value * 256 + (bytes[offset] ?? 0);
  return value;
}

function misfit(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.page-it-does-not-have-the-layout-of'));
}
