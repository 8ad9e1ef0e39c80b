import { wipe } from '../crypto/wipe';
import type { RandomBytes } from '../crypto/random';
import { CofferError } from '../errors';
import type { Commit } from '../store/rows';
import type { VaultDatabase } from '../store/vault-database';
import { type PageEntry, encodePage, maxOverviewBytes, maxPageContentBytes, pageLength } from './page';
import { type LoadedPage, type RecordId, type RecordSet, toId } from './record-set';
import { pagePlace, secretPlace } from './format';
import { openPadded, sealPadded, tagOf } from './seal';
import { makeHead } from './set-integrity';
import type { VaultIdentity, VaultKeys } from './vault-keys';

/** What an unlocked vault is made of; see `open-vault.ts`, which makes it. */
export interface VaultParts {
  readonly db: VaultDatabase;
  /** Whether the file that was opened still stands at its place. */
  readonly isInPlace: () => boolean;
  readonly identity: VaultIdentity;
  readonly keys: VaultKeys;
  readonly records: RecordSet;
  readonly counter: number;
  readonly random: RandomBytes;
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
  #parts: VaultParts | null;
  #counter: number;

  constructor(parts: VaultParts) {
    this.#parts = parts;
    this.#counter = parts.counter;
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
    const { db, identity, keys } = this.#open;
    const { entry } = this.#find(id);
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

  #commit(drafts: readonly PageDraft[], secrets: Pick<Required<Commit>, 'secrets' | 'removedSecrets'>): void {
    const { db, isInPlace, identity, keys, records, random } = this.#open;
    if (!isInPlace()) {
      throw new CofferError(
        'io-failed',
        'vault: its file was moved, deleted or replaced while it was open; put it back, or lock. Nothing was saved',
      );
    }
    const counter = this.#counter + 1;
    const removed = drafts.filter(({ entries }) => entries.length === 0).map(({ no }) => no);
    const changed = drafts
      .filter(({ entries }) => entries.length > 0)
      .map((draft) => sealPage(draft, { identity, keys, random }));
    const loaded = changed.map((page) => page.loaded);
    const head = makeHead(counter, records.marksWith(loaded, removed), identity, keys);
    db.commit({ head, pages: changed.map(({ row }) => row), removedPages: removed, ...secrets });
    records.apply(loaded, removed);
    this.#counter = counter;
  }
}

/** A page as it is to be written; without entries it goes. */
type PageDraft = Pick<LoadedPage, 'no' | 'revision' | 'entries'>;

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

function sealPage(
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
