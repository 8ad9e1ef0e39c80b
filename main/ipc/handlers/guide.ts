import { say } from '../../../preload/words/say';
import { type HeldRecord, type ListedRecord, matchTask } from '../../credentials/guide/match';
import type { Task } from '../../credentials/guide/shapes';
import { allTasks, sourcesOf, taskGroups, taskOf } from '../../credentials/guide/tasks';
import { kindOf } from '../../credentials/kinds';
import { handlesOfKinds } from '../../credentials/marks';
import { devicesOf } from '../../credentials/mfa-device';
import { linkIn } from '../../credentials/overview';
import { overviewAt } from '../../credentials/overview-source';
import { textOf } from '../../credentials/plain-kind';
import { CofferError } from '../../errors';
import type { ResponseOf } from '../../../preload/contract';
import type { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { turns } from '../turns';
import { requireStillOpen } from '../vault-guard';

type GuideChannels = Extract<keyof Handlers, `guide:${string}`>;

/** An empty text is stored as two quotation marks. */
const emptyTextBytes = 2;

/** Handlers of the guide: what do you want to do, and which credential does it take? */
export function guideHandlers(records: Records, { session, nowMs }: Services): Pick<Handlers, GuideChannels> {
  /** What the overviews say of the records that a task may take, decoded one by one; no record is opened. */
  function* listed({ needs }: Task, account: string | null): Iterable<ListedRecord> {
    const kindsOf = (some: Task['needs']) => some.flatMap(({ anyOf }) => anyOf.map(({ kind }): string => kind));
    const othersToo = kindsOf(needs.filter(({ whose }) => whose === 'theirs'));
    const isMeant = (kind: string, overview: Uint8Array) => {
      if (account === null || kind === 'account' || othersToo.includes(kind)) return true;
      const owner = linkIn(overview, 'account');
      return owner === null || owner === account;
    };
    const { table } = session.vault;
    for (const handle of handlesOfKinds(table, kindsOf(needs), isMeant)) {
      // Others had their turn since the last one.
      if (!table.has(handle)) continue;
      const { kind, title, links, trashedAtMs } = overviewAt(table, handle);
      const id = table.idOf(handle);
      const accountId = kind === 'account' ? id : (links['account'] ?? null);
      if (trashedAtMs === null) yield { id, kind, title, accountId };
    }
  }
  return {
    'guide:tasks': () =>
      taskGroups.map(({ id: group, label }) => ({
        group: label,
        tasks: allTasks
          .filter((task) => task.group === group)
          .map(({ id, title, about, words }) => ({ id, title, about, words: [...words] })),
      })),
    'guide:task': async ({ taskId, account }) => {
      const task = taskOf(taskId);
      if (task === null) throw new CofferError('not-found', say('main-guide.task-the-guide-has-none-with-this-name'));
      const { vault } = session;
      const giveWay = turns();
      const { needs, isReady } = await matchTask(task, listed(task, account), {
        ...{ accountId: account, nowMs: nowMs() },
        open: (record) => heldRecord(records, record),
        giveWay: async () => {
          await giveWay();
          requireStillOpen(session, vault);
        },
      });
      const { id, title, about, today, steps } = task;
      const shown = needs.map(({ need, state, candidates, others, unseen, actions }) => ({
        ...{ id: need.id, text: need.text, isOptional: need.isOptional, state, others, unseen, actions: [...actions] },
        candidates: candidates.map(({ record, offer, trouble, missingFields }) => ({
          ...{ id: record.id, kind: record.kind, title: record.title, trouble, actions: [...offer.use] },
          missing: missingFields.map((field) => labelOf(record.kind, field)),
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

/** MFA devices are no field of the form. */
function labelOf(kind: string, field: string): string {
  if (field === 'mfa') return say('main-guide.mfa-device');
  return kindOf(kind)?.descriptor.fields.find(({ name }) => name === field)?.label ?? field;
}

/** Null for one that was removed since it was listed. */
function heldRecord(records: Records, listed: ListedRecord): HeldRecord | null {
  try {
    return openRecord(records, listed);
  } catch (error) {
    if (error instanceof CofferError && error.code === 'not-found') return null;
    throw error;
  }
}

function openRecord(records: Records, listed: ListedRecord): HeldRecord {
  return records.withBody(listed.id, ({ kind, body }) => {
    const filled = [...body].filter(([, value]) => value.length > emptyTextBytes).map(([name]) => name);
    // A list that lost its last device is still there.
    if (kind.descriptor.kind === 'sign-in' && devicesOf(body).length > 0) filled.push('mfa');
    const dateOf = (name: string) => (body.has(name) ? Date.parse(textOf(body, name)) : null);
    const status = body.has('status') ? textOf(body, 'status') : null;
    return {
      ...listed,
      fields: new Set(filled),
      status: status === 'deleted' ? 'inactive' : status,
      notBeforeMs: dateOf('notBefore'),
      notAfterMs: dateOf('notAfter'),
    };
  });
}
