import type { RecordList } from './records.svelte';

/** Most records that one step takes. */
export const mostSelected = 10_000;

/** Rows that were ticked, for a step that many records take at once. Empty while records are looked at one by one. */
export class Selection {
  /** By id of the record. */
  #ticked = $state.raw<Readonly<Record<string, true>>>({});
  /** True while a click ticks a row instead of opening it. */
  isOn = $state(false);
  readonly #list: RecordList;
  /** Row from which a range is drawn. */
  #anchor = 0;
  /** Answers to an earlier question are dropped. */
  #turn = 0;

  constructor(list: RecordList) {
    this.#list = list;
  }

  /** Ids of the records. */
  get ids(): readonly string[] {
    return Object.keys(this.#ticked);
  }

  /** Whether a record is ticked. */
  has(id: string): boolean {
    return Object.hasOwn(this.#ticked, id);
  }

  /**
   * Begins, with a row ticked if there is one to begin with.
   *
   * @param id - Of the record that is open; null for none.
   */
  begin(id: string | null = null): void {
    if (this.isOn) return;
    this.isOn = true;
    this.#ticked = ofIds(id === null ? [] : [id]);
    if (id !== null) this.#anchor = Math.max(0, this.#list.indexOf(id));
  }

  /** Ends; nothing is ticked any more. */
  end(): void {
    this.#turn += 1;
    this.isOn = false;
    this.#ticked = {};
  }

  /**
   * Ticks a row, or no longer.
   *
   * @param id - Of the record.
   * @param index - Its place.
   */
  toggle(id: string, index: number): void {
    this.#anchor = index;
    this.#ticked = ofIds(this.has(id) ? this.ids.filter((other) => other !== id) : [...this.ids, id]);
  }

  /**
   * Ticks all rows between the one ticked last and another.
   *
   * @param index - Its place.
   */
  async extendTo(index: number): Promise<void> {
    await this.#take(Math.min(this.#anchor, index), Math.max(this.#anchor, index));
  }

  /** Ticks all that the list shows, up to {@link mostSelected}. */
  async takeAll(): Promise<void> {
    this.begin();
    await this.#take(0, Math.max(0, this.#list.total - 1));
  }

  async #take(from: number, to: number): Promise<void> {
    const turn = ++this.#turn;
    const answer = await this.#list.idsBetween(from, to);
    if (answer.ok && this.isOn && turn === this.#turn) this.#ticked = ofIds(answer.value.ids);
  }
}

function ofIds(ids: readonly string[]): Record<string, true> {
  return Object.fromEntries(ids.map((id) => [id, true as const]));
}
