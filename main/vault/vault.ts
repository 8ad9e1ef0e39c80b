import { wipe } from '../crypto/wipe';
import type { RandomBytes } from '../crypto/random';
import { CofferError } from '../errors';
import type { CodeDayRow, Commit, HeaderRow } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';
import { type PageEntry, encodePage, maxOverviewBytes, maxPageContentBytes, pageLength } from './page';
import { type LoadedPage, type RecordId, type RecordSet, toId } from './record-set';
import { pagePlace, secretPlace } from './format';
import { openPadded, sealPadded, tagOf } from './seal';
import { makeHead } from './set-integrity';
import type { VaultIdentity, VaultKeys } from './vault-keys';
import { WaysIn, type WaysParts } from './ways/ways-in';

/** What an unlocked vault is made of; see `open-vault.ts`, which makes it. */
export interface VaultParts {
  readonly db: VaultDatabase;
  /** Where the file stands, links resolved. */
  readonly path: string;
  /** Whether the file that was opened still stands at its place. */
  readonly isInPlace: () => boolean;
  readonly identity: VaultIdentity;
  readonly keys: VaultKeys;
  readonly records: RecordSet;
  readonly counter: number;
  /** MAC of the header that stands in the file. */
  readonly headerMac: Uint8Array;
  readonly random: RandomBytes;
}

/** What is known outside the file of the last commit, to notice an older copy in its place. */
export interface CommitMark {
  readonly vaultId: Uint8Array;
  readonly epoch: number;
  readonly counter: number;
  /** MAC over the set. */
  readonly headMac: Uint8Array;
}

/** A new or changed record. */
export interface RecordToSave {
  /** Null makes a new record. */
  readonly id: RecordId | null;
  /** What lists and search need; held in memory while unlocked. */
  readonly overview: Uint8Array;
  /** The rest, sealed on its own; null keeps the stored one. Wiped by the caller. */
  readonly body: Uint8Array | null;
}

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
    this.#parts = { ...this.#open, db };
  }

  /** Id and overview of every record. The bytes belong to the vault: read them, don't keep them. */
  *overviews(): Generator<{ id: RecordId; overview: Uint8Array }> {
    for (const { id, overview } of this.#open.records.entries()) yield { id: toId(id), overview };
  }

  /** One record's overview; null if there is no such record. */
  overviewOf(id: RecordId): Uint8Array | null {
    return this.#open.records.find(id)?.entry.overview ?? null;
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
    return this.openEntry(this.#find(id).entry);
  }

  /** For this folder: records page by page, as they are now. */
  *entriesByPage(): Generator<readonly PageEntry[]> {
    for (const no of this.#open.records.pageNumbers()) yield this.#open.records.entriesOf(no);
  }

  /** As {@link openBody}, for a record at hand. */
  openEntry(entry: Pick<PageEntry, 'id' | 'secretRevision' | 'secretTag'>): Uint8Array {
    const { db, identity, keys } = this.#open;
    const row = db.readSecret(entry.id);
    const isTheSaved =
      row?.revision === entry.secretRevision && Buffer.compare(tagOf(row.sealed), entry.secretTag) === 0;
    if (row === null || !isTheSaved) {
      throw new CofferError(
        'vault-damaged',
        'record: its sealed part is not the one last saved; restore it from a backup',
      );
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
      throw new CofferError('bad-request', `title and tags: expected at most ${maxOverviewBytes} bytes together`);
    }
    const found = id === null ? null : this.#find(id);
    if (found === null && body === null) throw new CofferError('bad-request', 'body: a new record needs one');
    const recordId = found?.entry.id ?? random(16);
    const revision = (found?.entry.secretRevision ?? 0) + (body === null ? 0 : 1);
    const place = secretPlace(identity, recordId, revision);
    const sealed = body === null ? null : sealPadded(keys.secretKey, body, place, { padding: 'secret', random });
    const secretTag = sealed === null ? (found?.entry.secretTag ?? new Uint8Array()) : tagOf(sealed);
    const entry: PageEntry = { id: recordId, secretRevision: revision, secretTag, overview: new Uint8Array(overview) };
    const secrets = sealed === null ? [] : [{ id: recordId, revision, sealed }];
    this.#commit(placeEntry(records, found, entry), { secrets, removedSecrets: [] });
    wipe(found?.entry.overview);
    return toId(recordId);
  }

  /**
   * Removes a record for ever; its bytes in the file are overwritten.
   *
   * @throws CofferError `not-found`.
   */
  remove(id: RecordId): void {
    const { page, entry } = this.#find(id);
    const entries = page.entries.filter((other) => other !== entry);
    this.#commit([{ ...page, entries }], { secrets: [], removedSecrets: [entry.id] });
    wipe(entry.overview);
  }

  /**
   * Opens every record's body once, one a step, for the check that runs in slices after unlock.
   *
   * @returns Yields the number of records checked so far.
   * @throws CofferError `vault-damaged` at the first record that is not the one last saved, or if there are strays.
   */
  *checkBodies(): Generator<number, void> {
    let checked = 0;
    for (const no of this.#open.records.pageNumbers()) {
      for (const id of this.#open.records.idsOf(no)) {
        if (this.#open.records.find(id) !== null) wipe(this.openBody(id));
        yield ++checked;
      }
    }
    if (this.#open.db.countSecrets() !== this.#open.records.size) {
      throw new CofferError('vault-damaged', 'records: the file holds a sealed part that belongs to no record');
    }
  }

  /** Wipes what is in memory, folds the log into the file and gives up the lock. A second call does nothing. */
  lock(): void {
    const parts = this.#parts;
    if (parts === null) return;
    this.#parts = null;
    this.ways.wipe();
    parts.records.wipe();
    parts.db.close();
  }

  get #open(): VaultParts {
    if (this.#parts === null) throw new CofferError('vault-locked', 'vault: unlock it first');
    return this.#parts;
  }

  #find(id: RecordId): { page: LoadedPage; entry: PageEntry } {
    const found = this.#open.records.find(id);
    if (found === null) throw new CofferError('not-found', 'record: there is none with this id');
    return found;
  }

  #commitHeader(header: HeaderRow, codeDays: readonly CodeDayRow[] | undefined): void {
    this.#requireWritable();
    const { db, identity, keys, records } = this.#open;
    const counter = this.#counter + 1;
    const head = makeHead(counter, records.marksWith([], []), { identity, headerMac: header.mac, keys });
    db.commit({ head, header, ...(codeDays === undefined ? {} : { codeDays }) });
    this.#parts = { ...this.#open, headerMac: header.mac };
    this.#noteCommit(counter, head.mac);
  }

  #requireWritable(): void {
    if (this.#refusal !== null) throw this.#refusal;
    if (!this.#open.isInPlace()) {
      throw new CofferError(
        'io-failed',
        'vault: its file was moved, deleted or replaced while it was open; put it back, or lock. Nothing was saved',
      );
    }
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
    const removed = drafts.filter(({ entries }) => entries.length === 0).map(({ no }) => no);
    const changed = drafts
      .filter(({ entries }) => entries.length > 0)
      .map((draft) => sealPage(draft, { identity, keys, random }));
    const loaded = changed.map((page) => page.loaded);
    const head = makeHead(counter, records.marksWith(loaded, removed), { identity, headerMac, keys });
    db.commit({ head, pages: changed.map(({ row }) => row), removedPages: removed, ...secrets });
    records.apply(loaded, removed);
    this.#noteCommit(counter, head.mac);
  }
}

/** A page as it is to be written; without entries it goes. */
export type PageDraft = Pick<LoadedPage, 'no' | 'revision' | 'entries'>;

/** The pages that change when an entry is saved: its own, or, if that would grow too long, its old and a new one. */
function placeEntry(
  records: RecordSet,
  found: { page: LoadedPage; entry: PageEntry } | null,
  entry: PageEntry,
): PageDraft[] {
  if (found === null) {
    const target = records.pageForNew();
    return [{ ...target, entries: [...target.entries, entry] }];
  }
  const { page } = found;
  const entries = page.entries.map((old) => (old === found.entry ? entry : old));
  if (entries.length === 1 || pageLength(entries) <= maxPageContentBytes) return [{ ...page, entries }];
  const rest = { ...page, entries: page.entries.filter((old) => old !== found.entry) };
  return [rest, { ...records.emptyPage(), entries: [entry] }];
}

/** Seals a page, as a row and as what memory holds of it. */
export function sealPage(
  { no, revision: oldRevision, entries }: PageDraft,
  { identity, keys, random }: Pick<VaultParts, 'identity' | 'keys' | 'random'>,
) {
  const revision = oldRevision + 1;
  const content = encodePage(entries);
  try {
    const sealed = sealPadded(keys.pageKey, content, pagePlace(identity, no, revision), { padding: 'page', random });
    return { row: { no, revision, sealed }, loaded: { no, revision, tag: tagOf(sealed), entries } };
  } finally {
    wipe(content);
  }
}
