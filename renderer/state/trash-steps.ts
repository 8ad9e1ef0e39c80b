import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
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
    const { current, notices } = this.#workspace;
    const id = current.detail?.id;
    const answer = await current.trash();
    if (!answer.ok || id === undefined) {
      this.#workspace.report(answer, '');
      return;
    }
    await this.#showList();
    this.#endUndo();
    const action = { label: say('common.undo'), run: () => void this.#undo(id) };
    this.#undoNoticeId = notices.show(say('trash.moved-to-trash'), { action });
  }

  /** Takes the open record out of the trash. */
  async takeOut(): Promise<void> {
    await this.#leave(await this.#workspace.current.restore(), say('trash.restored'));
  }

  /** Deletes the open record for ever. */
  async empty(): Promise<void> {
    await this.#leave(await this.#workspace.current.purge(), say('trash.deleted-for-ever'));
  }

  async #leave(answer: Answer<unknown>, text: string): Promise<void> {
    if (answer.ok) {
      this.#endUndo();
      await this.#showList();
    }
    this.#workspace.report(answer, text);
  }

  async #showList(): Promise<void> {
    this.#workspace.navigation.selectedId = null;
    await this.#workspace.list.reload();
    this.#workspace.isListFocusDue = true;
  }

  /** An offer to undo that was overtaken goes away. */
  #endUndo(): void {
    if (this.#undoNoticeId !== null) this.#workspace.notices.dismiss(this.#undoNoticeId);
    this.#undoNoticeId = null;
  }

  async #undo(id: string): Promise<void> {
    const { api, list } = this.#workspace;
    const answer = await ask(() => api.record.restore({ id }));
    this.#workspace.report(answer, say('trash.restored'));
    if (!answer.ok) return;
    await list.reload();
    if (list.indexOf(id) >= 0) this.#workspace.select(id);
  }
}
