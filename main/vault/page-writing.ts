import { pagePlace } from './format';
import { type PageEntry, encodePage, hasRoom, maxPageContentBytes, pageLength } from './page';
import type { LoadedPage, PageDraft, RecordSet } from './record-set';
import { sealPadded, tagOf } from './seal';
import type { PageRow } from '../store/rows';
import type { VaultParts } from './vault-parts';

// SQLite stores 1 in no byte and 2 to 127 in one. A row that keeps its length is overwritten in place; any other is removed
// and written anew, which with secure_delete is twice as much.
const firstRevision = 2;

/**
 * The pages that change when a record is saved: its own, or, if that would grow too long, its old one and another. A new
 * record goes to the last page while that has room.
 *
 * @param handle - Of the record; null for a new one.
 * @param entry - As it is to be stored.
 */
export function placeEntry(records: RecordSet, handle: number | null, entry: PageEntry): PageDraft[] {
  const last = records.lastPage();
  const target = hasRoom(last.entries, entry) ? last : records.emptyPage();
  const placed = { ...target, entries: [...target.entries, entry] };
  if (handle === null) return [placed];
  const page = records.draftOf(handle);
  const isOld = ({ id }: PageEntry): boolean => Buffer.compare(id, entry.id) === 0;
  const entries = page.entries.map((old) => (isOld(old) ? entry : old));
  if (entries.length === 1 || pageLength(entries) <= maxPageContentBytes) return [{ ...page, entries }];
  const rest = { ...page, entries: page.entries.filter((old) => !isOld(old)) };
  if (placed.no !== page.no) return [rest, placed];
  return [rest, { ...records.emptyPage(), entries: [entry] }];
}

/**
 * Seals a page under its next revision.
 *
 * @param draft - Not changed, nor are its entries.
 * @returns The row for the database, and the page as the record set keeps it; its content is the caller's to wipe.
 */
export function sealPage(
  { no, revision: oldRevision, entries }: PageDraft,
  { identity, keys, random }: Pick<VaultParts, 'identity' | 'keys' | 'random'>,
): { row: PageRow; loaded: LoadedPage } {
  const revision = Math.max(firstRevision, oldRevision + 1);
  const content = encodePage(entries);
  const sealed = sealPadded(keys.pageKey, content, pagePlace(identity, no, revision), { padding: 'page', random });
  return { row: { no, revision, sealed }, loaded: { no, revision, tag: tagOf(sealed), content } };
}
