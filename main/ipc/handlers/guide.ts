import { type HeldRecord, matchTask } from '../../credentials/guide/match';
import { allTasks, sourcesOf, taskGroups, taskOf } from '../../credentials/guide/tasks';
import { allKinds } from '../../credentials/kinds';
import { recordsOfKinds } from '../../credentials/marks';
import { devicesOf } from '../../credentials/mfa-device';
import { textOf } from '../../credentials/plain-kind';
import { CofferError } from '../../errors';
import type { ResponseOf } from '../../../preload/contract';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';

type GuideChannels = Extract<keyof Handlers, `guide:${string}`>;

/** An empty text is stored as two quotation marks. */
const emptyTextBytes = 2;

/** Handlers of the guide: what do you want to do, and which credential does it take? */
export function guideHandlers(records: Records, { session, nowMs }: Services): Pick<Handlers, GuideChannels> {
  const held = (): HeldRecord[] => {
    const kinds = allKinds.map(({ descriptor }) => descriptor.kind);
    return recordsOfKinds(session.vault.table, kinds)
      .filter(({ overview }) => overview.trashedAtMs === null)
      .map(({ id, overview }) => heldRecord(records, id, overview.links['account'] ?? null));
  };
  return {
    'guide:tasks': () =>
      taskGroups.map(({ id: group, label }) => ({
        group: label,
        tasks: allTasks
          .filter((task) => task.group === group)
          .map(({ id, title, about, words }) => ({ id, title, about, words: [...words] })),
      })),
    'guide:task': ({ taskId, account }) => {
      const task = taskOf(taskId);
      if (task === null) throw new CofferError('not-found', 'task: the guide has none with this name');
      const { needs, isReady } = matchTask(task, held(), account, nowMs());
      const { id, title, about, today, steps } = task;
      const shown = needs.map(({ need, state, candidates, others, actions }) => ({
        ...{ id: need.id, text: need.text, isOptional: need.isOptional, state, others, actions: [...actions] },
        candidates: candidates.map(({ record, offer, trouble }) => ({
          ...{ id: record.id, kind: record.kind, title: record.title, trouble, actions: [...offer.use] },
        })),
      }));
      const sources = sourcesOf(task).map((source) => ({ ...source, steps: [...source.steps] }));
      const answer: ResponseOf<'guide:task'> = {
        id,
        title,
        about,
        today,
        steps: [...steps],
        isReady,
        needs: shown,
        sources,
      };
      return answer;
    },
  };
}

function heldRecord(records: Records, id: string, account: string | null): HeldRecord {
  return records.withBody(id, ({ overview, kind, body }) => {
    const filled = [...body].filter(([, value]) => value.length > emptyTextBytes).map(([name]) => name);
    // A list that lost its last device is still there.
    if (kind.descriptor.kind === 'sign-in' && devicesOf(body).length > 0) filled.push('mfa');
    const dateOf = (name: string) => (body.has(name) ? Date.parse(textOf(body, name)) : null);
    const status = body.has('status') ? textOf(body, 'status') : null;
    return {
      id,
      kind: kind.descriptor.kind,
      title: overview.title,
      accountId: kind.descriptor.kind === 'account' ? id : account,
      fields: new Set(filled),
      status: status === 'deleted' ? 'inactive' : status,
      notBeforeMs: dateOf('notBefore'),
      notAfterMs: dateOf('notAfter'),
    };
  });
}
