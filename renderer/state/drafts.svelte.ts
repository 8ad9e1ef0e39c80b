import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { withSecretBytes } from './typed-secrets';
import type { DraftRow, OpenedDraft } from './types';

const pauseMs = 400;

/** What an open form holds. */
export interface FormContent {
  /** Null for a record that is yet to be made. */
  readonly recordId: string | null;
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly values: Readonly<Record<string, string>>;
  /** As typed. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Forms that are not saved: the open one is handed to the main process as it changes, which seals it when the vault locks. */
export class Drafts {
  /** Forms that were open when the vault locked, the newest first. */
  rows = $state.raw<readonly DraftRow[]>([]);
  readonly #api: CofferApi;
  #opened: OpenedDraft | null = null;
  #waiting: FormContent | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #isKept = false;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for the forms of before. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.draft.list({}));
    if (answer.ok) this.rows = answer.value;
  }

  /**
   * Goes on with one; the form that opens next takes it.
   *
   * @param id - Of the draft.
   * @returns What it holds, without its secrets; null if it is gone.
   */
  async open(id: string): Promise<OpenedDraft | null> {
    const answer = await ask(() => this.#api.draft.open({ id }));
    this.#opened = answer.ok ? answer.value : null;
    this.#isKept = answer.ok;
    this.#hide(id);
    return this.#opened;
  }

  /**
   * Removes one.
   *
   * @param id - Of the draft.
   */
  async discard(id: string): Promise<void> {
    await ask(() => this.#api.draft.discard({ id }));
    this.#hide(id);
  }

  /**
   * For a form that opens: what it goes on with.
   *
   * @param recordId - Of the record that it edits; null for a new one.
   * @param kind - Of the record.
   */
  take(recordId: string | null, kind: string): OpenedDraft | null {
    const opened = this.#opened;
    this.#opened = null;
    return opened?.recordId === recordId && opened.kind === kind ? opened : null;
  }

  /**
   * Keeps what the open form holds, soon.
   *
   * @param content - Null: nothing that would be lost.
   */
  note(content: FormContent | null): void {
    this.#waiting = content;
    if (content !== null) this.#timer ??= setTimeout(() => void this.flush(), pauseMs);
    else this.#drop();
  }

  /** Keeps now what waits to be kept. */
  async flush(): Promise<void> {
    this.#stopTimer();
    const content = this.#waiting;
    this.#waiting = null;
    if (content === null) return;
    this.#isKept = true;
    const { secrets: typed, tags, values, ...target } = content;
    await withSecretBytes(typed, (secrets) =>
      ask(() => this.#api.draft.keep({ ...target, tags: [...tags], values: { ...values }, secrets })),
    );
  }

  /** The form was closed: nothing of it is kept any more. */
  end(): void {
    this.#waiting = null;
    this.#drop();
  }

  #drop(): void {
    this.#stopTimer();
    if (this.#isKept) void ask(() => this.#api.draft.drop({}));
    this.#isKept = false;
  }

  #hide(id: string): void {
    this.rows = this.rows.filter((row) => row.id !== id);
  }

  #stopTimer(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
