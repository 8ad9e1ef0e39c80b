import type * as z from 'zod';
import { decodeBody, decodeText, encodeBody, encodeText } from '../credentials/body';
import { encodeOverview } from '../credentials/overview';
import { handlesOfKind } from '../credentials/overview-source';
import { CofferError } from '../errors';
import type { Session } from '../vault/session';
import type { RecordId } from '../vault/record-set';

/** Kinds of records that Coffer keeps for itself: sealed like the others, listed nowhere. */
export type InternalKind = 'settings' | 'export' | 'draft' | 'activity';

const content = 'content';
/** Before the names of values that are kept as bytes, beside the one that the schema checks. */
const secretPrefix = 'secret:';

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
    return handlesOfKind(vault.table, this.#kind).flatMap((handle) => {
      const id = vault.table.idOf(handle);
      const parsed = this.#schema.safeParse(this.#read(id));
      return parsed.success ? [{ id, value: parsed.data }] : [];
    });
  }

  /**
   * Saves a value; null makes a new record.
   *
   * @param secrets - Kept beside it, as bytes; not changed.
   */
  save(
    id: RecordId | null,
    value: z.output<Schema>,
    nowMs: number,
    secrets: Readonly<Record<string, Uint8Array>> = {},
  ): RecordId {
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
    const named = Object.entries(secrets).map(([name, bytes]) => [secretPrefix + name, bytes] as const);
    const body = encodeBody(new Map([[content, encodeText(JSON.stringify(value))], ...named]));
    try {
      return this.#session.vault.save({ id, overview, body });
    } finally {
      body.fill(0);
    }
  }

  /** The bytes that were saved beside a value, by name. The caller wipes them. */
  secretsOf(id: RecordId): Record<string, Uint8Array> {
    const body = this.#session.vault.openBody(id);
    try {
      const named = [...decodeBody(body)].filter(([name]) => name.startsWith(secretPrefix));
      return Object.fromEntries(
        named.map(([name, bytes]) => [name.slice(secretPrefix.length), Uint8Array.from(bytes)]),
      );
    } finally {
      body.fill(0);
    }
  }

  /** Removes a record for ever, unless something else did. */
  removeIfThere(id: RecordId): void {
    if (this.#session.vault.overviewOf(id) !== null) this.remove(id);
  }

  /** Removes a record for ever. */
  remove(id: RecordId): void {
    this.#session.vault.remove(id);
  }

  /** Null for a body that is damaged: one bad record must not take the settings or the ledger with it. */
  #read(id: RecordId): unknown {
    let body: Uint8Array | null = null;
    try {
      body = this.#session.vault.openBody(id);
      return JSON.parse(decodeText(decodeBody(body).get(content)));
    } catch (error) {
      if (error instanceof CofferError || error instanceof SyntaxError) return null;
      throw error;
    } finally {
      body?.fill(0);
    }
  }
}
