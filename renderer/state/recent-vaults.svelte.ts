import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { RecentVault } from './types';

/** The vaults that were opened on this computer, besides the one that the app is at. */
export class RecentVaults {
  /** Null until the first answer. */
  rows = $state.raw<readonly RecentVault[] | null>(null);
  /** What was taken out last and can be put back; null for nothing. */
  forgotten = $state.raw<RecentVault | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for the list. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.vault.recent({}));
    if (answer.ok) this.rows = answer.value.rows.filter(({ isChosen }) => !isChosen);
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /**
   * Takes a vault out of the list; its file stays.
   *
   * @param row - Its row.
   */
  async forget(row: RecentVault): Promise<void> {
    const answer = await ask(() => this.#api.vault.forgetRecent({ id: row.id }));
    await this.load();
    this.forgotten = answer.ok ? row : null;
    if (!answer.ok) this.failure = sentenceOf(answer.error);
  }

  /** Puts what was taken out last back where it was. */
  async putBack(): Promise<void> {
    const row = this.forgotten;
    if (row === null) return;
    this.forgotten = null;
    const answer = await ask(() => this.#api.vault.putRecentBack({ id: row.id }));
    await this.load();
    if (!answer.ok) this.failure = sentenceOf(answer.error);
  }
}
