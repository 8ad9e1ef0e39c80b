import { CofferError } from '../errors';
import { type PageEntry, maxEntriesPerPage, pageFullBytes } from './page';
import type { PageMark } from './set-integrity';

/** A page as it stands in the database, with its records open. */
export interface LoadedPage extends PageMark {
  readonly entries: readonly PageEntry[];
}

/** A record id as lower-case hex: the form in which ids leave this folder. */
export type RecordId = string;

/** All overviews of an unlocked vault, in pages. Changes only after the database has them. */
export class RecordSet {
  readonly #pages = new Map<number, LoadedPage>();
  readonly #pageOfRecord = new Map<RecordId, number>();

  /** Adds or replaces a page. A record that stands in another page too is damage. */
  put(page: LoadedPage): void {
    for (const { id } of this.#pages.get(page.no)?.entries ?? []) this.#pageOfRecord.delete(toId(id));
    for (const { id } of page.entries) {
      const key = toId(id);
      if (this.#pageOfRecord.has(key))
        throw new CofferError('vault-damaged', 'records: one record stands in two pages');
      this.#pageOfRecord.set(key, page.no);
    }
    this.#pages.set(page.no, page);
  }

  /** Drops a page. */
  remove(no: number): void {
    for (const { id } of this.#pages.get(no)?.entries ?? []) this.#pageOfRecord.delete(toId(id));
    this.#pages.delete(no);
  }

  /** Number of records. */
  get size(): number {
    return this.#pageOfRecord.size;
  }

  /** All records, page by page. */
  *entries(): Generator<PageEntry> {
    for (const page of this.#pages.values()) yield* page.entries;
  }

  /** The page and place of a record; null if there is no such record. */
  find(id: RecordId): { page: LoadedPage; entry: PageEntry } | null {
    const page = this.#pages.get(this.#pageOfRecord.get(id) ?? -1);
    const entry = page?.entries.find((candidate) => toId(candidate.id) === id);
    return page === undefined || entry === undefined ? null : { page, entry };
  }

  /** The page that a new record goes into: the last one while it has room, else a new one. */
  pageForNew(): { no: number; revision: number; entries: readonly PageEntry[] } {
    const no = Math.max(0, ...[...this.#pages.keys()].slice(-1));
    const last = this.#pages.get(no);
    if (last !== undefined && hasRoom(last)) return last;
    return { no: no + 1, revision: 0, entries: [] };
  }

  /** Marks of all pages in ascending order, as if `changed` were stored and `removedNo` gone. */
  marksWith(changed: PageMark | null, removedNo: number | null = null): PageMark[] {
    const marks: PageMark[] = [];
    for (const page of this.#pages.values()) {
      if (page.no !== removedNo) marks.push(page.no === changed?.no ? changed : page);
    }
    if (changed !== null && !this.#pages.has(changed.no)) marks.push(changed);
    return marks.sort((a, b) => a.no - b.no);
  }

  /** Wipes the overviews. */
  wipe(): void {
    for (const entry of this.entries()) entry.overview.fill(0);
    this.#pages.clear();
    this.#pageOfRecord.clear();
  }
}

/** Id as hex. */
export function toId(bytes: Uint8Array): RecordId {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function hasRoom(page: LoadedPage): boolean {
  const size = page.entries.reduce((sum, entry) => sum + entry.overview.length, 0);
  return page.entries.length < maxEntriesPerPage && size < pageFullBytes;
}
