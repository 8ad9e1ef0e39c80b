import { say } from '../../preload/words/say';
import { decodeBody, encodeBody } from '../credentials/body';
import type { CredentialKind, ExportFormat, RecordBody, RecordContext, TypedValues } from '../credentials/descriptor';
import { bodyAtVersion, historyField, withVersion } from '../credentials/history';
import { kindOf } from '../credentials/kinds';
import { type Overview, decodeOverview, encodeOverview } from '../credentials/overview';
import { listedKindAt } from '../credentials/overview-source';
import { CofferError } from '../errors';
import type { Session } from '../vault/session';
import type { RecordId } from '../vault/record-set';
import type { ResponseOf } from '../../preload/contract';
import { RecordLists } from './record-lists';
import { type Surroundings, contextOf } from './record-context';
import { type Changes, type Detail, type OpenRecord, detailOf, linkedBy, summaryOf } from './record-detail';
import type { Finding } from './record-owners';
import { checkLimit, checkLinks, derivedFrom, knownKind, othersAmong } from './record-rules';

/** What a new record begins with. */
export interface NewRecord {
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly body: RecordBody;
}

/** Of one record; the form takes as many. */
const mostTags = 100;

/** The records of the unlocked vault, in the terms of the credential kinds. */
export class Records extends RecordLists {
  readonly #session: Pick<Session, 'vault' | 'subscribe'>;
  readonly #nowMs: () => number;
  readonly #exportedPath: Surroundings['exportedPath'];
  readonly #find: Finding = (wanted) => this.find(wanted);

  /**
   * @param nowMs - Wall clock, for the dates of records.
   * @param exportedPath - Where the last export of a record in a format lies; null if there is none.
   */
  constructor(
    session: Pick<Session, 'vault' | 'subscribe'>,
    nowMs: () => number,
    exportedPath: (id: RecordId, format: ExportFormat) => string | null = () => null,
  ) {
    super(session);
    this.#session = session;
    this.#nowMs = nowMs;
    this.#exportedPath = exportedPath;
  }

  /** A record without its secrets. */
  get(id: RecordId): Detail {
    return this.withBody(id, (record) => this.#detail(id, record));
  }

  /** Title of a record; empty if it is gone, or the vault is locked. */
  titleOf(id: RecordId): string {
    try {
      return this.#overviewOf(id).title;
    } catch (error) {
      if (error instanceof CofferError) return '';
      throw error;
    }
  }

  /**
   * Runs a step with a record's body open; the body is wiped when the step ends.
   *
   * @throws CofferError `not-found`, also for records of kinds that have no view of their own.
   */
  withBody<T>(id: RecordId, step: (record: OpenRecord, context: RecordContext) => T): T {
    const overview = this.#overviewOf(id);
    const kind = kindOf(overview.kind);
    if (kind === null) throw noSuchRecord();
    const bytes = this.#session.vault.openBody(id);
    try {
      const body = decodeBody(bytes);
      return step({ overview, kind, body }, contextOf(this.#surroundings, id, body));
    } finally {
      bytes.fill(0);
    }
  }

  /**
   * Adds a record that was filled in by hand.
   *
   * @throws CofferError `bad-request`, naming the field; also if the kind takes no more of them for this user.
   */
  create(kindName: string, { title, tags }: { title: string; tags: readonly string[] }, typed: TypedValues): Detail {
    const body = knownKind(kindName).make(typed);
    try {
      return this.add({ kind: kindName, title, tags, body });
    } finally {
      for (const value of body.values()) value.fill(0);
    }
  }

  /** Adds a record and returns its detail. The body stays the caller's. */
  add({ kind: kindName, title, tags, body }: NewRecord): Detail {
    const kind = knownKind(kindName);
    checkLinks(this.#session.vault, kind, body);
    checkLimit(this.#surroundings, kind, body, null);
    const nowMs = this.#nowMs();
    const overview: Overview = {
      kind: kindName,
      title,
      tags: [...tags],
      isFavourite: false,
      ...derivedFrom(kind, body),
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      trashedAtMs: null,
      unknownMembers: {},
    };
    const id = this.#save(null, overview, body);
    return this.#detail(id, { overview, kind, body });
  }

  /** Changes what the user may change; what was there before is kept as a version. */
  update(id: RecordId, changes: Changes): Detail {
    return this.withBody(id, ({ overview, kind, body }) => {
      const values = { ...changes.values, ...(changes.notes === undefined ? {} : { notes: changes.notes }) };
      const secrets = changes.secrets ?? {};
      const isBodyChanged = Object.keys(values).length + Object.keys(secrets).length > 0;
      return this.#replace(
        id,
        { overview, kind, body },
        {
          body: isBodyChanged ? kind.applyChanges(body, { values, secrets, nowMs: this.#nowMs() }) : body,
          title: changes.title ?? overview.title,
          tags: changes.tags ?? overview.tags,
          isFavourite: changes.isFavourite ?? overview.isFavourite,
        },
      );
    });
  }

  /**
   * Replaces the body of a record by what a kind's own step made of it; what was there before is kept as a version.
   *
   * @param step - Gets the open body; returns one that may share its values. What is fresh in it stays the step's to wipe.
   */
  change(id: RecordId, step: (body: RecordBody, kind: CredentialKind) => RecordBody): Detail {
    return this.withBody(id, (record) =>
      this.#replace(id, record, { ...record.overview, body: step(record.body, record.kind) }),
    );
  }

  /**
   * A secret field of an earlier version, as UTF-8 bytes that the caller wipes.
   *
   * @param index - In `versions` of the detail; 0 is the newest.
   * @throws CofferError `not-found`, `bad-request`.
   */
  revealVersion(id: RecordId, index: number, field: string): Uint8Array {
    return this.withBody(id, ({ overview, kind, body }) =>
      kind.reveal(bodyAtVersion({ body, title: overview.title }, index).body, field),
    );
  }

  /** Values of an earlier version that are not secret, its title, and what it pointed to. */
  getVersion(id: RecordId, index: number): ResponseOf<'record:version'> {
    return this.withBody(id, ({ overview, kind, body }) => {
      const version = bodyAtVersion({ body, title: overview.title }, index);
      const links = linkedBy(this.#session.vault, kind, version.body);
      return {
        ...{ title: version.title, values: kind.valuesOf(version.body), links },
        secrets: [...kind.secretsOf(version.body)],
      };
    });
  }

  /** Makes a record what it was in an earlier version; what it is now becomes a version too. */
  restoreVersion(id: RecordId, index: number): Detail {
    return this.withBody(id, (record) => {
      const { body, title } = bodyAtVersion({ body: record.body, title: record.overview.title }, index);
      return this.#replace(id, record, { ...record.overview, body, title });
    });
  }

  /** Moves a record to the trash, or back. */
  setTrashed(id: RecordId, isTrashed: boolean): void {
    const overview = this.#overviewOf(id);
    if (!isTrashed) this.withBody(id, ({ kind, body }) => checkLimit(this.#surroundings, kind, body, id));
    this.#save(id, { ...overview, trashedAtMs: isTrashed ? this.#nowMs() : null }, null);
  }

  /**
   * Gives a record other tags.
   *
   * @param step - Makes them of those that it has.
   * @returns The tags of before and of now; null if they are the same.
   * @throws CofferError `bad-request` if there would be more than {@link mostTags}.
   */
  retag(
    id: RecordId,
    step: (tags: readonly string[]) => readonly string[],
  ): { before: string[]; after: string[] } | null {
    const overview = this.#overviewOf(id);
    const tags = [...step(overview.tags)];
    if (tags.length > mostTags) throw new CofferError('bad-request', say('main-records.most-tags', { mostTags }));
    const isSame = tags.length === overview.tags.length && tags.every((tag, place) => tag === overview.tags[place]);
    if (isSame) return null;
    this.#save(id, { ...overview, tags, updatedAtMs: this.#nowMs() }, null);
    return { before: [...overview.tags], after: [...tags] };
  }

  /**
   * Records outside the trash that would be the same credential as one that is being filled in.
   *
   * @param id - Of the record that is edited; null for a new one.
   * @throws CofferError `bad-request`, naming the field, for a value against the rules.
   */
  same(kindName: string, id: RecordId | null, values: TypedValues['values']): ResponseOf<'record:same'> {
    const kind = knownKind(kindName);
    const find = (before: RecordBody) => {
      const body = kind.applyChanges(before, { values, secrets: {} });
      const others = othersAmong(this.withIdentities(kind.identitiesOf(body)), id);
      return others.map((found) => summaryOf(found.id, found.overview));
    };
    return { rows: id === null ? find(new Map()) : this.withBody(id, ({ body }) => find(body)) };
  }

  /**
   * Removes a record for ever.
   *
   * @throws CofferError `bad-request` unless it is in the trash.
   */
  purge(id: RecordId): void {
    if (this.#overviewOf(id).trashedAtMs === null) {
      throw new CofferError('bad-request', say('main-records.record-expected-one-in-the-trash'));
    }
    this.#session.vault.remove(id);
  }

  #replace(
    id: RecordId,
    old: OpenRecord,
    next: Pick<Overview, 'title' | 'tags' | 'isFavourite'> & { readonly body: RecordBody },
  ): Detail {
    const { kind } = old;
    const nowMs = this.#nowMs();
    if (next.body !== old.body) {
      checkLinks(this.#session.vault, kind, next.body);
      checkLimit(this.#surroundings, kind, next.body, id, old.body);
    }
    const after = { title: next.title, body: new Map(next.body) };
    const earlier = old.body.get(historyField);
    if (earlier !== undefined) after.body.set(historyField, earlier);
    const body = withVersion({ body: old.body, title: old.overview.title }, after, nowMs);
    const { title, tags, isFavourite } = next;
    const overview: Overview = {
      ...old.overview,
      ...{ title, tags, isFavourite },
      ...derivedFrom(kind, body),
      updatedAtMs: nowMs,
    };
    try {
      this.#save(id, overview, body === after.body && next.body === old.body ? null : body);
      return this.#detail(id, { overview, kind, body });
    } finally {
      if (body !== after.body) body.get(historyField)?.fill(0);
    }
  }

  #overviewOf(id: RecordId): Overview {
    const bytes = this.#session.vault.overviewOf(id);
    // Kinds without a view (settings, exports, those of a later version) are not there for the page.
    if (bytes === null || listedKindAt(bytes, 0) === null) throw noSuchRecord();
    return decodeOverview(bytes);
  }

  #save(id: RecordId | null, overview: Overview, body: RecordBody | null): RecordId {
    const bytes = body === null ? null : encodeBody(body);
    try {
      return this.#session.vault.save({ id, overview: encodeOverview(overview), body: bytes });
    } finally {
      bytes?.fill(0);
    }
  }

  get #surroundings() {
    const { vault } = this.#session;
    return { vault, nowMs: this.#nowMs(), exportedPath: this.#exportedPath, find: this.#find };
  }

  #detail(id: RecordId, record: OpenRecord): Detail {
    return detailOf(this.#surroundings, id, record);
  }
}

function noSuchRecord(): CofferError {
  return new CofferError('not-found', say('main-records.record-there-is-none-with-this-id'));
}
