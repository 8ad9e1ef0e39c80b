import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { ExportedFile } from './types';

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
   * Deletes one file from disk.
   *
   * @param id - Of the export, not of the record.
   * @returns True if the file is gone.
   */
  async deleteFile(id: string): Promise<boolean> {
    const answer = await ask(() => this.#api.export.deleteFile({ id }));
    if (answer.ok) await this.load();
    else this.failure = sentenceOf(answer.error);
    return answer.ok;
  }
}
