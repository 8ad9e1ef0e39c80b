import { foldText } from '../../main/credentials/fold';
import { kindOf } from '../../main/credentials/kinds';
import type { Overview } from '../../main/credentials/overview';
import type { Selection } from '../../main/credentials/record-list';

/** A record as the plain search sees it. */
export interface PlainRow {
  /** 32 hex digits. */
  readonly id: string;
  readonly overview: Overview;
}

/** What the list must show, worked out the slow and simple way: the twin of `RecordList`. */
export function selectPlainly(rows: readonly PlainRow[], { query, view, filter, sort, offset, limit }: Selection) {
  const words = foldText(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const { kind: ofKind = null, account = null, tag = null } = filter ?? {};
  const matching = rows.filter(({ id, overview }) => {
    const kind = kindOf(overview.kind);
    if (kind === null) return false;
    const isTrashed = overview.trashedAtMs !== null;
    if (isTrashed !== (view === 'trash') || (view === 'favourites' && !overview.isFavourite)) return false;
    if (ofKind !== null && overview.kind !== ofKind) return false;
    if (account !== null && id !== account && overview.links['account'] !== account) return false;
    if (tag !== null && !overview.tags.includes(tag)) return false;
    const rest = foldText([...overview.tags, overview.subtitle, kind.descriptor.label].join('\n'));
    return words.every((word) => `${foldText(overview.title)}\n${rest}`.includes(word));
  });
  const time = { title: () => 0, updated: timeOf('updatedAtMs'), created: timeOf('createdAtMs') }[sort];
  matching.sort(
    (left, right) =>
      time(right) - time(left) ||
      compare(foldText(left.overview.title), foldText(right.overview.title)) ||
      compare(left.overview.title, right.overview.title) ||
      compare(left.id, right.id),
  );
  return { ids: matching.slice(offset, offset + limit).map(({ id }) => id), total: matching.length };
}

function timeOf(name: 'updatedAtMs' | 'createdAtMs') {
  return ({ overview }: PlainRow) => overview[name];
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
