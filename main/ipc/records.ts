import { decodeBody, encodeBody } from '../credentials/body';
import type { CredentialKind, RecordBody } from '../credentials/descriptor';
import { kindOf } from '../credentials/kinds';
import { type Overview, decodeOverview, encodeOverview } from '../credentials/overview';
import { listedKindAt, overviewAt } from '../credentials/overview-source';
import { RecordList } from '../credentials/record-list';
import { CofferError } from '../errors';
import type { Session } from '../vault/session';
import type { RecordId } from '../vault/record-set';
import type { Vault } from '../vault/vault';
import type { ParsedRequestOf, ResponseOf } from '../../preload/contract';

type Detail = ResponseOf<'record:get'>;
type Changes = ParsedRequestOf<'record:update'>['changes'];

/** A record with its body open, for the length of one call of {@link Records.withBody}. */
export interface OpenRecord {
  readonly overview: Overview;
  readonly body: RecordBody;
  readonly kind: CredentialKind;
}

/** What a new record begins with. */
export interface NewRecord {
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly body: RecordBody;
}

// What is left to do once a list is shown is done in slices, so that nobody waits for it.
const sliceMs = 4;
const pauseMs = 5;

/** The records of the unlocked vault, in the terms of the credential kinds. */
export class Records {
  readonly #session: Pick<Session, 'vault' | 'subscribe'>;
  readonly #nowMs: () => number;
  #vault: Vault | null = null;
  #list: RecordList | null = null;
  #isPrepared = false;
  #timer: NodeJS.Timeout | null = null;

  /** @param nowMs - Wall clock, for the dates of records. */
  constructor(session: Pick<Session, 'vault' | 'subscribe'>, nowMs: () => number) {
    this.#session = session;
    this.#nowMs = nowMs;
    session.subscribe((event) => {
      if (event === 'locked') this.#forget();
    });
  }

  /** Part of the list; see the contract. */
  list(query: ParsedRequestOf<'record:list'>): ResponseOf<'record:list'> {
    const list = this.#currentList();
    const { table } = this.#session.vault;
    const { handles, total } = list.select(query);
    this.#goOnLater();
    return { rows: handles.map((handle) => summaryOf(table.idOf(handle), overviewAt(table, handle))), total };
  }

  /** A record without its secrets. */
  get(id: RecordId): Detail {
    return this.withBody(id, (record) => detailOf(id, record));
  }

  /**
   * Runs a step with a record's body open; the body is wiped when the step ends.
   *
   * @throws CofferError `not-found`, also for records of kinds that have no view of their own.
   */
  withBody<T>(id: RecordId, step: (record: OpenRecord) => T): T {
    const overview = this.#overviewOf(id);
    const kind = kindOf(overview.kind);
    if (kind === null) throw noSuchRecord();
    const bytes = this.#session.vault.openBody(id);
    try {
      return step({ overview, kind, body: decodeBody(bytes) });
    } finally {
      bytes.fill(0);
    }
  }

  /** Adds a record and returns its detail. The body stays the caller's. */
  add({ kind: kindName, title, tags, body }: NewRecord): Detail {
    const kind = kindOf(kindName);
    if (kind === null) throw noSuchRecord();
    const nowMs = this.#nowMs();
    const overview: Overview = {
      kind: kindName,
      title,
      tags: [...tags],
      isFavourite: false,
      subtitle: kind.subtitleOf(body),
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      trashedAtMs: null,
      unknownMembers: {},
    };
    const id = this.#save(null, overview, body);
    return detailOf(id, { overview, kind, body });
  }

  /** Changes what the user may change. */
  update(id: RecordId, changes: Changes): Detail {
    return this.withBody(id, ({ overview: old, kind, body: oldBody }) => {
      const values = { ...changes.values, ...(changes.notes === undefined ? {} : { notes: changes.notes }) };
      const isBodyChanged = Object.keys(values).length > 0;
      const body = isBodyChanged ? kind.applyChanges(oldBody, values) : oldBody;
      const overview: Overview = {
        ...old,
        title: changes.title ?? old.title,
        tags: changes.tags ?? old.tags,
        isFavourite: changes.isFavourite ?? old.isFavourite,
        subtitle: kind.subtitleOf(body),
        updatedAtMs: this.#nowMs(),
      };
      this.#save(id, overview, isBodyChanged ? body : null);
      return detailOf(id, { overview, kind, body });
    });
  }

  /** Moves a record to the trash, or back. */
  setTrashed(id: RecordId, isTrashed: boolean): void {
    const overview = this.#overviewOf(id);
    this.#save(id, { ...overview, trashedAtMs: isTrashed ? this.#nowMs() : null }, null);
  }

  /**
   * Removes a record for ever.
   *
   * @throws CofferError `bad-request` unless it is in the trash.
   */
  purge(id: RecordId): void {
    if (this.#overviewOf(id).trashedAtMs === null) {
      throw new CofferError('bad-request', 'record: expected one in the trash');
    }
    this.#session.vault.remove(id);
  }

  #overviewOf(id: RecordId): Overview {
    const bytes = this.#session.vault.overviewOf(id);
    // Kinds without a view (settings, exports, those of a later version) are not there for the page.
    if (bytes === null || listedKindAt(bytes, 0) === null) throw noSuchRecord();
    return decodeOverview(bytes);
  }

  #currentList(): RecordList {
    const { vault } = this.#session;
    if (this.#vault === vault && this.#list !== null) return this.#list;
    this.#forget();
    const list = new RecordList(vault.table);
    vault.subscribe((handle) => list.note(handle));
    this.#vault = vault;
    this.#list = list;
    return list;
  }

  #save(id: RecordId | null, overview: Overview, body: RecordBody | null): RecordId {
    const bytes = body === null ? null : encodeBody(body);
    try {
      return this.#session.vault.save({ id, overview: encodeOverview(overview), body: bytes });
    } finally {
      bytes?.fill(0);
    }
  }

  #goOnLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#runSlice()) this.#goOnLater();
    }, pauseMs).unref();
  }

  #runSlice(): boolean {
    const list = this.#list;
    if (list === null) return false;
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      this.#prepareForSaving();
      return true;
    }
    const endAtMs = performance.now() + sliceMs;
    while (list.step()) if (performance.now() >= endAtMs) return true;
    return false;
  }

  #prepareForSaving(): void {
    try {
      this.#vault?.prepareForSaving();
    } catch (error) {
      // A disk that takes no log is told by the first save, to the person who saves.
      if (!(error instanceof CofferError)) throw error;
    }
  }

  #forget(): void {
    this.#isPrepared = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#list?.close();
    this.#list = null;
    this.#vault = null;
  }
}

/** A row of the list. */
export function summaryOf(id: RecordId, overview: Overview) {
  const { kind, title, subtitle, tags, isFavourite, updatedAtMs, trashedAtMs } = overview;
  return { id, kind, title, subtitle, tags: [...tags], isFavourite, updatedAtMs, trashedAtMs };
}

function detailOf(id: RecordId, { overview, kind, body }: OpenRecord): Detail {
  return {
    ...summaryOf(id, overview),
    createdAtMs: overview.createdAtMs,
    values: kind.valuesOf(body),
    exports: kind.exportsOf(body, overview.title).map((option) => ({ ...option })),
    remarks: [...kind.remarksOf(body)],
  };
}

function noSuchRecord(): CofferError {
  return new CofferError('not-found', 'record: there is none with this id');
}
