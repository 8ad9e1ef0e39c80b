import { say } from '../../preload/words/say';
import type { CofferApi, Reply } from '../../preload/contract';
import { ask } from './answer';
import type { CurrentRecord } from './current-record.svelte';
import type { Navigation } from './navigation.svelte';
import type { Notices } from './notices.svelte';
import type { RecordList } from './records.svelte';
import type { Answer } from './types';

/** What the steps rest on: parts of the workspace. */
export interface TrashSurroundings {
  readonly api: CofferApi;
  readonly current: CurrentRecord;
  readonly list: RecordList;
  readonly navigation: Navigation;
  readonly notices: Notices;
  isListFocusDue: boolean;
  select(id: string): void;
  report(answer: Answer<unknown>, text: string): void;
}

/** Steps of the open record into the trash and out of it. */
export class TrashSteps {
  readonly #workspace: TrashSurroundings;
  #undoNoticeId: number | null = null;

  /** @param workspace - Whose open record it is; not used before the first step. */
  constructor(workspace: TrashSurroundings) {
    this.#workspace = workspace;
  }

  /** Moves the open record to the trash, with a way back. */
  async put(): Promise<void> {
    const { api, current } = this.#workspace;
    const id = current.detail?.id;
    const answer = await current.trash();
    if (!answer.ok || id === undefined) {
      this.#workspace.report(answer, '');
      return;
    }
    await this.#showList();
    this.#offerUndo(say('trash.moved-to-trash'), () =>
      this.#undo(() => api.record.restore({ id }), id, say('trash.restored')),
    );
  }

  /** Takes the open record out of the trash, with a way back. */
  async takeOut(): Promise<void> {
    const { api, current } = this.#workspace;
    const id = current.detail?.id;
    const answer = await current.restore();
    if (!answer.ok || id === undefined) {
      this.#workspace.report(answer, '');
      return;
    }
    await this.#showList();
    const putBack = () => this.#undo(() => api.record.trash({ id }), id, say('trash.moved-to-trash'));
    this.#offerUndo(say('trash.restored'), putBack);
  }

  /** Deletes the open record for ever. */
  async empty(): Promise<void> {
    const answer = await this.#workspace.current.purge();
    if (answer.ok) {
      this.#endUndo();
      await this.#showList();
    }
    this.#workspace.report(answer, say('trash.deleted-for-ever'));
  }

  async #showList(): Promise<void> {
    this.#workspace.navigation.selectedId = null;
    await this.#workspace.list.reload();
    this.#workspace.isListFocusDue = true;
  }

  #offerUndo(text: string, undo: () => Promise<void>): void {
    this.#endUndo();
    const action = { label: say('common.undo'), run: () => void undo() };
    this.#undoNoticeId = this.#workspace.notices.show(text, { action });
  }

  /** An offer to undo that was overtaken goes away. */
  #endUndo(): void {
    if (this.#undoNoticeId !== null) this.#workspace.notices.dismiss(this.#undoNoticeId);
    this.#undoNoticeId = null;
  }

  async #undo(step: () => Promise<Reply<'record:trash' | 'record:restore'>>, id: string, text: string): Promise<void> {
    const { list } = this.#workspace;
    const answer = await ask(step);
    this.#workspace.report(answer, text);
    if (!answer.ok) return;
    await list.reload();
    if (list.indexOf(id) >= 0) this.#workspace.select(id);
  }
}
