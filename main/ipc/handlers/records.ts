import { allKinds } from '../../credentials/kinds';
import type { ResponseOf } from '../../../preload/contract';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import type { SettingsStore } from './settings';

type RecordChannels = Extract<keyof Handlers, `record:${string}` | 'kinds:list'>;

/** Handlers of what all kinds have in common. */
export function recordHandlers(
  records: Records,
  settings: SettingsStore,
  { copyText, announceRecords }: Services,
): Pick<Handlers, RecordChannels> {
  const announcing = <T>(value: T): T => {
    announceRecords();
    return value;
  };
  return {
    // The descriptors are constants of the same shape; the contract's parser copies them.
    'kinds:list': () => allKinds.map(({ descriptor }) => descriptor) as unknown as ResponseOf<'kinds:list'>,
    'record:list': (query) => records.list(query),
    'record:get': ({ id }) => records.get(id),
    'record:update': ({ id, changes }) => announcing(records.update(id, changes)),
    'record:trash': ({ id }) => {
      records.setTrashed(id, true);
      return announcing({});
    },
    'record:restore': ({ id }) => {
      records.setTrashed(id, false);
      return announcing({});
    },
    'record:purge': ({ id }) => {
      records.purge(id);
      return announcing({});
    },
    'record:copy': async ({ id, field }) => {
      await copyText(records.withBody(id, ({ kind, body }) => kind.copyText(body, field)));
      return {};
    },
    'record:reveal': ({ id, field }) => ({
      value: records.withBody(id, ({ kind, body }) => kind.reveal(body, field)),
      hideAfterSeconds: settings.current.hideRevealedAfterSeconds,
    }),
  };
}
