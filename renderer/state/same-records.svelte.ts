import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { RecordSummary } from './types';

/** What a form needs to know before it keeps a credential: whether the vault has the same one already. */
export class SameRecords {
  /** Those that were found by the last {@link find}; empty once something else was typed. */
  rows = $state.raw<readonly RecordSummary[]>([]);
  readonly #api: CofferApi;
  readonly #kind: string;
  readonly #id: string | null;

  /**
   * @param kind - Name of the kind that is filled in.
   * @param id - Of the record that is edited; null for a new one.
   */
  constructor(api: CofferApi, kind: string, id: string | null) {
    this.#api = api;
    this.#kind = kind;
    this.#id = id;
  }

  /**
   * Looks for other records that are the same credential.
   *
   * @param values - Of the fields that are not secret, as typed. Values against the rules find nothing: keeping them says why.
   * @returns True if there are some.
   */
  async find(values: Readonly<Record<string, string>>): Promise<boolean> {
    const request = { kind: this.#kind, id: this.#id, values: { ...values } };
    const answer = await ask(() => this.#api.record.same(request));
    this.rows = answer.ok ? answer.value.rows : [];
    return this.rows.length > 0;
  }

  /** Forgets what was found, because something else is typed. */
  clear(): void {
    this.rows = [];
  }
}
