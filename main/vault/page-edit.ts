import { concatBytes } from '../crypto/encode';
import { idBytes } from './overview-table';
import {
  type PageEntry,
  countBytes,
  encodeEntry,
  entryLength,
  entryLengthAt,
  maxEntriesPerPage,
  pageFullBytes,
  walkPage,
} from './page';

// A save changes one entry in a page of some 56: the bytes around it are copied as they are, and nothing is made of the others.

/** The content of a page without entries. */
export function emptyContent(): Uint8Array {
  return new Uint8Array(countBytes);
}

/** How many entries a page has. */
export function countOf(content: Uint8Array): number {
  return ((content[0] ?? 0) << 8) | (content[1] ?? 0);
}

/** Whether a page takes one more record. */
export function hasRoomFor(content: Uint8Array, entry: PageEntry): boolean {
  return countOf(content) < maxEntriesPerPage && content.length + entryLength(entry) <= pageFullBytes;
}

/**
 * The page with one more entry, behind all others.
 *
 * @param content - Not changed.
 * @returns Fresh bytes that the caller wipes, as from the functions below.
 */
export function withAdded(content: Uint8Array, entry: PageEntry): Uint8Array {
  return joined(countOf(content) + 1, [content.subarray(countBytes), ...encodeEntry(entry)]);
}

/**
 * The page with another entry in place of one.
 *
 * @param at - Where that one begins.
 */
export function withReplaced(content: Uint8Array, at: number, entry: PageEntry): Uint8Array {
  const behind = content.subarray(at + entryLengthAt(content, at));
  return joined(countOf(content), [content.subarray(countBytes, at), ...encodeEntry(entry), behind]);
}

/**
 * The page without one of its entries.
 *
 * @param at - Where it begins.
 */
export function withoutEntry(content: Uint8Array, at: number): Uint8Array {
  const behind = content.subarray(at + entryLengthAt(content, at));
  return joined(countOf(content) - 1, [content.subarray(countBytes, at), behind]);
}

function joined(count: number, parts: readonly Uint8Array[]): Uint8Array {
  return concatBytes([Uint8Array.of(count >> 8, count & 0xff), ...parts]);
}

/** A page's content, and where its entries begin. */
export interface Walked {
  readonly content: Uint8Array;
  readonly offsets: readonly number[];
}

/** Finds where the entries of a page begin. */
export function walked(content: Uint8Array): Walked {
  const offsets: number[] = [];
  walkPage(content, (at) => offsets.push(at));
  return { content, offsets };
}

/**
 * Tells which entries of a page that was written anew are which of the old one's, by their ids. The order is taken to be the
 * same but for entries that came or went.
 *
 * @returns For each new entry the index of the old one; -1 for one that came.
 */
export function matchEntries(old: Walked, now: Walked): number[] {
  let next = 0;
  return now.offsets.map((at) => {
    for (const index of [next, next + 1]) {
      const oldAt = old.offsets[index];
      if (oldAt === undefined || !isSameId(old.content, oldAt, now.content, at)) continue;
      next = index + 1;
      return index;
    }
    return -1;
  });
}

/** Whether the ids that begin at two places are one. */
export function isSameId(one: Uint8Array, oneAt: number, other: Uint8Array, otherAt: number): boolean {
  for (let n = 0; n < idBytes; n++) if (one[oneAt + n] !== other[otherAt + n]) return false;
  return true;
}
