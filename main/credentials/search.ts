import type { Overview } from './overview';
import { kindOf } from './kinds';

/** Parts of the vault that a list shows; the first two leave out the trash. */
export type View = 'all' | 'favourites' | 'trash';
/** Orders of a list: titles upwards, times from the newest down. */
export type Sort = 'title' | 'updated' | 'created';

/** What a list asks for. */
export interface Selection {
  /** Words separated by white space; a row must hold all of them. */
  readonly query: string;
  readonly view: View;
  readonly sort: Sort;
  readonly offset: number;
  readonly limit: number;
}

/** A record as lists and search need it, with what they would otherwise work out each time. */
export interface SearchRow {
  /** The record's id, 32 hex digits. */
  readonly id: string;
  readonly overview: Overview;
  /** Title, tags, subtitle and the kind's label, folded by {@link foldText}. */
  readonly searchText: string;
  /** The folded title. */
  readonly sortText: string;
}

const orders = new WeakMap<readonly SearchRow[], Map<Sort, readonly SearchRow[]>>();

/**
 * Prepares a record for {@link selectRows}; again only when its overview changes.
 *
 * @param id - The record's id, 32 hex digits.
 * @param overview - Kept, not copied.
 * @returns Null for a kind that this version does not know: such records are kept and listed nowhere.
 */
export function rowOf(id: string, overview: Overview): SearchRow | null {
  const kind = kindOf(overview.kind);
  if (kind === null) return null;
  const sortText = foldText(overview.title);
  // A line end between the parts keeps a word from matching across two of them: queries hold no white space.
  const rest = foldText([...overview.tags, overview.subtitle, kind.descriptor.label].join('\n'));
  return { id, overview, searchText: `${sortText}\n${rest}`, sortText };
}

/**
 * Picks the rows that a list shows. The order of all rows is remembered for each array, so that paging and typing cost one
 * pass; hand in a new array when a row has changed.
 *
 * @param rows - From {@link rowOf}; not changed, in any order.
 * @param selection - What to show.
 * @returns `limit` rows at most, from `offset` on, and how many match in all.
 */
export function selectRows(
  rows: readonly SearchRow[],
  selection: Selection,
): { readonly rows: readonly SearchRow[]; readonly total: number } {
  const { query, view, sort, offset, limit } = selection;
  const words = foldText(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
  const picked: SearchRow[] = [];
  let total = 0;
  for (const row of sorted(rows, sort)) {
    if (!isIn(view, row.overview) || !words.every((word) => row.searchText.includes(word))) continue;
    if (total >= offset && picked.length < limit) picked.push(row);
    total++;
  }
  return { rows: picked, total };
}

/**
 * Brings text to the form in which it is compared: without case, accents and compatibility differences.
 *
 * @param text - Any string.
 * @see Unicode Standard Annex 15, NFKD; the marks that it splits off (general category Mn) are dropped.
 */
export function foldText(text: string): string {
  // Upper case, not lower: lower-casing a sigma depends on what follows, so that part of a word would not match the whole.
  // First and last, because it makes SS of ß and a letter of the iota below ᾳ, and because NFKD makes letters of ª and the like.
  return text
    .toUpperCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase();
}

function isIn(view: View, overview: Overview): boolean {
  if (view === 'trash') return overview.trashedAtMs !== null;
  return overview.trashedAtMs === null && (view === 'all' || overview.isFavourite);
}

function sorted(rows: readonly SearchRow[], sort: Sort): readonly SearchRow[] {
  const known = orders.get(rows) ?? new Map<Sort, readonly SearchRow[]>();
  orders.set(rows, known);
  const order = known.get(sort) ?? [...rows].sort(comparisons[sort]);
  known.set(sort, order);
  return order;
}

const byTitle = (left: SearchRow, right: SearchRow): number =>
  compare(left.sortText, right.sortText) ||
  compare(left.overview.title, right.overview.title) ||
  compare(left.id, right.id);

const comparisons: Readonly<Record<Sort, (left: SearchRow, right: SearchRow) => number>> = {
  title: byTitle,
  updated: (left, right) => right.overview.updatedAtMs - left.overview.updatedAtMs || byTitle(left, right),
  created: (left, right) => right.overview.createdAtMs - left.overview.createdAtMs || byTitle(left, right),
};

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
