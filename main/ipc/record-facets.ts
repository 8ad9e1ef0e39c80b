import type { Facets } from '../credentials/facets';
import { decodeOverview } from '../credentials/overview';
import type { Vault } from '../vault/vault';
import type { ResponseOf } from '../../preload/contract';

const mostEach = 500;

/** Counts as the page gets them: accounts with their titles, without those in the trash; all by name. */
export function facetsOf(vault: Pick<Vault, 'overviewOf'>, facets: Facets): ResponseOf<'record:facets'> {
  const { kinds, accounts, tags, ...counts } = facets;
  const titled = [...accounts].flatMap(([id, count]) => {
    const bytes = vault.overviewOf(id);
    const overview = bytes === null ? null : decodeOverview(bytes);
    return overview?.trashedAtMs === null ? [{ id, title: overview.title, count }] : [];
  });
  const tagged = [...tags].map(([tag, count]) => ({ tag, count }));
  return {
    ...counts,
    kinds: [...kinds].map(([kind, count]) => ({ kind, count })),
    accounts: titled.sort((a, b) => a.title.localeCompare(b.title)).slice(0, mostEach),
    tags: tagged.sort((a, b) => a.tag.localeCompare(b.tag)).slice(0, mostEach),
  };
}
