import { allKinds } from '../../credentials/kinds';
import type { ResponseOf } from '../../../preload/contract';
import { putTagsBack, runBulk } from '../bulk';
import type { DraftKeeper } from '../draft-keeper';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import type { SettingsStore } from './settings';

type RecordChannels = Extract<keyof Handlers, `record:${string}` | 'kinds:list'>;

/** Handlers of what all kinds have in common. */
export function recordHandlers(
  { records, settings, drafts }: { records: Records; settings: SettingsStore; drafts: DraftKeeper },
  { copyText, announceRecords, manners }: Services,
): Pick<Handlers, RecordChannels> {
  const announcing = <T>(value: T): T => {
    announceRecords();
    return value;
  };
  return {
    // The descriptors are constants of the same shape; the contract's parser copies them.
    'kinds:list': () => allKinds.map(({ descriptor }) => descriptor) as unknown as ResponseOf<'kinds:list'>,
    'record:list': (query) => {
      const rows = records.list(query);
      manners.listed();
      return rows;
    },
    'record:ids': (query) => records.ids(query),
    'record:facets': () => records.facets(),
    'record:get': ({ id }) => records.get(id),
    'record:create': ({ kind, title, tags, usesDraft, values, secrets }) => {
      const all = usesDraft ? drafts.withEarlierSecrets(secrets) : secrets;
      const detail = records.create(kind, { title, tags }, { values, secrets: all });
      if (usesDraft) drafts.drop();
      return announcing(detail);
    },
    'record:pick': ({ kinds, query }) => records.pick(kinds, query),
    'record:same': ({ kind, id, values }) => records.same(kind, id, values),
    'record:version': ({ id, version }) => records.getVersion(id, version),
    'record:reveal-version': ({ id, version, field }) => ({
      value: records.revealVersion(id, version, field),
      hideAfterSeconds: settings.current.hideRevealedAfterSeconds,
    }),
    'record:restore-version': ({ id, version }) => announcing(records.restoreVersion(id, version)),
    'record:bulk': ({ ids, action }) => announcing(runBulk(records, ids, action)),
    'record:put-tags-back': ({ items }) => announcing(putTagsBack(records, items)),
    'record:update': ({ id, changes, usesDraft }) => {
      const secrets = usesDraft ? drafts.withEarlierSecrets(changes.secrets ?? {}) : changes.secrets;
      const detail = records.update(id, { ...changes, ...(secrets === undefined ? {} : { secrets }) });
      if (usesDraft) drafts.drop();
      return announcing(detail);
    },
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
      const { text, isSecret } = records.withBody(id, ({ kind, body }) => ({
        text: kind.copyText(body, field),
        isSecret: kind.descriptor.fields.some(({ name, isSecret: secret }) => name === field && secret),
      }));
      await copyText(text, { isSecret });
      return {};
    },
    'record:reveal': ({ id, field }) => ({
      value: records.withBody(id, ({ kind, body }) => kind.reveal(body, field)),
      hideAfterSeconds: settings.current.hideRevealedAfterSeconds,
    }),
  };
}
