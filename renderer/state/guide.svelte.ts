import { say } from '../../preload/words/say';
import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask } from './answer';
import { inSentence } from './formats';
import { sentenceOf } from './sentence';
import type { RecordSummary } from './types';

/** One task with what the vault has for it. */
export type GuideTask = ResponseOf<'guide:task'>;
/** One thing that a task takes. */
export type GuideNeed = GuideTask['needs'][number];
/** What a button does. */
export type GuideAction = GuideNeed['actions'][number];

/** A record that serves a need, or could. */
type GuideCandidate = GuideNeed['candidates'][number];

const troubles = {
  inactive: 'guide.candidate-inactive',
  expired: 'guide.candidate-expired',
  'not-yet-valid': 'guide.candidate-not-yet-valid',
} as const;

/** A record's title, and why it does not serve if it does not. */
export function candidateText({ title, trouble, missing }: GuideCandidate): string {
  if (trouble === null) return title;
  if (trouble === 'incomplete')
    return say('guide.candidate-lacks', { title, fields: missing.map(inSentence).join(', ') });
  return say(troubles[trouble], { title });
}

/** What can be done with a record: one that does not serve can be opened, to see to it. */
export function actionsOf({ trouble, actions }: GuideCandidate): readonly GuideAction[] {
  return trouble === null ? actions : [{ type: 'open' }];
}

/** How many records there are besides those that are shown, and whether all of them were looked at. */
export function othersText({ others, unseen }: Pick<GuideNeed, 'others' | 'unseen'>, isOneAccount: boolean): string {
  const more = say('common.and-more', { count: others.toLocaleString('en') });
  if (unseen === 0) return more;
  const notLookedAt = say('guide.not-looked-at', { count: unseen.toLocaleString('en') });
  return [more, notLookedAt, ...(isOneAccount ? [] : [say('guide.choose-an-account')])].join(' ');
}

/** "What do you want to do?": tasks by heading, and the chosen one. */
export class Guide {
  /** Tasks by heading. */
  groups = $state.raw<ResponseOf<'guide:tasks'>>([]);
  /** The chosen task; null for none. */
  task = $state.raw<GuideTask | null>(null);
  /** Accounts to choose from. */
  accounts = $state.raw<readonly RecordSummary[]>([]);
  /** Id of the chosen account; empty for all. */
  account = $state('');
  /** What the search box holds. */
  query = $state('');
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  #turn = 0;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for tasks and accounts. */
  async load(): Promise<void> {
    const tasks = await ask(() => this.#api.guide.tasks({}));
    if (tasks.ok) this.groups = tasks.value;
    else this.failure = sentenceOf(tasks.error);
    const accounts = await ask(() => this.#api.record.pick({ kinds: ['account'], query: '' }));
    if (accounts.ok) this.accounts = accounts.value.rows;
  }

  /** Headings with the tasks in which every word of the query is found. */
  get found(): ResponseOf<'guide:tasks'> {
    const words = this.query
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    return this.groups
      .map(({ group, tasks }) => ({
        group,
        tasks: tasks.filter(({ title, about, words: more }) => {
          const text = [title, about, ...more].join('\n').toLowerCase();
          return words.every((word) => text.includes(word));
        }),
      }))
      .filter(({ tasks }) => tasks.length > 0);
  }

  /** Shows a task; null goes back to the list. */
  async choose(taskId: string | null): Promise<void> {
    const turn = ++this.#turn;
    this.failure = null;
    if (taskId === null) {
      this.task = null;
      return;
    }
    const account = this.account === '' ? null : this.account;
    const answer = await ask(() => this.#api.guide.task({ taskId, account }));
    // Another task or account was chosen meanwhile.
    if (turn !== this.#turn) return;
    if (answer.ok) this.task = answer.value;
    else this.failure = sentenceOf(answer.error);
  }

  /** Looks at the chosen task for another account. */
  async chooseAccount(account: string): Promise<void> {
    this.account = account;
    if (this.task !== null) await this.choose(this.task.id);
  }
}
