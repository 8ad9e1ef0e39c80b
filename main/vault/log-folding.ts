import { CofferError } from '../errors';
import type { VaultDatabase } from '../store/vault-database';

const foldAfterMs = 3000;
const foldFromBytes = 1024 * 1024;

/** Folds a log that has grown into its file, once nothing was saved for a while: a save waits for one sync, not for these. */
export class LogFolding {
  #timer: NodeJS.Timeout | null = null;

  /** To be called after each save; the last call counts. */
  later(db: Pick<VaultDatabase, 'foldLog'>): void {
    this.stop();
    this.#timer = setTimeout(() => {
      this.#timer = null;
      try {
        db.foldLog(foldFromBytes);
      } catch (error) {
        // Every commit is on disk in the log; a disk that is full or broken is told by the next save.
        if (!(error instanceof CofferError)) throw error;
      }
    }, foldAfterMs).unref();
  }

  /** Forgets what was to be done; to be called before the database is closed. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
