import type * as z from 'zod';
import { decodeBody, decodeText, encodeBody, encodeText } from '../credentials/body';
import { decodeOverview, encodeOverview } from '../credentials/overview';
import type { Session } from '../vault/session';
import type { RecordId } from '../vault/record-set';

/** Kinds of records that Coffer keeps for itself: sealed like the others, listed nowhere. */
export type InternalKind = 'settings' | 'export';

const content = 'content';

/**
 * Records of one internal kind in the unlocked vault, each a value checked by a schema.
 * Methods throw what `Vault` throws; a stored value that does not fit is left alone and not listed.
 */
export class InternalRecords<Schema extends z.ZodType> {
  readonly #session: Session;
  readonly #kind: InternalKind;
  readonly #schema: Schema;

  constructor(session: Session, kind: InternalKind, schema: Schema) {
    this.#session = session;
    this.#kind = kind;
    this.#schema = schema;
  }

  /** All values, in no order. */
  list(): { id: RecordId; value: z.output<Schema> }[] {
    const { vault } = this.#session;
    const ids = [...vault.overviews()]
      .filter(({ overview }) => decodeOverview(overview).kind === this.#kind)
      .map(({ id }) => id);
    return ids.flatMap((id) => {
      const parsed = this.#schema.safeParse(this.#read(id));
      return parsed.success ? [{ id, value: parsed.data }] : [];
    });
  }

  /** Saves a value; null makes a new record. */
  save(id: RecordId | null, value: z.output<Schema>, nowMs: number): RecordId {
    const overview = encodeOverview({
      kind: this.#kind,
      title: '',
      tags: [],
      isFavourite: false,
      subtitle: '',
      createdAtMs: nowMs,
      updatedAtMs: nowMs,
      trashedAtMs: null,
      unknownMembers: {},
    });
    const body = encodeBody(new Map([[content, encodeText(JSON.stringify(value))]]));
    return this.#session.vault.save({ id, overview, body });
  }

  /** Removes a record for ever. */
  remove(id: RecordId): void {
    this.#session.vault.remove(id);
  }

  #read(id: RecordId): unknown {
    const body = this.#session.vault.openBody(id);
    try {
      return JSON.parse(decodeText(decodeBody(body).get(content)) || 'null');
    } finally {
      body.fill(0);
    }
  }
}
