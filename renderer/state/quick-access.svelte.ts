import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { QuickAction, QuickRecord } from './types';

/** The small window: what was typed, what was found, and which action of which record Enter runs. */
export class QuickAccess {
  /** What was typed. */
  query = $state('');
  /** What was found for it; null before the first answer. */
  rows = $state.raw<readonly QuickRecord[] | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  #row = $state(0);
  #action = $state(0);
  #isBusy = false;
  #searches = 0;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** The record that Enter copies from; null if there is none. */
  get chosen(): QuickRecord | null {
    return this.rows?.[this.#row] ?? null;
  }

  /** The action that Enter runs; null if there is none. */
  get action(): QuickAction | null {
    return this.chosen?.actions[this.#action] ?? null;
  }

  /** Whether the action that Enter runs is the record's first one. */
  get isFirstAction(): boolean {
    return this.#action === 0;
  }

  /** Looks for what was typed; an answer that was overtaken is dropped. */
  async search(): Promise<void> {
    const mine = ++this.#searches;
    const answer = await ask(() => this.#api.quick.search({ query: this.query }));
    if (mine !== this.#searches) return;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    if (!answer.ok) return;
    this.rows = answer.value;
    this.#choose(0);
  }

  /**
   * Goes to another record; past the last one stands the first.
   *
   * @param by - 1 for the next, -1 for the one before.
   */
  move(by: number): void {
    const count = this.rows?.length ?? 0;
    if (count > 0) this.#choose((this.#row + by + count) % count);
  }

  /**
   * Goes to another action of the record.
   *
   * @param by - 1 for the next, -1 for the one before.
   */
  moveAction(by: number): void {
    const count = this.chosen?.actions.length ?? 0;
    if (count > 0) this.#action = (this.#action + by + count) % count;
  }

  /**
   * Chooses a record, with its first action.
   *
   * @param id - Of a record that was found.
   */
  choose(id: string): void {
    const row = this.rows?.findIndex((record) => record.id === id) ?? -1;
    if (row >= 0) this.#choose(row);
  }

  /**
   * Chooses an action of the chosen record.
   *
   * @param name - Of the action.
   */
  chooseAction(name: string): void {
    const at = this.chosen?.actions.findIndex((action) => action.name === name) ?? -1;
    if (at >= 0) this.#action = at;
  }

  /** Runs the action; the main process then closes this window. */
  async run(): Promise<void> {
    const { chosen, action } = this;
    if (chosen === null || action === null || this.#isBusy) return;
    this.#isBusy = true;
    const answer = await ask(() => this.#api.quick.copy({ id: chosen.id, action: action.name }));
    this.#isBusy = false;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /** Closes the window. */
  async close(): Promise<void> {
    await ask(() => this.#api.quick.close({}));
  }

  #choose(row: number): void {
    this.#row = row;
    this.#action = 0;
  }
}
