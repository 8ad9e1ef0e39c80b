import { wordsOf } from '../credentials/fold';
import { recordsOfKinds } from '../credentials/marks';
import type { OverviewSource } from '../credentials/overview-source';
import { searchTextOf } from '../credentials/search-text';
import type { ResponseOf } from '../../preload/contract';
import { summaryOf } from './record-detail';

const mostPicked = 50;

/** Records of some kinds outside the trash in which every word of a query is found, by title; at most 50. */
export function pickRecords(table: OverviewSource, kinds: readonly string[], query: string): ResponseOf<'record:pick'> {
  const words = wordsOf(query);
  const found = recordsOfKinds(table, kinds).filter(({ overview }) => {
    const text = searchTextOf(overview);
    return overview.trashedAtMs === null && words.every((word) => text.includes(word));
  });
  const byTitle = found.sort((a, b) => a.overview.title.localeCompare(b.overview.title));
  return {
    rows: byTitle.slice(0, mostPicked).map(({ id, overview }) => summaryOf(id, overview)),
    total: found.length,
  };
}
