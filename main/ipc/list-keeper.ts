import { RecordList } from '../credentials/record-list';
import { CofferError } from '../errors';
import type { Session } from '../vault/session';
import type { Vault } from '../vault/vault';

// What is left to do once a list is shown is done in slices, so that nobody waits for it.
const sliceMs = 4;
const pauseMs = 5;

/** Keeps the list of the unlocked vault, and finishes its index and the vault's log once it was shown. */
export class ListKeeper {
  readonly #session: Pick<Session, 'vault' | 'subscribe'>;
  #vault: Vault | null = null;
  #list: RecordList | null = null;
  #isPrepared = false;
  #timer: NodeJS.Timeout | null = null;

  constructor(session: Pick<Session, 'vault' | 'subscribe'>) {
    this.#session = session;
    session.subscribe((event) => {
      if (event === 'locked') this.#forget();
    });
  }

  /** The list of the vault that is open now. */
  get current(): RecordList {
    const { vault } = this.#session;
    if (this.#vault === vault && this.#list !== null) return this.#list;
    this.#forget();
    const list = new RecordList(vault.table);
    vault.subscribe((handle) => list.note(handle));
    this.#vault = vault;
    this.#list = list;
    return list;
  }

  /** Does what is left to do, later and in slices. */
  goOnLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#runSlice()) this.goOnLater();
    }, pauseMs).unref();
  }

  #runSlice(): boolean {
    const list = this.#list;
    if (list === null) return false;
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      this.#prepareForSaving();
      return true;
    }
    const endAtMs = performance.now() + sliceMs;
    while (list.step()) if (performance.now() >= endAtMs) return true;
    return false;
  }

  #prepareForSaving(): void {
    try {
      this.#vault?.prepareForSaving();
    } catch (error) {
      // A disk that takes no log is told by the first save, to the person who saves.
      if (!(error instanceof CofferError)) throw error;
    }
  }

  #forget(): void {
    this.#isPrepared = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#list?.close();
    this.#list = null;
    this.#vault = null;
  }
}
