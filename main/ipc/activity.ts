import * as z from 'zod';
import { CofferError } from '../errors';
import type { RecordId } from '../vault/record-set';
import type { Session } from '../vault/session';
import { InternalRecords } from './internal-records';
import type { Services } from './services';

/** What a person did; a newer version may know more. */
export type Deed = 'copied' | 'revealed' | 'exported' | 'imported' | 'unlocked';

const storedEvent = z.object({
  atMs: z.number(),
  what: z.string(),
  /** Empty where it is about no record. */
  recordId: z.string(),
  /** Title of the record at that time, shortened. */
  title: z.string(),
  /** Field, format or other detail; may be empty. Never a value. */
  detail: z.string(),
  /** Titles of many records that it is about, one a line, to be found by; empty where `recordId` is one or it is about none. */
  names: z.string().default(''),
});
const chunk = z.object({ events: z.array(storedEvent) });

/** One thing that was done with the vault. */
export type ActivityEvent = z.output<typeof storedEvent>;
/** An event to be noted; the store adds when. */
export interface Noted {
  readonly what: Deed;
  readonly recordId: RecordId;
  readonly title: string;
  readonly detail: string;
  /** Titles of many records at once; what is too much is left out. */
  readonly names?: readonly string[];
}

/** A stored part of the list. */
interface Chunk {
  id: RecordId | null;
  readonly events: ActivityEvent[];
}

/** A save rewrites one chunk: some 6 kB. */
const eventsPerChunk = 40;
const mostChunks = 50;
/** What counts as a use. */
const usingDeeds: readonly string[] = ['copied', 'revealed', 'exported'];
const maxTitleLength = 100;
/** Some hundreds of names: a chunk is written whole with each save. */
const maxNamesLength = 16_000;
/** What follows within this time is saved together. */
const saveAfterMs = 2000;

/**
 * What was done with the vault lately, sealed in it: at most 2,000 events. An event is in the list at once, and on disk some two seconds
 * later or when the vault is locked. A vault that takes no change keeps what it has, and nobody is told.
 */
export class Activity {
  readonly #records: InternalRecords<typeof chunk>;
  readonly #session: Session;
  readonly #nowMs: () => number;
  readonly #listeners = new Set<() => void>();
  /** Oldest first; null until they are asked for. */
  #chunks: Chunk[] | null = null;
  #unsaved: ActivityEvent[] = [];
  #timer: NodeJS.Timeout | null = null;

  constructor({ session, nowMs }: Pick<Services, 'session' | 'nowMs'>) {
    this.#records = new InternalRecords(session, 'activity', chunk);
    this.#session = session;
    this.#nowMs = nowMs;
    session.subscribe((event) => {
      if (event === 'locking') this.save();
      // A vault that took the place of the open one has chunks of its own.
      else if (event === 'opened') this.#chunks = null;
      else if (event === 'locked') this.#forget();
    });
  }

  /** Calls back after each event that was noted, and after {@link clear}; returns the function that ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Notes what was done; saved later, so that nobody waits for it. Nothing is noted once the vault is locked. */
  note({ title, names = [], ...event }: Noted): void {
    if (!['unlocked', 'renewing'].includes(this.#session.state)) return;
    const shortened = { title: title.slice(0, maxTitleLength), names: joined(names) };
    this.#unsaved.push({ ...event, ...shortened, atMs: this.#nowMs() });
    this.#unsaved.splice(0, this.#unsaved.length - eventsPerChunk * mostChunks);
    this.#timer ??= setTimeout(() => this.save(), saveAfterMs).unref();
    this.#tell();
  }

  /** All events, the newest first. */
  list(): ActivityEvent[] {
    return [...this.#load().flatMap(({ events }) => events), ...this.#unsaved].reverse();
  }

  /** Ids of the records that were copied, revealed or exported last, each once, the newest first. They may be in the trash or gone. */
  recentRecords(): RecordId[] {
    const used = this.list().filter(({ what, recordId }) => recordId !== '' && usingDeeds.includes(what));
    return [...new Set(used.map(({ recordId }) => recordId))];
  }

  /**
   * Removes events for ever. Throws what `Vault.remove` and `Vault.save` throw; then some may be gone already.
   *
   * @param beforeMs - Those of this moment and later stay; absent: none stays.
   */
  clear(beforeMs = Infinity): void {
    const stays = ({ atMs }: ActivityEvent) => atMs >= beforeMs;
    try {
      for (const part of this.#load()) this.#trim(part, part.events.filter(stays));
      this.#unsaved = this.#unsaved.filter(stays);
    } finally {
      this.#chunks = null;
      this.#tell();
    }
  }

  /** Saves now what was noted and is not saved yet. What can't be saved is tried again with the next event. */
  save(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#unsaved.length === 0) return;
    try {
      const chunks = this.#load();
      while (this.#unsaved.length > 0) this.#saveSome(chunks);
      for (const { id } of chunks.splice(0, chunks.length - mostChunks))
        if (id !== null) this.#records.removeIfThere(id);
    } catch (error) {
      // Read-only, full or locked: the list of what was done must not stand in the way of what is done.
      if (!(error instanceof CofferError)) throw error;
    }
  }

  /** Fills the last chunk, or begins one. */
  #saveSome(chunks: Chunk[]): void {
    const last = chunks.at(-1);
    const target = last !== undefined && last.events.length < eventsPerChunk ? last : { id: null, events: [] };
    const added = this.#unsaved.slice(0, eventsPerChunk - target.events.length);
    target.id = this.#records.save(target.id, { events: [...target.events, ...added] }, this.#nowMs());
    target.events.push(...added);
    if (target !== last) chunks.push(target);
    this.#unsaved.splice(0, added.length);
  }

  #trim({ id, events }: Chunk, kept: ActivityEvent[]): void {
    if (id === null || kept.length === events.length) return;
    if (kept.length === 0) this.#records.removeIfThere(id);
    else this.#records.save(id, { events: kept }, this.#nowMs());
  }

  #load(): Chunk[] {
    this.#chunks ??= this.#records
      .list()
      .map(({ id, value }) => ({ id, events: value.events }))
      .sort((a, b) => (a.events[0]?.atMs ?? 0) - (b.events[0]?.atMs ?? 0));
    return this.#chunks;
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#chunks = null;
    this.#unsaved = [];
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

/** As many names as there is room for, each whole or shortened. */
function joined(names: readonly string[]): string {
  const text = names.map((name) => name.slice(0, maxTitleLength).replaceAll('\n', ' ')).join('\n');
  return text.length <= maxNamesLength ? text : text.slice(0, text.lastIndexOf('\n', maxNamesLength));
}
