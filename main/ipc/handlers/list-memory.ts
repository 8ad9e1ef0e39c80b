import { noFilter } from '../../credentials/record-filter';
import type { RecordLists } from '../record-lists';
import type { Handlers } from '../register';
import type { ListMemory, SettingsStore } from './settings';

/** Handlers of what the list of all items showed last; kept with the vault's settings, as accounts and tags are its own affair. */
export function listMemoryHandlers(
  settings: Pick<SettingsStore, 'list' | 'rememberList'>,
  records: Pick<RecordLists, 'list' | 'summaries'>,
): Pick<Handlers, 'list:remembered' | 'list:remember'> {
  /** Whether there is anything that passes, and the account is one that the sidebar still names. */
  const isThere = ({ sort, filter }: ListMemory): boolean => {
    const { account } = filter;
    if (account !== null) {
      const [found] = records.summaries([account]);
      if (found?.kind !== 'account' || found.trashedAtMs !== null) return false;
    }
    return records.list({ query: '', view: 'all', filter, sort, offset: 0, limit: 1 }).total > 0;
  };
  return {
    'list:remembered': () => {
      const { list } = settings;
      const isFiltered = Object.values(list.filter).some((value) => value !== null);
      return { sort: list.sort, filter: isFiltered && !isThere(list) ? noFilter : list.filter };
    },
    'list:remember': (list) => {
      settings.rememberList(list);
      return {};
    },
  };
}
