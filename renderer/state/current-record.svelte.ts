import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, RecordChanges, RecordDetail } from './types';

/** The record in the detail pane and what can be done with it. Holds no secret. */
export class CurrentRecord {
  /** Null while none is open. */
  detail = $state.raw<RecordDetail | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  /** True while the record is shown as a form. */
  isEditing = $state(false);
  /** Name of the field that takes the focus when the form is shown; null for the first one. */
  firstField = $state<string | null>(null);
  /** True while the form holds changes that were not saved. */
  hasUnsavedChanges = $state(false);
  readonly #api: CofferApi;
  #turn = 0;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Opens a record, or none.
   *
   * @param id - Of the record; null empties the pane.
   */
  async open(id: string | null): Promise<void> {
    const turn = ++this.#turn;
    this.isEditing = false;
    this.firstField = null;
    this.hasUnsavedChanges = false;
    this.failure = null;
    if (id === null) {
      this.detail = null;
      return;
    }
    const answer = await ask(() => this.#api.record.get({ id }));
    if (turn !== this.#turn) return;
    this.detail = answer.ok ? answer.value : null;
    if (!answer.ok) this.failure = sentenceOf(answer.error);
  }

  /** Asks again for what is shown; a record that is gone empties the pane. */
  async refresh(): Promise<void> {
    const id = this.detail?.id;
    if (id === undefined) return;
    const turn = this.#turn;
    const answer = await ask(() => this.#api.record.get({ id }));
    if (turn !== this.#turn) return;
    if (answer.ok) this.detail = answer.value;
    else if (answer.error.code === 'not-found') await this.open(null);
    else this.failure = sentenceOf(answer.error);
  }

  /**
   * Shows a record that an answer brought, such as a new key pair.
   *
   * @param detail - As it came over the bridge.
   */
  show(detail: RecordDetail): void {
    this.#turn += 1;
    this.detail = detail;
    this.failure = null;
    this.isEditing = false;
    this.firstField = null;
    this.hasUnsavedChanges = false;
  }

  /**
   * Keeps changes; the form closes if that worked.
   *
   * @param changes - Only what changed.
   * @param usesDraft - By a form: what was typed into it before the vault locked belongs to it.
   * @returns True if they were kept; otherwise {@link failure} says why.
   */
  async save(changes: RecordChanges, usesDraft = false): Promise<boolean> {
    const id = this.detail?.id;
    if (id === undefined) return false;
    const turn = this.#turn;
    const answer = await ask(() => this.#api.record.update({ id, changes, ...(usesDraft ? { usesDraft } : {}) }));
    if (turn !== this.#turn) return answer.ok;
    if (answer.ok) this.show(answer.value);
    else this.failure = sentenceOf(answer.error);
    return answer.ok;
  }

  /** Marks the record as a favourite, or no longer. */
  async toggleFavourite(): Promise<void> {
    if (this.detail !== null) await this.save({ isFavourite: !this.detail.isFavourite });
  }

  /**
   * Copies a field in the main process.
   *
   * @param field - Name of a copyable field.
   * @returns The answer of the bridge.
   */
  copy(field: string): Promise<Answer<unknown>> {
    return this.#withId((id) => this.#api.record.copy({ id, field }));
  }

  /**
   * Moves the record to the trash and empties the pane.
   *
   * @returns The answer of the bridge.
   */
  trash(): Promise<Answer<unknown>> {
    return this.#leaving((id) => this.#api.record.trash({ id }));
  }

  /**
   * Takes the record out of the trash and empties the pane.
   *
   * @returns The answer of the bridge.
   */
  restore(): Promise<Answer<unknown>> {
    return this.#leaving((id) => this.#api.record.restore({ id }));
  }

  /**
   * Deletes the record for ever and empties the pane.
   *
   * @returns The answer of the bridge.
   */
  purge(): Promise<Answer<unknown>> {
    return this.#leaving((id) => this.#api.record.purge({ id }));
  }

  async #leaving(call: (id: string) => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const answer = await this.#withId(call);
    if (answer.ok) await this.open(null);
    else this.failure = sentenceOf(answer.error);
    return answer;
  }

  async #withId(call: (id: string) => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const id = this.detail?.id;
    if (id === undefined)
      return { ok: false, error: { code: 'not-found', message: say('detail.choose-an-item-first') } };
    return ask(() => call(id));
  }
}
