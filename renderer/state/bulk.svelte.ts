import { say } from '../../preload/words/say';
import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask } from './answer';
import type { Notices } from './notices.svelte';
import { sentenceOf } from './sentence';
import type { Answer, BulkAction } from './types';

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

/** The tags that a record had and has. */
type Retagged = ResponseOf<'record:bulk'>['retagged'][number];

interface Outcome<T> {
  /** Those that took the step; some of a chunk may have refused. */
  readonly taken: readonly T[];
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
   * Takes a step, and says what came of it. A change of tags can always be taken back.
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
    if (ids.length === 0 || this.#isBusy()) return;
    const retagged: Retagged[] = [];
    const outcome = await this.#take(ids, async (chunk) => {
      const answer = await ask(() => this.#api.record.bulk({ ids: [...chunk], action }));
      if (answer.ok) retagged.push(...answer.value.retagged);
      return answer;
    });
    // Only what was really changed is taken back, so that it may be offered where some refused, too.
    if (retagged.length > 0) this.#tell(outcome, done, () => void this.#putTagsBack(retagged));
    else if (undo === null || outcome.failure !== '') this.#tell(outcome, done, null);
    else this.#tell(outcome, done, () => void this.run(outcome.taken, undo, 'bulk.back-as-before'));
  }

  /** Ends the step under way; what was done stays done. */
  stop(): void {
    this.#isStopped = true;
  }

  async #putTagsBack(retagged: readonly Retagged[]): Promise<void> {
    if (this.#isBusy()) return;
    const outcome = await this.#take(retagged, (items) =>
      ask(() => this.#api.record.putTagsBack({ items: [...items] })),
    );
    this.#tell(outcome, 'bulk.back-as-before', null);
  }

  /** Says so if another step is under way. */
  #isBusy(): boolean {
    if (this.progress === null) return false;
    this.#notices.show(say('bulk.another-step-is-under-way-try'), { tone: 'failure' });
    return true;
  }

  #tell({ done, failure }: Outcome<unknown>, words: BulkWords, undo: (() => void) | null): void {
    const text = say(words, { count: done });
    const action = undo === null ? null : { label: say('common.undo'), run: undo };
    if (failure === '') this.#notices.show(text, { action });
    else this.#notices.show(`${text} ${failure}`, { tone: 'failure', action });
  }

  async #take<T>(
    all: readonly T[],
    step: (chunk: readonly T[]) => Promise<Answer<ResponseOf<'record:put-tags-back'>>>,
  ): Promise<Outcome<T>> {
    this.#isStopped = false;
    let failure = '';
    let done = 0;
    let at = 0;
    // It changes while an answer is waited for.
    const isStopped = () => this.#isStopped;
    for (; at < all.length && !isStopped(); at += chunkSize) {
      this.progress = { done: at, total: all.length };
      const answer = await step(all.slice(at, at + chunkSize));
      if (!answer.ok) {
        failure = sentenceOf(answer.error);
        break;
      }
      done += answer.value.done;
      if (answer.value.refused > 0) failure ||= sentenceOf({ code: 'refused', message: answer.value.reason });
      if (answer.value.isOver) break;
    }
    this.progress = null;
    return { taken: all.slice(0, at), done, failure };
  }
}

/** `1 item`, `12 items`. */
export function countOf(count: number): string {
  return say('common.items-counted', { count });
}
