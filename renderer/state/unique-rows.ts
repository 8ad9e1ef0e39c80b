import type { RecordSummary } from './types';

/**
 * Drops rows that come twice: a record may move between two windows of the list.
 *
 * @param rows - In order.
 * @returns The same order; of two rows with one id, the later one in the place of the first.
 */
export function uniqueRows(rows: readonly RecordSummary[]): readonly RecordSummary[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
