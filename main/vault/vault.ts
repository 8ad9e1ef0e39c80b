import { say } from '../../preload/words/say';
import { wipe } from '../crypto/wipe';
import { CofferError } from '../errors';
import type { CodeDayRow, Commit, HeaderRow } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';
import { secretPlace } from './format';
import { LogFolding } from './log-folding';
import { type PageEntry, maxOverviewBytes } from './page';
import { countOf, withoutEntry } from './page-edit';
import { placeEntry, sealDraft } from './page-writing';
import { makeRecordId, secretNoAt } from './record-id';
import { type OverviewTable, type PageDraft, type RecordId, toId } from './record-set';
import { openPadded, sealPadded, tagOf } from './seal';
import { makeHead } from './set-integrity';
import { type CommitMark, type RecordListener, type RecordToSave, type VaultParts, outOfPlace } from './vault-parts';
import { WaysIn, type WaysParts } from './ways/ways-in';

/**
 * An unlocked vault: the only holder of its keys. Overviews and bodies are bytes that only callers understand.
 * Each change is one transaction, on disk when the call returns; a failed one changes nothing, here or there.
 * Methods throw CofferError `vault-locked` after {@link lock}, and what `VaultDatabase` throws.
 */
export class Vault {
  /** The ways in. */
  readonly ways: WaysIn;
  #parts: VaultParts | null;
  #counter: number;
  #headMac: Uint8Array;
  #refusal: CofferError | null = null;
  #onCommit: () => void = () => undefined;
  readonly #listeners = new Set<RecordListener>();
  readonly #folding = new LogFolding();

  constructor(parts: VaultParts & { readonly headMac: Uint8Array }, ways: Omit<WaysParts, 'commit'>) {
    this.#parts = parts;
    this.#counter = parts.counter;
    this.#headMac = parts.headMac;
    this.ways = new WaysIn({ ...ways, commit: (row, codeDays) => this.#commitHeader(row, codeDays) });
  }

  /** Where the file stands after the last commit. */
  get mark(): CommitMark {
    const { vaultId, epoch } = this.#open.identity;
    return { vaultId, epoch, counter: this.#counter, headMac: this.#headMac };
  }

  /** Calls back after each commit, when it is on disk. */
  onCommit(callback: () => void): void {
    this.#onCommit = callback;
  }

  /** Refuses every change with this error from now on; null allows them again. */
  refuseChanges(refusal: CofferError | null): void {
    this.#refusal = refusal;
  }

  /** Why changes are refused; null if they are not. */
  get refusal(): CofferError | null {
    return this.#refusal;
  }

  /** For this folder, which copies and re-encrypts vaults: what the vault is made of, as it is now. Not to be kept. */
  lend(): VaultParts {
    return { ...this.#open, counter: this.#counter };
  }

  /** Goes on with another connection to the same file, after its own was closed. */
  reconnect(db: VaultDatabase): void {
    this.#folding.stop();
    this.#parts = { ...this.#open, db };
  }

  /** Id and overview of every record. The bytes belong to the vault: read them, don't keep them. */
  *overviews(): Generator<{ id: RecordId; overview: Uint8Array }> {
    for (const handle of this.#handles()) {
      const { records } = this.#open;
      yield { id: records.idOf(handle), overview: records.overviewOf(handle) };
    }
  }

  /** One record's overview; null if there is no such record. The bytes belong to the vault. */
  overviewOf(id: RecordId): Uint8Array | null {
    const { records } = this.#open;
    const handle = records.find(id);
    return handle === null ? null : records.overviewOf(handle);
  }

  /** All overviews, for reading in bulk. To be fetched anew for each use. */
  get table(): OverviewTable {
    return this.#open.records;
  }

  /** Calls back after each record that was saved or removed, until the vault is locked; returns the function that ends it. */
  subscribe(listener: RecordListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Number of records. */
  get size(): number {
    return this.#open.records.size;
  }

  /**
   * Opens a record's body.
   *
   * @returns A buffer of its own that the caller wipes.
   * @throws CofferError `not-found`; `vault-damaged` if the stored body is not the one last saved.
   */
  openBody(id: RecordId): Uint8Array {
    return this.openEntry(this.#open.records.entryOf(this.#find(id)));
  }

  /** For this folder: records page by page, as they are now; views that last until the next change. */
  *entriesByPage(): Generator<readonly PageEntry[]> {
    for (const no of this.#open.records.pageNumbers()) yield this.#open.records.entriesOf(no);
  }

  /** As {@link openBody}, for a record at hand. */
  openEntry(entry: Pick<PageEntry, 'id' | 'secretRevision' | 'secretTag'>): Uint8Array {
    const { db, identity, keys } = this.#open;
    const row = db.readSecret(secretNoAt(entry.id, 0));
    const isTheSaved =
      row?.revision === entry.secretRevision && Buffer.compare(tagOf(row.sealed), entry.secretTag) === 0;
    if (row === null || !isTheSaved) {
      throw new CofferError('vault-damaged', say('main-vault.record-its-sealed-part-is-not-the-one'));
    }
    return openPadded(keys.secretKey, row.sealed, secretPlace(identity, entry.id, row.revision));
  }

  /**
   * Saves a record.
   *
   * @returns The record's id.
   * @throws CofferError `not-found`; `bad-request` if the overview is too long.
   */
  save({ id, overview, body }: RecordToSave): RecordId {
    const { identity, keys, records, random } = this.#open;
    if (overview.length > maxOverviewBytes) {
      throw new CofferError(
        'bad-request',
        say('main-vault.title-and-tags-expected-at-most-bytes-together', { maxOverviewBytes }),
      );
    }
    const handle = id === null ? null : this.#find(id);
    if (handle === null && body === null) throw new CofferError('bad-request', say('main-vault.body-needed'));
    const old = handle === null ? null : records.entryOf(handle);
    // Copies: the page that the old entry is a view of is wiped once the new one is stored.
    const recordId = old === null ? makeRecordId(records.nextSecretNo(), random) : new Uint8Array(old.id);
    const revision = (old?.secretRevision ?? 0) + (body === null ? 0 : 1);
    const place = secretPlace(identity, recordId, revision);
    const sealed = body === null ? null : sealPadded(keys.secretKey, body, place, { padding: 'secret', random });
    const secretTag = sealed === null ? (old?.secretTag ?? new Uint8Array()) : tagOf(sealed);
    const entry: PageEntry = { id: recordId, secretRevision: revision, secretTag, overview };
    const secrets = sealed === null ? [] : [{ no: secretNoAt(recordId, 0), revision, sealed }];
    this.#commit(placeEntry(records, handle, entry), { secrets, removedSecrets: [] });
    const savedId = toId(recordId);
    this.#tell(this.#find(savedId));
    return savedId;
  }

  /**
   * Removes a record for ever; its bytes in the file are overwritten.
   *
   * @throws CofferError `not-found`.
   */
  remove(id: RecordId): void {
    const handle = this.#find(id);
    const { records } = this.#open;
    const { no, revision, content, at } = records.placeOf(handle);
    const removedSecrets = [secretNoAt(content, at)];
    const draft = { no, revision, content: withoutEntry(content, at) };
    this.#commit([draft], { secrets: [], removedSecrets });
    this.#tell(handle);
  }

  /**
   * Opens every record's body once, one a step, for the check that runs in slices after unlock.
   *
   * @returns Yields the number of records checked so far.
   * @throws CofferError `vault-damaged` at the first record that is not the one last saved, or if there are strays.
   */
  *checkBodies(): Generator<number, void> {
    this.#open.records.indexIds();
    let checked = 0;
    for (const handle of this.#handles()) {
      wipe(this.openEntry(this.#open.records.entryOf(handle)));
      yield ++checked;
    }
    if (this.#open.db.countSecrets() !== this.#open.records.size) {
      throw new CofferError('vault-damaged', say('main-vault.records-the-file-holds-a-sealed-part-that'));
    }
  }

  /**
   * Does now what opening need not wait for, and what would cost the first save further syncs; to be called once the list is shown.
   *
   * @throws What `VaultDatabase` throws; the next save tries again, and throws it to who saves.
   */
  prepareForSaving(): void {
    const { records, db } = this.#open;
    records.indexIds();
    db.startWriting();
    if (this.#refusal === null) this.ways.writeUse();
    db.beginLog();
  }

  /** Whether {@link lock} was called. */
  get isLocked(): boolean {
    return this.#parts === null;
  }

  /** Wipes what is in memory, folds the log into the file and gives up the lock. A second call does nothing. */
  lock(): void {
    this.#writeUseQuietly();
    const parts = this.#parts;
    if (parts === null) return;
    this.#parts = null;
    this.#listeners.clear();
    this.#folding.stop();
    this.ways.wipe();
    parts.records.wipe();
    parts.db.close();
  }

  /** A vault that is locked before its list was shown still notes when it was used, if its disk lets it. */
  #writeUseQuietly(): void {
    try {
      // Closed already where another file took this one's place.
      if (this.#parts?.db.isOpen === true && this.#refusal === null) this.ways.writeUse();
    } catch (error) {
      if (!(error instanceof CofferError)) throw error;
    }
  }

  get #open(): VaultParts {
    if (this.#parts === null) throw new CofferError('vault-locked', say('main-vault.vault-unlock-it-first'));
    return this.#parts;
  }

  /** Handles of all records, those that come while one goes through them included. */
  *#handles(): Generator<number> {
    for (let handle = 0; handle < this.#open.records.handleLimit; handle++) {
      if (this.#open.records.has(handle)) yield handle;
    }
  }

  #find(id: RecordId): number {
    const handle = this.#open.records.find(id);
    if (handle === null) throw new CofferError('not-found', say('main-vault.record-there-is-none-with-this-id'));
    return handle;
  }

  #tell(handle: number): void {
    for (const listener of this.#listeners) listener(handle);
  }

  #commitHeader(header: HeaderRow, codeDays: readonly CodeDayRow[] | undefined): void {
    this.#requireWritable();
    const { db, identity, keys, records } = this.#open;
    const counter = this.#counter + 1;
    const head = makeHead(counter, records.marksWith(), { identity, headerMac: header.mac, keys });
    db.commit({ head, header, ...(codeDays === undefined ? {} : { codeDays }) });
    this.#parts = { ...this.#open, headerMac: header.mac };
    this.#noteCommit(counter, head.mac);
  }

  #requireWritable(): void {
    if (this.#refusal !== null) throw this.#refusal;
    this.#open.db.startWriting();
    if (!this.#open.isInPlace()) throw outOfPlace();
  }

  #noteCommit(counter: number, headMac: Uint8Array): void {
    this.#counter = counter;
    this.#headMac = headMac;
    this.#onCommit();
  }

  #commit(drafts: readonly PageDraft[], secrets: Pick<Required<Commit>, 'secrets' | 'removedSecrets'>): void {
    this.#requireWritable();
    const { db, identity, keys, records, headerMac, random } = this.#open;
    const counter = this.#counter + 1;
    const removed = drafts.filter(({ content }) => countOf(content) === 0).map(({ no }) => no);
    const changed = drafts
      .filter(({ content }) => countOf(content) > 0)
      .map((draft) => sealDraft(draft, { identity, keys, random }));
    const loaded = changed.map((page) => page.loaded);
    const head = makeHead(counter, records.marksWith(loaded, removed), { identity, headerMac, keys });
    try {
      db.commit({ head, pages: changed.map(({ row }) => row), removedPages: removed, ...secrets });
    } catch (error) {
      for (const { content } of loaded) wipe(content);
      throw error;
    }
    records.apply(loaded, removed);
    this.#noteCommit(counter, head.mac);
    this.#folding.later(db);
  }
}
