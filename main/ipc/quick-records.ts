import { say } from '../../preload/words/say';
import type { QuickCopy } from '../credentials/descriptor';
import { CofferError } from '../errors';
import type { RecordId } from '../vault/record-set';
import type { Activity } from './activity';
import type { Records } from './records';
import type { Services } from './services';

/** A record as menus and the window for quick access show it: nothing of it is secret. */
export interface QuickRecord {
  readonly id: RecordId;
  readonly title: string;
  readonly subtitle: string;
  /** The kind's name for people. */
  readonly kindLabel: string;
  /** The most important first; may be empty. */
  readonly actions: readonly QuickCopy[];
}

const mostFavourites = 25;
const mostRecent = 10;
const mostFound = 20;
/** Of so many, by title, the best are picked. */
const mostLookedAt = 200;

/** What is one step away: favourites, records used lately, and those found by a few letters, each with what can be copied of it. */
export class QuickRecords {
  readonly #records: Records;
  readonly #activity: Activity;
  readonly #services: Pick<Services, 'copyText' | 'nowMs'>;

  constructor(records: Records, activity: Activity, services: Pick<Services, 'copyText' | 'nowMs'>) {
    this.#records = records;
    this.#activity = activity;
    this.#services = services;
  }

  /** Favourites by title; at most 25. */
  favourites(): QuickRecord[] {
    return this.#records.favourites(mostFavourites).flatMap((id) => this.#found(id));
  }

  /** What was used last, the newest first; at most 10. */
  recent(): QuickRecord[] {
    const found: QuickRecord[] = [];
    for (const id of this.#activity.recentRecords()) {
      found.push(...this.#found(id));
      if (found.length === mostRecent) break;
    }
    return found;
  }

  /**
   * Records in which every word is found, those first whose title begins with what was typed; at most 20. Without a word: what was
   * used last, then favourites, then others by title.
   */
  search(query: string): QuickRecord[] {
    const typed = query.trim().toLowerCase();
    if (typed === '') return this.#withoutQuery();
    const { rows } = this.#records.list({ ...everything, query, limit: mostLookedAt });
    const rankOf = (title: string) => {
      const at = title.toLowerCase().indexOf(typed);
      if (at < 0) return 2;
      return at === 0 ? 0 : 1;
    };
    const best = rows.sort((a, b) => rankOf(a.title) - rankOf(b.title)).slice(0, mostFound);
    return best.flatMap(({ id }) => this.#found(id));
  }

  /**
   * Copies something of a record, and notes it.
   *
   * @param name - Of one of its actions.
   * @throws CofferError `not-found`, `bad-request`; what the clipboard throws.
   */
  async copy(id: RecordId, name: string): Promise<void> {
    const { text, title, isSecret } = this.#records.withBody(id, ({ overview, kind, body }) => {
      if (overview.trashedAtMs !== null)
        throw new CofferError('not-found', say('main-records.record-it-is-in-the-trash'));
      // What is no field of its own, such as a code, is worth something, too.
      const isSecret = kind.descriptor.fields.find((field) => field.name === name)?.isSecret ?? true;
      return { text: kind.quickText(body, name, this.#services.nowMs()), title: overview.title, isSecret };
    });
    await this.#services.copyText(text, { isSecret });
    this.#activity.note({ what: 'copied', recordId: id, title, detail: name });
  }

  #withoutQuery(): QuickRecord[] {
    const { rows } = this.#records.list({ ...everything, limit: mostFound });
    const all = [...this.recent(), ...this.favourites(), ...rows.flatMap(({ id }) => this.#found(id))];
    return [...new Map(all.map((record) => [record.id, record])).values()].slice(0, mostFound);
  }

  /** One record; null if it is gone, in the trash or damaged: one bad record must not empty a menu. */
  find(id: RecordId): QuickRecord | null {
    try {
      return this.#records.withBody(id, ({ overview, kind, body }) => {
        const { title, subtitle, trashedAtMs } = overview;
        if (trashedAtMs !== null) return null;
        return { id, title, subtitle, kindLabel: kind.descriptor.label, actions: kind.quickCopiesOf(body) };
      });
    } catch (error) {
      if (error instanceof CofferError) return null;
      throw error;
    }
  }

  #found(id: RecordId): QuickRecord[] {
    const record = this.find(id);
    return record === null ? [] : [record];
  }
}

const everything = { query: '', view: 'all', sort: 'title', offset: 0 } as const;
