import { decodeBody } from '../credentials/body';
import type { ExportFormat, LinkedRecord, RecordBody, RecordContext } from '../credentials/descriptor';
import { textOf } from '../credentials/plain-kind';
import { kindOf } from '../credentials/kinds';
import { decodeOverview } from '../credentials/overview';
import { CofferError } from '../errors';
import type { RecordId } from '../vault/record-set';
import type { Vault } from '../vault/vault';

/** What looking around a record rests on. */
export interface Surroundings {
  readonly vault: Pick<Vault, 'overviewOf' | 'openBody'>;
  readonly nowMs: number;
  /** Where the last export of a record in a format lies; null if there is none. */
  readonly exportedPath: (id: RecordId, format: ExportFormat) => string | null;
}

/**
 * What a kind may look at besides a record.
 *
 * @param surroundings - Vault, clock and the list of exports.
 * @param id - Of the record; null for one that is not saved yet.
 * @param body - Its body; used as long as the context is.
 */
export function contextOf(surroundings: Surroundings, id: RecordId | null, body: RecordBody): RecordContext {
  const { vault, nowMs, exportedPath } = surroundings;
  return {
    nowMs,
    linked: (field) => linkedRecord(vault, textOf(body, field)),
    exportedPath: (format) => (id === null ? null : exportedPath(id, format)),
  };
}

/**
 * A record without its secrets, for those that point to it.
 *
 * @param id - Empty for none.
 * @returns Null if it is in the trash, gone, damaged or of a kind that this version does not know.
 */
function linkedRecord(vault: Surroundings['vault'], id: RecordId): LinkedRecord | null {
  const bytes = id === '' ? null : vault.overviewOf(id);
  if (bytes === null) return null;
  let body: Uint8Array | null = null;
  try {
    const { kind, title, trashedAtMs } = decodeOverview(bytes);
    const known = kindOf(kind);
    if (known === null || trashedAtMs !== null) return null;
    body = vault.openBody(id);
    return { id, kind, title, values: known.valuesOf(decodeBody(body)) };
  } catch (error) {
    if (error instanceof CofferError) return null;
    throw error;
  } finally {
    body?.fill(0);
  }
}
