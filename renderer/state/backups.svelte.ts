import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, BackupRow } from './types';

/** The backups of the chosen vault, locked or not. */
export class Backups {
  /** Where they lie; empty before the first answer. */
  folder = $state('');
  /** From the newest down. */
  rows = $state.raw<readonly BackupRow[]>([]);
  /** False until the first answer. */
  isLoaded = $state(false);
  /** What runs now, for the button that began it. */
  running = $state<'make' | 'restore' | 'save-copy' | 'choose-folder' | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for the list. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.backup.list({}));
    if (answer.ok) {
      this.folder = answer.value.folder;
      this.rows = answer.value.rows;
      this.isLoaded = true;
    }
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /**
   * Makes a backup now.
   *
   * @returns True if it was written and found whole.
   */
  async make(): Promise<boolean> {
    const answer = await this.#run('make', () => this.#api.backup.make({}));
    if (answer?.ok) await this.load();
    return answer?.ok ?? false;
  }

  /**
   * Lets the user pick the folder for backups.
   *
   * @returns True if another one is used from now on; false for a closed dialog.
   */
  async chooseFolder(): Promise<boolean> {
    const answer = await this.#run('choose-folder', () => this.#api.backup.chooseFolder({}));
    if (!answer?.ok || answer.value === null) return false;
    await this.load();
    return true;
  }

  /**
   * Writes a copy of the vault to a place that the user picks.
   *
   * @returns The place; null for a closed dialog or a failure.
   */
  async saveCopy(): Promise<ResponseOf<'backup:save-copy'>> {
    const answer = await this.#run('save-copy', () => this.#api.backup.saveCopy({}));
    return answer?.ok ? answer.value : null;
  }

  /**
   * Goes back to a backup.
   *
   * @param id - Of a row.
   * @returns `restored`: done. `sign-in`: the next unlock does it. Null for a failure.
   */
  async restore(id: string): Promise<ResponseOf<'backup:restore'>['outcome'] | null> {
    const answer = await this.#run('restore', () => this.#api.backup.restore({ id }));
    if (!answer?.ok) return null;
    if (answer.value.outcome === 'restored') await this.load();
    return answer.value.outcome;
  }

  async #run<T>(name: NonNullable<Backups['running']>, call: () => Promise<Answer<T>>): Promise<Answer<T> | null> {
    if (this.running !== null) return null;
    this.running = name;
    this.failure = null;
    const answer = await ask(call);
    this.running = null;
    if (!answer.ok && answer.error.code !== 'cancelled') this.failure = sentenceOf(answer.error);
    return answer;
  }
}
