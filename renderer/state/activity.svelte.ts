import type { CofferApi, ResponseOf } from '../../preload/contract';
import { wordsOf } from './activity-words';
import { ask } from './answer';
import { dayOf, dayText } from './formats';
import { holdsWords } from './matches';
import { sentenceOf } from './sentence';
import type { ActivityEvent, KindDescriptor } from './types';

/** A line of the screen: the heading of a day, or what was done. */
export type ActivityLine =
  { readonly type: 'day'; readonly key: string; readonly text: string } | ({ readonly type: 'event' } & ActivityEntry);

/** Something that was done, as it is shown. */
export interface ActivityEntry {
  readonly key: string;
  readonly what: string;
  /** What was done, without the record's name. */
  readonly words: string;
  readonly atMs: number;
  /** Names of many records that it is about, to be found by. */
  readonly names: string;
  /** Null if it was about no record. */
  readonly record: {
    /** Null if it is gone. */
    readonly id: string | null;
    readonly title: string;
    readonly isInTrash: boolean;
  } | null;
}

/** What was done with this vault. */
export class Activity {
  /** The newest first; null until the first answer. */
  events = $state.raw<readonly ActivityEvent[] | null>(null);
  /** What the search field holds. */
  query = $state('');
  /** What is shown: `all`, or a name of something that can be done. */
  what = $state('all');
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  readonly #kinds: () => readonly KindDescriptor[];
  #records = $state.raw<Readonly<Record<string, ResponseOf<'activity:list'>['records'][number]>>>({});
  #turn = 0;

  /** @param kinds - That there are, for the names of their fields. */
  constructor(api: CofferApi, kinds: () => readonly KindDescriptor[]) {
    this.#api = api;
    this.#kinds = kinds;
  }

  /** Asks for the list. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    const answer = await ask(() => this.#api.activity.list({}));
    if (turn !== this.#turn) return;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    if (!answer.ok) return;
    this.#records = Object.fromEntries(answer.value.records.map((record) => [record.id, record]));
    this.events = answer.value.events;
  }

  /** Shows all again. */
  showAll(): void {
    this.what = 'all';
    this.query = '';
  }

  /** What is shown, the newest first. */
  get entries(): readonly ActivityEntry[] {
    return this.#all.filter(
      ({ what, words, record, names }) =>
        (this.what === 'all' || what === this.what) &&
        holdsWords(`${words}\n${record?.title ?? ''}\n${names}`, this.query),
    );
  }

  readonly #all = $derived.by((): readonly ActivityEntry[] =>
    (this.events ?? []).map((event, place, all) => this.#entryOf(event, all.length - place)),
  );

  /**
   * Forgets for ever what is older.
   *
   * @param olderThanDays - Null: all of it.
   * @returns True if that worked.
   */
  async clear(olderThanDays: number | null): Promise<boolean> {
    const answer = await ask(() => this.#api.activity.clear({ olderThanDays }));
    await this.load();
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    return answer.ok;
  }

  /** @param number - Counted from the oldest, so that it stays when more is done. */
  #entryOf(event: ActivityEvent, number: number): ActivityEntry {
    const { atMs, what, recordId, title, names } = event;
    const present = this.#records[recordId];
    const record =
      recordId === ''
        ? null
        : { id: present?.id ?? null, title: present?.title ?? title, isInTrash: present?.isInTrash ?? false };
    const words = wordsOf(event, present?.kind ?? null, this.#kinds());
    return { key: `${atMs} ${number}`, what, words, atMs, names, record };
  }
}

/**
 * Puts the heading of its day before the first entry of each day.
 *
 * @param entries - The newest first.
 * @param nowMs - Milliseconds since 1970.
 */
export function byDay(entries: readonly ActivityEntry[], nowMs: number): readonly ActivityLine[] {
  const lines: ActivityLine[] = [];
  let shown = '';
  for (const entry of entries) {
    const day = dayOf(entry.atMs);
    if (day !== shown) lines.push({ type: 'day', key: day, text: dayText(entry.atMs, nowMs) });
    shown = day;
    lines.push({ type: 'event', ...entry });
  }
  return lines;
}
