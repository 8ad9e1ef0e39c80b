import { say } from '../../preload/words/say';
import type { KindDescriptor, ListFacets, ListFilter, ListView } from './types';

/**
 * What a list shows, in words.
 *
 * @param list - View and filter.
 * @param kinds - That there are.
 * @param counts - With the titles of accounts; null while they are not known.
 */
export function headingOf(
  { view, filter }: { readonly view: ListView; readonly filter: ListFilter },
  kinds: readonly KindDescriptor[],
  counts: ListFacets | null,
): string {
  const { kind, account, tag } = filter;
  const names = [
    kind === null ? null : kinds.find((known) => known.kind === kind)?.labelPlural,
    account === null ? null : counts?.accounts.find(({ id }) => id === account)?.title,
    tag === null ? null : `#${tag}`,
  ].filter((name) => name !== null && name !== undefined);
  const ofView = { all: say('places.all-items'), favourites: say('places.favourites'), trash: say('places.trash') }[
    view
  ];
  return view === 'all' && names.length > 0 ? names.join(' · ') : [ofView, ...names].join(' · ');
}
