import { type FoundRecord, type Wanted, favouriteRecords } from '../credentials/marks';
import { decodeOverview } from '../credentials/overview';
import { listedKindAt, overviewAt } from '../credentials/overview-source';
import type { Session } from '../vault/session';
import type { RecordId } from '../vault/record-set';
import type { RequestOf, ResponseOf } from '../../preload/contract';
import { ListKeeper } from './list-keeper';
import { summaryOf } from './record-detail';
import { facetsOf } from './record-facets';
import { pickRecords } from './record-pick';
import { recordsThatAre } from './record-rules';

/** The lists of the records of the unlocked vault. */
export class RecordLists {
  readonly #session: Pick<Session, 'vault' | 'subscribe'>;
  readonly #list: ListKeeper;

  constructor(session: Pick<Session, 'vault' | 'subscribe'>) {
    this.#session = session;
    this.#list = new ListKeeper(session);
  }

  /** Part of the list; see the contract. */
  list(query: RequestOf<'record:list'>): ResponseOf<'record:list'> {
    const list = this.#list.current;
    const { table } = this.#session.vault;
    const { handles, total } = list.select(query);
    this.#list.goOnLater();
    return { rows: handles.map((handle) => summaryOf(table.idOf(handle), overviewAt(table, handle))), total };
  }

  /** Ids of part of the list. */
  ids(query: RequestOf<'record:ids'>): ResponseOf<'record:ids'> {
    const { table } = this.#session.vault;
    return { ids: this.#list.current.select(query).handles.map((handle) => table.idOf(handle)) };
  }

  /** Rows of those records of some that are there, in the trash too. */
  summaries(ids: Iterable<RecordId>): ResponseOf<'record:list'>['rows'] {
    const { vault } = this.#session;
    return Array.from(ids).flatMap((id) => {
      const bytes = vault.overviewOf(id);
      return bytes === null || listedKindAt(bytes, 0) === null ? [] : [summaryOf(id, decodeOverview(bytes))];
    });
  }

  /** Records that have a mark or point to another one. */
  find(wanted: readonly Wanted[]): FoundRecord[][] {
    return this.#list.references.find(wanted);
  }

  /**
   * Records outside the trash that are the same credential.
   *
   * @param identities - By a kind's `identitiesOf`.
   */
  withIdentities(identities: readonly string[]): FoundRecord[] {
    return recordsThatAre((wanted) => this.find(wanted), identities);
  }

  /** What the list can be narrowed by. */
  async facets(): Promise<ResponseOf<'record:facets'>> {
    return facetsOf(this.#session.vault, await this.#list.facets);
  }

  /** Records of some kinds outside the trash in which every word of a query is found, by title; at most 50. */
  pick(kinds: readonly string[], query: string): ResponseOf<'record:pick'> {
    return pickRecords(this.#session.vault.table, kinds, query);
  }

  /** Ids of favourites, by title. They are looked for, since the list would first sort all records by title. */
  favourites(most: number): RecordId[] {
    const found = favouriteRecords(this.#session.vault.table);
    const byTitle = found.sort((a, b) => a.overview.title.localeCompare(b.overview.title));
    return byTitle.slice(0, most).map(({ id }) => id);
  }
}
