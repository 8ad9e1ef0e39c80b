import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { Notices } from './notices.svelte';
import { sentenceOf } from './sentence';
import type { BulkAction } from './types';

/** Records that one request takes: a tenth of a second's work. */
const chunkSize = 100;

/** What is said of records that took a step, with their count. */
export type BulkWords =
  'bulk.moved-to-trash' | 'bulk.restored' | 'bulk.deleted' | 'bulk.changed' | 'bulk.back-as-before';

/** How far a step has come. */
export interface BulkProgress {
  readonly done: number;
  readonly total: number;
}

interface Outcome {
  /** Those that took the step; some of a chunk may have refused. */
  readonly ids: readonly string[];
  readonly done: number;
  readonly failure: string;
}

/** Steps that many records take at once: in chunks, so that they can be stopped and the app goes on answering. */
export class BulkSteps {
  /** Null while none is under way. */
  progress = $state.raw<BulkProgress | null>(null);
  readonly #api: CofferApi;
  readonly #notices: Notices;
  #isStopped = false;

  constructor(api: CofferApi, notices: Notices) {
    this.#api = api;
    this.#notices = notices;
  }

  /**
   * Takes a step, and says what came of it.
   *
   * @param ids - Of the records.
   * @param action - The step.
   * @param done - What to say of those that took it.
   * @param undo - The step back, if there is one.
   */
  async run(
    ids: readonly string[],
    action: BulkAction,
    done: BulkWords,
    undo: BulkAction | null = null,
  ): Promise<void> {
    if (ids.length === 0) return;
    if (this.progress !== null) {
      this.#notices.show(say('bulk.another-step-is-under-way-try'), { tone: 'failure' });
      return;
    }
    const outcome = await this.#take(ids, action);
    const text = say(done, { count: outcome.done });
    if (outcome.failure !== '') this.#notices.show(`${text} ${outcome.failure}`, { tone: 'failure' });
    else if (undo === null) this.#notices.show(text);
    else {
      const run = () => void this.run(outcome.ids, undo, 'bulk.back-as-before');
      this.#notices.show(text, { action: { label: say('common.undo'), run } });
    }
  }

  /** Ends the step under way; what was done stays done. */
  stop(): void {
    this.#isStopped = true;
  }

  async #take(ids: readonly string[], action: BulkAction): Promise<Outcome> {
    this.#isStopped = false;
    let failure = '';
    let done = 0;
    let at = 0;
    // It changes while an answer is waited for.
    const isStopped = () => this.#isStopped;
    for (; at < ids.length && !isStopped(); at += chunkSize) {
      this.progress = { done: at, total: ids.length };
      const chunk = ids.slice(at, at + chunkSize);
      const answer = await ask(() => this.#api.record.bulk({ ids: chunk, action }));
      if (!answer.ok) {
        failure = sentenceOf(answer.error);
        break;
      }
      done += answer.value.done;
      if (answer.value.refused > 0) failure ||= sentenceOf({ code: 'refused', message: answer.value.reason });
      if (answer.value.isOver) break;
    }
    this.progress = null;
    return { ids: ids.slice(0, at), done, failure };
  }
}

/** `1 item`, `12 items`. */
export function countOf(count: number): string {
  return say('common.items-counted', { count });
}
