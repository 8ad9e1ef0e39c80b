import { type OverviewSource, listedKindAt, overviewAt } from './overview-source';

/** What the records outside the trash can be narrowed by, and how many there are of each. */
export interface Facets {
  readonly total: number;
  readonly favourites: number;
  /** Records in the trash. */
  readonly trashed: number;
  /** By name of the kind. */
  readonly kinds: ReadonlyMap<string, number>;
  /** Records that belong to an account and the account's own, by the id of the latter. */
  readonly accounts: ReadonlyMap<string, number>;
  readonly tags: ReadonlyMap<string, number>;
}

const recordsAtATime = 128;

/** Counts, in steps of less than a millisecond. If records change meanwhile, the numbers are of no moment: count again. */
export function* countFacets(source: OverviewSource): Generator<void, Facets> {
  const counts = { total: 0, favourites: 0, trashed: 0 };
  const kinds = new Map<string, number>();
  const accounts = new Map<string, number>();
  const tags = new Map<string, number>();
  for (let handle = 0; handle < source.handleLimit; handle++) {
    if (handle % recordsAtATime === recordsAtATime - 1) yield;
    if (!source.has(handle) || listedKindAt(source.bytesOf(handle), source.startOf(handle)) === null) continue;
    const overview = overviewAt(source, handle);
    if (overview.trashedAtMs !== null) {
      counts.trashed++;
      continue;
    }
    counts.total++;
    if (overview.isFavourite) counts.favourites++;
    add(kinds, overview.kind, 1);
    if (overview.kind === 'account') add(accounts, source.idOf(handle), 1);
    const account = overview.links['account'];
    if (account !== undefined) add(accounts, account, 1);
    for (const tag of new Set(overview.tags)) add(tags, tag, 1);
  }
  return { ...counts, kinds, accounts, tags };
}

function add(counts: Map<string, number>, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}
