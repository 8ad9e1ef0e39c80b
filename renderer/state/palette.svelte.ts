import type { Component } from 'svelte';
import { say } from '../../preload/words/say';
import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask } from './answer';
import { beginsWords, wordsIn } from './matches';
import { noFilter } from './records.svelte';
import { sentenceOf } from './sentence';
import type { RecordSummary } from './types';

/** A step that the palette offers. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** Further words by which it is found. */
  readonly words?: string;
  /** Keys that do the same, as a keyboard names them. */
  readonly keys?: string;
  readonly Icon?: Component<{ size?: number }> | undefined;
  readonly run: () => void | Promise<void>;
}

/** Steps under a heading. */
export interface CommandGroup {
  readonly name: string;
  readonly commands: readonly Command[];
  /** Offered only once something is typed: there may be many. */
  readonly isLong?: boolean;
}

/** A record whose steps are offered. */
export type Subject = Pick<RecordSummary, 'id' | 'title'>;
/** What can be done with a record. */
export type SubjectActions = ResponseOf<'palette:actions'>;

/** A line that can be chosen. */
export interface PaletteLine extends Command {
  /** The record that it opens; null for another step. */
  readonly row: RecordSummary | null;
}

/** Lines under a heading. */
export interface PaletteGroup {
  readonly name: string;
  readonly lines: readonly PaletteLine[];
}

/** What the palette rests on. */
export interface PaletteParts {
  readonly api: Pick<CofferApi, 'record' | 'palette'>;
  /** Groups of the steps that are always there. */
  readonly commands: () => readonly CommandGroup[];
  /** Steps of one record. */
  readonly commandsOf: (subject: Subject, actions: SubjectActions) => readonly Command[];
  /** A step that opens a record. */
  readonly openingOf: (row: RecordSummary) => Command;
}

const mostRecords = 50;
/** Of the steps of one group: what is looked for stands above the records, and must not push them out of sight. */
const mostCommands = 6;

/** The command palette: what was typed, what is offered for it, and which line Enter takes. */
export class Palette {
  /** What was typed. */
  query = $state('');
  /** The only record whose steps are shown; null while all is. */
  subject = $state.raw<Subject | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #parts: PaletteParts;
  /** The record that was open when the palette was; null for none. */
  readonly #open: Subject | null;
  #actions = $state.raw<SubjectActions | null>(null);
  #rows = $state.raw<readonly RecordSummary[]>([]);
  #at = $state(0);
  #searches = 0;
  #subjects = 0;

  /** @param open - The record in the detail view; null for none. */
  constructor(parts: PaletteParts, open: Subject | null) {
    this.#parts = parts;
    this.#open = open;
    if (open !== null) void this.#loadActions(open);
  }

  /** What is offered. */
  readonly groups: readonly PaletteGroup[] = $derived.by(() => this.#groups());

  /** All lines, in order. */
  readonly lines: readonly PaletteLine[] = $derived(this.groups.flatMap(({ lines }) => lines));

  /** The line that Enter takes; null if there is none. */
  get chosen(): PaletteLine | null {
    return this.lines[Math.min(this.#at, this.lines.length - 1)] ?? null;
  }

  /**
   * Takes what was typed and looks for records; an answer that was overtaken is dropped.
   *
   * @param query - The whole input.
   */
  async search(query: string): Promise<void> {
    const mine = ++this.#searches;
    this.query = query;
    this.#at = 0;
    if (this.subject !== null) return;
    if (query.trim() === '') {
      this.#rows = [];
      return;
    }
    const selection = { query, view: 'all', filter: noFilter, sort: 'title' } as const;
    const answer = await ask(() => this.#parts.api.record.list({ ...selection, offset: 0, limit: mostRecords }));
    if (mine !== this.#searches) return;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    this.#rows = answer.ok ? byBeginning(answer.value.rows, ({ title }) => title, query) : [];
  }

  /**
   * Goes to another line; past the last one stands the first.
   *
   * @param by - 1 for the next, -1 for the one before.
   */
  move(by: number): void {
    const count = this.lines.length;
    if (count > 0) this.#at = (Math.min(this.#at, count - 1) + by + count) % count;
  }

  /**
   * Chooses a line.
   *
   * @param id - Of the line.
   */
  choose(id: string): void {
    const at = this.lines.findIndex((line) => line.id === id);
    if (at >= 0) this.#at = at;
  }

  /**
   * Shows what can be done with the record of the chosen line.
   *
   * @returns False if that line is none of a record.
   */
  showMore(): boolean {
    const row = this.chosen?.row ?? null;
    if (row === null) return false;
    this.subject = row;
    this.#actions = null;
    void this.search('');
    void this.#loadActions(row);
    return true;
  }

  /**
   * Goes back from the steps of one record to all.
   *
   * @returns False if all is shown already.
   */
  back(): boolean {
    if (this.subject === null) return false;
    this.subject = null;
    this.#actions = null;
    void this.search('');
    if (this.#open !== null) void this.#loadActions(this.#open);
    return true;
  }

  async #loadActions(subject: Subject): Promise<void> {
    const mine = ++this.#subjects;
    const answer = await ask(() => this.#parts.api.palette.actions({ id: subject.id }));
    if (mine !== this.#subjects) return;
    if (answer.ok) this.#actions = answer.value;
    else this.failure = sentenceOf(answer.error);
  }

  #groups(): PaletteGroup[] {
    const { query } = this;
    const subject = this.subject ?? this.#open;
    const actions = this.#actions;
    const ofSubject =
      subject === null || actions === null
        ? []
        : [{ name: subject.title, commands: this.#parts.commandsOf(subject, actions) }];
    if (this.subject !== null) return fitting(ofSubject, query, Infinity);
    if (query.trim() === '')
      return fitting([...ofSubject, ...this.#parts.commands().filter(({ isLong }) => isLong !== true)], '', Infinity);
    const all = this.#parts.commands();
    const records = {
      name: say('common.items'),
      lines: this.#rows.map((row) => ({ ...this.#parts.openingOf(row), row })),
    };
    return [
      ...fitting([...ofSubject, ...all.filter(({ isLong }) => isLong !== true)], query, mostCommands),
      ...(records.lines.length > 0 ? [records] : []),
      ...fitting(
        all.filter(({ isLong }) => isLong === true),
        query,
        mostCommands,
      ),
    ];
  }
}

function fitting(groups: readonly CommandGroup[], query: string, most: number): PaletteGroup[] {
  return groups
    .map(({ name, commands }) => {
      const found = commands.filter(({ label, words = '' }) => beginsWords(`${label} ${words}`, query));
      const best = byBeginning(found, ({ label }) => label, query).slice(0, most);
      return { name, lines: best.map((command) => ({ ...command, row: null })) };
    })
    .filter(({ lines }) => lines.length > 0);
}

/** Those first that begin with what was typed, then those in which a word does; otherwise as they stand. */
function byBeginning<T>(all: readonly T[], textOf: (one: T) => string, query: string): readonly T[] {
  if (wordsIn(query).length === 0) return all;
  const typed = query.trim().toLowerCase();
  const rankOf = (one: T) => {
    const text = textOf(one).toLowerCase();
    if (text.startsWith(typed)) return 0;
    return beginsWords(text, query) ? 1 : 2;
  };
  return [...all].sort((a, b) => rankOf(a) - rankOf(b));
}
