import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, ExportedFile } from './types';

/** The files that exports left on disk. */
export class ExportedFiles {
  /** As the vault lists them. */
  files = $state.raw<readonly ExportedFile[]>([]);
  /** False until the first answer. */
  isLoaded = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for the list; the main process looks up which files are still there. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.export.list({}));
    if (answer.ok) {
      this.files = answer.value;
      this.isLoaded = true;
    }
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /**
   * Deletes one file from disk, or takes an entry out of one.
   *
   * @param id - Of the export, not of the record.
   * @returns Name of the file as it was, where that is kept beside it, otherwise empty; null if nothing was deleted.
   */
  async deleteFile(id: string): Promise<string | null> {
    const answer = await ask(() => this.#api.export.deleteFile({ id }));
    return (await this.#after(answer)) && answer.ok ? answer.value.copy : null;
  }

  /**
   * Takes a row off the list; the file stays as it is.
   *
   * @returns True if that was done.
   */
  async forget(id: string): Promise<boolean> {
    return this.#after(await ask(() => this.#api.export.forget({ id })));
  }

  async #after(answer: Answer<unknown>): Promise<boolean> {
    // A file that was changed just now is refused; then its row says so.
    await this.load();
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    return answer.ok;
  }
}
