import type { Activity } from '../activity';
import type { Handlers } from '../register';
import type { RecordLists } from '../record-lists';
import type { Services } from '../services';

const dayMs = 86_400_000;
/** The store keeps as many; some more may wait to be saved. */
const mostEvents = 2000;

/** Handlers of what was done with the vault. */
export function activityHandlers(
  activity: Activity,
  records: Pick<RecordLists, 'summaries'>,
  { nowMs }: Pick<Services, 'nowMs'>,
): Pick<Handlers, 'activity:list' | 'activity:clear'> {
  return {
    'activity:list': () => {
      const events = activity.list().slice(0, mostEvents);
      const ids = new Set(events.map(({ recordId }) => recordId));
      return {
        events,
        records: records
          .summaries(ids)
          .map(({ id, kind, title, trashedAtMs }) => ({ id, kind, title, isInTrash: trashedAtMs !== null })),
      };
    },
    'activity:clear': ({ olderThanDays }) => {
      activity.clear(olderThanDays === null ? Infinity : nowMs() - olderThanDays * dayMs);
      return {};
    },
  };
}
