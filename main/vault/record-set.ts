import { CofferError } from '../errors';
import { type PageEntry, maxEntriesPerPage, pageFullBytes, pageLength } from './page';
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

  /** Adds or replaces pages, then drops others. A record that stands in two pages is damage. */
  apply(changed: readonly LoadedPage[], removed: readonly number[] = []): void {
    // First all that goes, then all that comes: a record may move from one changed page to another.
    for (const no of [...changed.map((page) => page.no), ...removed]) this.#remove(no);
    for (const page of changed) this.#add(page);
  }

  /** Number of records. */
  get size(): number {
    return this.#pageOfRecord.size;
  }

  /** All records, page by page. */
  *entries(): Generator<PageEntry> {
    for (const page of this.#pages.values()) yield* page.entries;
  }

  /** Numbers of all pages, as they are now. */
  pageNumbers(): number[] {
    return [...this.#pages.keys()];
  }

  /** A page's records, as they are now; none if the page is gone. */
  entriesOf(no: number): readonly PageEntry[] {
    return this.#pages.get(no)?.entries ?? [];
  }

  /** Ids of a page's records, as they are now; none if the page is gone. */
  idsOf(no: number): RecordId[] {
    return (this.#pages.get(no)?.entries ?? []).map(({ id }) => toId(id));
  }

  /** The page and place of a record; null if there is no such record. */
  find(id: RecordId): { page: LoadedPage; entry: PageEntry } | null {
    const page = this.#pages.get(this.#pageOfRecord.get(id) ?? -1);
    const entry = page?.entries.find((candidate) => toId(candidate.id) === id);
    return page === undefined || entry === undefined ? null : { page, entry };
  }

  /** The page that a new record goes into: the last one while it has room, else a new one. */
  pageForNew(): Pick<LoadedPage, 'no' | 'revision' | 'entries'> {
    const last = this.#pages.get(this.#lastNo());
    return last !== undefined && hasRoom(last) ? last : this.emptyPage();
  }

  /** A page that is not there yet. */
  emptyPage(): Pick<LoadedPage, 'no' | 'revision' | 'entries'> {
    return { no: this.#lastNo() + 1, revision: 0, entries: [] };
  }

  /** Marks of all pages in ascending order, as if some were stored and others gone. */
  marksWith(changed: readonly PageMark[], removed: readonly number[]): PageMark[] {
    const marks = new Map<number, PageMark>(this.#pages);
    for (const page of changed) marks.set(page.no, page);
    for (const no of removed) marks.delete(no);
    return [...marks.values()].sort((a, b) => a.no - b.no);
  }

  /** Wipes the overviews. */
  wipe(): void {
    for (const entry of this.entries()) entry.overview.fill(0);
    this.#pages.clear();
    this.#pageOfRecord.clear();
  }

  #lastNo(): number {
    let last = 0;
    for (const no of this.#pages.keys()) last = Math.max(last, no);
    return last;
  }

  #add(page: LoadedPage): void {
    for (const { id } of page.entries) {
      const key = toId(id);
      if (this.#pageOfRecord.has(key))
        throw new CofferError('vault-damaged', 'records: one record stands in two pages');
      this.#pageOfRecord.set(key, page.no);
    }
    this.#pages.set(page.no, page);
  }

  #remove(no: number): void {
    for (const { id } of this.#pages.get(no)?.entries ?? []) this.#pageOfRecord.delete(toId(id));
    this.#pages.delete(no);
  }
}

/** Id as hex. */
export function toId(bytes: Uint8Array): RecordId {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('hex');
}

function hasRoom(page: LoadedPage): boolean {
  return page.entries.length < maxEntriesPerPage && pageLength(page.entries) < pageFullBytes;
}
