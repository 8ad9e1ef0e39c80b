import type { KindDescriptor, RecordDetail, RecordSummary } from './types';

/** A record that another one has to do with. */
export interface Related {
  /** Unique in its list. */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  /** Label of the field that points to it, or of its kind. */
  readonly what: string;
  readonly isInTrash: boolean;
}

/**
 * What a record points to, and what points to it.
 *
 * @param detail - The record.
 * @param kinds - For labels.
 * @returns `others`: how many more point to it than are listed.
 */
export function relationsOf(
  detail: RecordDetail,
  kinds: readonly KindDescriptor[],
): { belongsTo: Related[]; usedBy: Related[]; others: number } {
  const kindOf = (kind: string) => kinds.find((known) => known.kind === kind);
  const related = (record: RecordSummary, key: string, what: string): Related => ({
    ...{ key, id: record.id, title: record.title, what, isInTrash: record.trashedAtMs !== null },
  });
  return {
    belongsTo: detail.links.map((record) => {
      const label = kindOf(detail.kind)?.fields.find(({ name }) => name === record.field)?.label;
      return related(record, record.field, label ?? kindOf(record.kind)?.label ?? record.kind);
    }),
    usedBy: detail.linkedFrom.map((record) => related(record, record.id, kindOf(record.kind)?.label ?? record.kind)),
    others: detail.linkedFromTotal - detail.linkedFrom.length,
  };
}
