import { wipe } from '../crypto/wipe';
import { pagePlace } from './format';
import { type PageEntry, encodePage, maxPageContentBytes } from './page';
import { countOf, hasRoomFor, withAdded, withReplaced, withoutEntry } from './page-edit';
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
  if (handle === null) return [withMore(pageWithRoom(records, entry), entry)];
  const { no, revision, content, at } = records.placeOf(handle);
  const replaced = { no, revision, content: withReplaced(content, at, entry) };
  if (countOf(content) === 1 || replaced.content.length <= maxPageContentBytes) return [replaced];
  wipe(replaced.content);
  const rest = { no, revision, content: withoutEntry(content, at) };
  const other = pageWithRoom(records, entry);
  return [rest, withMore(other.no === no ? records.emptyPage() : other, entry)];
}

function pageWithRoom(records: RecordSet, entry: PageEntry): PageDraft {
  const last = records.lastPage();
  return hasRoomFor(last.content, entry) ? last : records.emptyPage();
}

function withMore(page: PageDraft, entry: PageEntry): PageDraft {
  return { ...page, content: withAdded(page.content, entry) };
}

/**
 * Seals a page under its next revision.
 *
 * @param draft - Its content becomes that of the page.
 * @returns The row for the database, and the page as the record set keeps it; its content is the caller's to wipe.
 */
export function sealDraft(
  { no, revision: oldRevision, content }: PageDraft,
  { identity, keys, random }: Pick<VaultParts, 'identity' | 'keys' | 'random'>,
): { row: PageRow; loaded: LoadedPage } {
  const revision = Math.max(firstRevision, oldRevision + 1);
  const sealed = sealPadded(keys.pageKey, content, pagePlace(identity, no, revision), { padding: 'page', random });
  return { row: { no, revision, sealed }, loaded: { no, revision, tag: tagOf(sealed), content } };
}

/** As {@link sealDraft}, for entries that are not in a page yet; they are not changed. */
export function sealPage(
  { no, revision, entries }: Omit<PageDraft, 'content'> & { readonly entries: readonly PageEntry[] },
  parts: Pick<VaultParts, 'identity' | 'keys' | 'random'>,
): { row: PageRow; loaded: LoadedPage } {
  return sealDraft({ no, revision, content: encodePage(entries) }, parts);
}
