import { concatBytes, uint32, uint64 } from '../crypto/encode';
import { CofferError } from '../errors';
import { ByteReader } from './byte-reader';

/** Records to a page at most. */
export const maxEntriesPerPage = 64;
/** A page takes no further record once its overviews reach this; measured: a save rewrites one page. */
export const pageFullBytes = 32 * 1024;
/** A record whose overview grows moves to another page rather than let its page grow beyond this. */
export const maxPageContentBytes = 128 * 1024;
/** Longest overview. One of this length has a page of its own, which the store still takes. */
export const maxOverviewBytes = 1024 * 1024;

// Id, revision and tag of the secret, length of the overview.
const entryHeadBytes = 16 + 8 + 16 + 4;

/** One record in a page: its overview, and what its secret must be. */
export interface PageEntry {
  /** 16 random bytes. */
  readonly id: Uint8Array;
  /** Revision of the record's row in `secret`. */
  readonly secretRevision: number;
  /** Tag of the record's row in `secret`. */
  readonly secretTag: Uint8Array;
  /** Bytes that only the caller understands. */
  readonly overview: Uint8Array;
}

/** How long the content of a page will be. */
export function pageLength(entries: readonly PageEntry[]): number {
  return entries.reduce((sum, { overview }) => sum + entryHeadBytes + overview.length, 2);
}

/** Content of a page: u16 count, then for each record id (16), u64 revision and tag (16) of its secret, u32 length, overview. */
export function encodePage(entries: readonly PageEntry[]): Uint8Array {
  return concatBytes([
    Uint8Array.of(entries.length >> 8, entries.length & 0xff),
    ...entries.flatMap(({ id, secretRevision, secretTag, overview }) => [
      id,
      uint64(secretRevision),
      secretTag,
      uint32(overview.length),
      overview,
    ]),
  ]);
}

/**
 * Reads what {@link encodePage} wrote.
 *
 * @param content - Stays referenced by the entries.
 * @throws CofferError `vault-damaged`.
 */
export function decodePage(content: Uint8Array): PageEntry[] {
  const reader = new ByteReader(content);
  const count = reader.takeNumber(2);
  if (count > maxEntriesPerPage) throw new CofferError('vault-damaged', 'page: more records than a page holds');
  const entries = Array.from({ length: count }, () => ({
    id: reader.take(16),
    secretRevision: reader.takeNumber(8),
    secretTag: reader.take(16),
    overview: reader.take(reader.takeNumber(4)),
  }));
  reader.end();
  return entries;
}
