import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { IdTable } from './id-table';
import { type PageEntry, decodePage, entryAt, entryParts, maxEntriesPerPage, overviewLengthAt, walkPage } from './page';
import { type OverviewTable, type RecordId, idAt, idBytes, toId } from './overview-table';
import { type PageMark, PageMarks } from './page-marks';

/** A page as it stands in the database, opened. */
export interface LoadedPage extends PageMark {
  /** As `encodePage` wrote it; belongs to the set, which wipes it when the page goes. */
  readonly content: Uint8Array;
}

/** A page as it is to be written; without entries it goes. */
export type PageDraft = Pick<LoadedPage, 'no' | 'revision'> & { readonly entries: readonly PageEntry[] };

export { toId };
export type { OverviewTable, RecordId };

const largestNo = 0xffff_ffff;

/**
 * All overviews of an unlocked vault, in pages; changes only after the database has them. Each page stays the one buffer that
 * it was decrypted into, and a record is a number (its handle) with a page and an offset: 100,000 records are opened without
 * making 100,000 of anything.
 */
export class RecordSet implements OverviewTable {
  readonly #pages: (LoadedPage | null)[] = [];
  readonly #placeOfPage = new Map<number, number>();
  readonly #freePlaces: number[] = [];
  /** Null until an id is looked up. */
  #ids: IdTable | null = null;
  /** For each handle the place of its page in the list above, and one more; 0 if the record is gone. */
  #places = new Uint32Array(1024);
  /** For each handle where its entry begins. */
  #offsets = new Uint32Array(1024);
  #marks = new PageMarks([]);
  #handleLimit = 0;
  #size = 0;

  /**
   * Fills a set that is empty.
   *
   * @param pages - In ascending order of their numbers.
   * @throws CofferError `vault-damaged`; the caller wipes the set.
   */
  load(pages: Iterable<LoadedPage>): void {
    const marks: PageMark[] = [];
    for (const page of pages) {
      const place = this.#addPage(page) + 1;
      this.#reserve(maxEntriesPerPage);
      const places = this.#places;
      const offsets = this.#offsets;
      let handle = this.#handleLimit;
      walkPage(page.content, (at) => {
        places[handle] = place;
        offsets[handle] = at;
        handle++;
      });
      this.#handleLimit = handle;
      marks.push({ no: page.no, revision: page.revision, tag: page.tag });
    }
    this.#size = this.#handleLimit;
    this.#marks = new PageMarks(marks);
  }

  /**
   * Makes what finds records by their ids; the first look-up does it where nobody has. Opening a vault does not wait for it.
   *
   * @throws CofferError `vault-damaged` if one record stands in two pages.
   */
  indexIds(): IdTable {
    if (this.#ids !== null) return this.#ids;
    const ids = new IdTable((handle, bytes, at) => this.#isIdAt(handle, bytes, at));
    for (let handle = 0; handle < this.#handleLimit; handle++) {
      const page = this.#pages[(this.#places[handle] ?? 0) - 1];
      if (page === undefined || page === null) continue;
      const at = this.#offsets[handle] ?? 0;
      if (ids.find(page.content, at) !== null) throw standsTwice();
      ids.add(handle, page.content, at);
    }
    this.#ids = ids;
    return ids;
  }

  /** Adds or replaces pages, then drops others. Their old contents are wiped. */
  apply(changed: readonly LoadedPage[], removed: readonly number[]): void {
    this.indexIds();
    const gone: Uint8Array[] = [];
    const handles = new Map<RecordId, number>();
    // First all that goes, then all that comes: a record may move from one changed page to another.
    for (const no of [...changed.map((page) => page.no), ...removed]) {
      const content = this.#remove(no, handles);
      if (content !== null) gone.push(content);
    }
    for (const page of changed) this.#add(page, handles);
    this.#marks.apply(changed, removed);
    for (const content of gone) wipe(content);
  }

  /** Number of records. */
  get size(): number {
    return this.#size;
  }

  /** Handles are whole numbers below this; see {@link OverviewTable}. */
  get handleLimit(): number {
    return this.#handleLimit;
  }

  /** Calls back for each record; see {@link OverviewTable}. */
  visit(visitor: (handle: number, bytes: Uint8Array, start: number) => void): void {
    const places = this.#places;
    const offsets = this.#offsets;
    const pages = this.#pages;
    for (let handle = 0; handle < this.#handleLimit; handle++) {
      const page = pages[(places[handle] ?? 0) - 1];
      if (page !== undefined && page !== null)
        visitor(handle, page.content, (offsets[handle] ?? 0) + entryParts.overview);
    }
  }

  /** Whether the handle's record is there. */
  has(handle: number): boolean {
    return (this.#places[handle] ?? 0) !== 0;
  }

  /** The page that a record lies in; it belongs to the set. */
  bytesOf(handle: number): Uint8Array {
    return this.#pageOf(handle).content;
  }

  /** Where in its page a record's overview begins. */
  startOf(handle: number): number {
    return (this.#offsets[handle] ?? 0) + entryParts.overview;
  }

  /** A record's id. */
  idOf(handle: number): RecordId {
    return idAt(this.bytesOf(handle), this.#offsets[handle] ?? 0);
  }

  /** A view of a record's overview; it belongs to the set. */
  overviewOf(handle: number): Uint8Array {
    const content = this.bytesOf(handle);
    const start = this.startOf(handle);
    return content.subarray(start, start + overviewLengthAt(content, start - entryParts.overview));
  }

  /** The handle of a record; null if there is no such record. */
  find(id: RecordId): number | null {
    const bytes = Buffer.from(id, 'hex');
    return bytes.length === idBytes ? this.indexIds().find(bytes, 0) : null;
  }

  /** A record's entry, as views of its page. */
  entryOf(handle: number): PageEntry {
    return entryAt(this.bytesOf(handle), this.#offsets[handle] ?? 0);
  }

  /** Entries of all records, page by page, as views. */
  *entries(): Generator<PageEntry> {
    for (const no of this.pageNumbers()) yield* this.entriesOf(no);
  }

  /** Numbers of all pages, as they are now. */
  pageNumbers(): number[] {
    return [...this.#placeOfPage.keys()];
  }

  /** A page's records, as they are now; none if the page is gone. */
  entriesOf(no: number): readonly PageEntry[] {
    const page = this.#pages[this.#placeOfPage.get(no) ?? -1];
    return page === undefined || page === null ? [] : decodePage(page.content);
  }

  /** The page in which a record stands. */
  draftOf(handle: number): PageDraft {
    return toDraft(this.#pageOf(handle));
  }

  /** The page with the highest number; one that is not there yet if there is none. */
  lastPage(): PageDraft {
    const page = this.#pages[this.#placeOfPage.get(this.#marks.lastNo) ?? -1];
    return page === undefined || page === null ? this.emptyPage() : toDraft(page);
  }

  /** A page that is not there yet. */
  emptyPage(): PageDraft {
    return { no: this.#marks.lastNo + 1, revision: 0, entries: [] };
  }

  /**
   * Marks of all pages, as if some were stored and others gone, in pieces for the set MAC; views, good until the next change.
   */
  marksWith(changed: readonly PageMark[] = [], removed: readonly number[] = []): Uint8Array[] {
    return this.#marks.piecesWith(changed, removed);
  }

  /** Wipes the overviews. */
  wipe(): void {
    for (const page of this.#pages) wipe(page?.content);
    this.#pages.length = 0;
    this.#placeOfPage.clear();
    this.#places.fill(0);
    this.#size = 0;
  }

  #pageOf(handle: number): LoadedPage {
    const page = this.#pages[(this.#places[handle] ?? 0) - 1];
    if (page === undefined || page === null) throw new CofferError('not-found', 'record: it is not there any more');
    return page;
  }

  /** @param known - Handles of records that stood in pages which are being replaced; each is taken out when it is found. */
  #add(page: LoadedPage, known: Map<RecordId, number>): void {
    const { content } = page;
    const ids = this.indexIds();
    const place = this.#addPage(page);
    walkPage(content, (at) => {
      if (ids.find(content, at) !== null) throw standsTwice();
      const id = known.size === 0 ? null : idAt(content, at);
      const old = id === null ? undefined : known.get(id);
      const handle = old ?? this.#newHandle();
      this.#places[handle] = place + 1;
      this.#offsets[handle] = at;
      this.#size++;
      if (old === undefined) ids.add(handle, content, at);
      else if (id !== null) known.delete(id);
    });
  }

  #remove(no: number, handles: Map<RecordId, number>): Uint8Array | null {
    const place = this.#placeOfPage.get(no);
    const page = this.#pages[place ?? -1];
    if (place === undefined || page === undefined || page === null) return null;
    const found: [RecordId, number][] = [];
    walkPage(page.content, (at) => {
      const handle = this.indexIds().find(page.content, at);
      if (handle !== null) found.push([idAt(page.content, at), handle]);
    });
    for (const [id, handle] of found) {
      this.#places[handle] = 0;
      handles.set(id, handle);
      this.#size--;
    }
    this.#pages[place] = null;
    this.#freePlaces.push(place);
    this.#placeOfPage.delete(no);
    return page.content;
  }

  #isIdAt(handle: number, bytes: Uint8Array, at: number): boolean {
    const page = this.#pages[(this.#places[handle] ?? 0) - 1];
    if (page === undefined || page === null) return false;
    const own = this.#offsets[handle] ?? 0;
    for (let n = 0; n < idBytes; n++) if (page.content[own + n] !== bytes[at + n]) return false;
    return true;
  }

  #addPage(page: LoadedPage): number {
    if (page.no > largestNo) throw new CofferError('vault-damaged', 'page: expected a smaller number');
    const place = this.#freePlaces.pop() ?? this.#pages.length;
    this.#pages[place] = page;
    this.#placeOfPage.set(page.no, place);
    return place;
  }

  #newHandle(): number {
    this.#reserve(1);
    return this.#handleLimit++;
  }

  #reserve(handles: number): void {
    if (this.#handleLimit + handles <= this.#places.length) return;
    this.#places = doubled(this.#places);
    this.#offsets = doubled(this.#offsets);
  }
}

function standsTwice(): CofferError {
  return new CofferError('vault-damaged', 'records: one record stands in two pages');
}

function toDraft({ no, revision, content }: LoadedPage): PageDraft {
  return { no, revision, entries: decodePage(content) };
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
