import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import { IdTable } from './id-table';
import { type PageEntry, decodePage, entryAt, entryParts, maxEntriesPerPage, overviewLengthAt, walkPage } from './page';
import { type Walked, emptyContent, isSameId, matchEntries, walked } from './page-edit';
import { type OverviewTable, type RecordId, idAt, idBytes, toId } from './overview-table';
import { type LoadedPage, PageList } from './page-list';
import { type PageMark, PageMarks } from './page-marks';

/** A page as it is to be written; without entries it goes. The revision is the one that it has. */
export type PageDraft = Pick<LoadedPage, 'no' | 'revision' | 'content'>;

export { toId };
export type { LoadedPage, OverviewTable, RecordId };

/**
 * All overviews of an unlocked vault, in pages; changes only after the database has them. Each page stays the one buffer that
 * it was decrypted into, and a record is a number (its handle) with a page and an offset: 100,000 records are opened without
 * making 100,000 of anything.
 */
export class RecordSet implements OverviewTable {
  readonly #pages = new PageList();
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
      const place = this.#pages.add(page) + 1;
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
    const ids = new IdTable((handle, bytes, at) => this.#isIdAt(handle, bytes, at), this.#size);
    for (let handle = 0; handle < this.#handleLimit; handle++) {
      const page = this.#pages.at((this.#places[handle] ?? 0) - 1);
      if (page === null) continue;
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
    const handles = new Map<RecordId, number>();
    const [only] = changed;
    const place = only === undefined ? null : this.#pages.placeOf(only.no);
    if (only !== undefined && place !== null && changed.length + removed.length === 1) {
      this.#replace(place, only);
    } else {
      // First all that goes, then all that comes: a record may move from one changed page to another.
      for (const no of [...changed.map((page) => page.no), ...removed]) this.#remove(no, handles);
      for (const page of changed) this.#add(page, handles);
    }
    this.#marks.apply(changed, removed);
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
      const page = pages.at((places[handle] ?? 0) - 1);
      if (page !== null) visitor(handle, page.content, (offsets[handle] ?? 0) + entryParts.overview);
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

  /** The number for the row of a new record's secret. */
  nextSecretNo(): number {
    return this.indexIds().lastSecretNo + 1;
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
    return this.#pages.numbers();
  }

  /** A page's records, as they are now; none if the page is gone. */
  entriesOf(no: number): readonly PageEntry[] {
    const page = this.#pages.get(no);
    return page === null ? [] : decodePage(page.content);
  }

  /** The page in which a record stands, and where in its content the record's entry begins. */
  placeOf(handle: number): LoadedPage & { readonly at: number } {
    return { ...this.#pageOf(handle), at: this.#offsets[handle] ?? 0 };
  }

  /** The page with the highest number; one that is not there yet if there is none. */
  lastPage(): PageDraft {
    return this.#pages.get(this.#marks.lastNo) ?? this.emptyPage();
  }

  /** A page that is not there yet. */
  emptyPage(): PageDraft {
    return { no: this.#marks.lastNo + 1, revision: 0, content: emptyContent() };
  }

  /**
   * Marks of all pages, as if some were stored and others gone, in pieces for the set MAC; views, good until the next change.
   */
  marksWith(changed: readonly PageMark[] = [], removed: readonly number[] = []): Uint8Array[] {
    return this.#marks.piecesWith(changed, removed);
  }

  /** Wipes the overviews. */
  wipe(): void {
    this.#pages.wipe();
    this.#places.fill(0);
    this.#size = 0;
  }

  #pageOf(handle: number): LoadedPage {
    const page = this.#pages.at((this.#places[handle] ?? 0) - 1);
    if (page === null) throw new CofferError('not-found', say('main-vault.record-it-is-not-there-any-more'));
    return page;
  }

  /** What most saves do: one page written anew. */
  #replace(place: number, page: LoadedPage): void {
    const old = walked(this.#pages.at(place)?.content ?? emptyContent());
    const now = walked(page.content);
    const handles = this.#handlesIn(place, old);
    const matches = matchEntries(old, now);
    this.#pages.replace(place, page);
    for (const handle of handles) this.#places[handle] = 0;
    matches.forEach((match, index) => {
      const at = now.offsets[index] ?? 0;
      const handle = handles[match] ?? this.#newRecord(page.content, at);
      this.#places[handle] = place + 1;
      this.#offsets[handle] = at;
    });
    this.#size += now.offsets.length - old.offsets.length;
    wipe(old.content);
  }

  /** Handles of a page's records. They mostly follow each other, so that few are looked up. */
  #handlesIn(place: number, { content, offsets }: Walked): number[] {
    let handle = -1;
    return offsets.map((at) => {
      handle++;
      const isIt = this.#places[handle] === place + 1 && this.#offsets[handle] === at;
      if (!isIt) handle = this.indexIds().find(content, at) ?? -1;
      return handle;
    });
  }

  #newRecord(content: Uint8Array, at: number): number {
    if (this.indexIds().find(content, at) !== null) throw standsTwice();
    this.#reserve(1);
    const handle = this.#handleLimit++;
    this.indexIds().add(handle, content, at);
    return handle;
  }

  /** @param known - Handles of records that stood in pages which are being replaced; each is taken out when it is found. */
  #add(page: LoadedPage, known: Map<RecordId, number>): void {
    const { content } = page;
    const place = this.#pages.add(page);
    walkPage(content, (at) => {
      const id = idAt(content, at);
      const handle = known.get(id) ?? this.#newRecord(content, at);
      known.delete(id);
      this.#places[handle] = place + 1;
      this.#offsets[handle] = at;
      this.#size++;
    });
  }

  #remove(no: number, handles: Map<RecordId, number>): void {
    const page = this.#pages.get(no);
    if (page === null) return;
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
    this.#pages.remove(no);
    wipe(page.content);
  }

  #isIdAt(handle: number, bytes: Uint8Array, at: number): boolean {
    const page = this.#pages.at((this.#places[handle] ?? 0) - 1);
    if (page === null) return false;
    return isSameId(page.content, this.#offsets[handle] ?? 0, bytes, at);
  }

  #reserve(handles: number): void {
    if (this.#handleLimit + handles <= this.#places.length) return;
    this.#places = doubled(this.#places);
    this.#offsets = doubled(this.#offsets);
  }
}

function standsTwice(): CofferError {
  return new CofferError('vault-damaged', say('main-vault.records-one-record-stands-in-two-pages'));
}

function doubled(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
