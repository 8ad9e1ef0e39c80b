import { setTimeout as pause } from 'node:timers/promises';
import { say } from '../../preload/words/say';
import { type Facets, countFacets } from '../credentials/facets';
import { RecordList } from '../credentials/record-list';
import { References } from '../credentials/references';
import { CofferError } from '../errors';
import type { Session } from '../vault/session';
import type { Vault } from '../vault/vault';

// What is left to do once a list is shown is done in slices, so that nobody waits for it.
const sliceMs = 4;
const pauseMs = 5;
const mostRestarts = 3;

interface Kept {
  readonly vault: Vault;
  readonly list: RecordList;
  readonly references: References;
}

/** Keeps the list of the unlocked vault, and finishes its index and the vault's log once it was shown. */
export class ListKeeper {
  readonly #session: Pick<Session, 'vault' | 'subscribe'>;
  #kept: Kept | null = null;
  #isPrepared = false;
  #timer: NodeJS.Timeout | null = null;
  /** Counted since the last change; null otherwise. */
  #facets: Promise<Facets> | null = null;
  #changes = 0;

  constructor(session: Pick<Session, 'vault' | 'subscribe'>) {
    this.#session = session;
    session.subscribe((event) => {
      if (event === 'locked') this.#forget();
    });
  }

  /** The list of the vault that is open now. */
  get current(): RecordList {
    return this.#follow().list;
  }

  /** What points to what in the vault that is open now. */
  get references(): References {
    return this.#follow().references;
  }

  /** Makes the list of the vault that is open now, and keeps it as it changes. */
  #follow(): Kept {
    const { vault } = this.#session;
    if (this.#kept?.vault === vault) return this.#kept;
    this.#forget();
    const [list, references] = [new RecordList(vault.table), new References(vault.table)];
    vault.subscribe((handle) => {
      list.note(handle);
      references.note(handle);
      this.#facets = null;
      this.#changes += 1;
    });
    this.#kept = { vault, list, references };
    return this.#kept;
  }

  /**
   * What the list can be narrowed by, counted in slices.
   *
   * @throws CofferError `vault-locked` if it is locked meanwhile.
   */
  get facets(): Promise<Facets> {
    this.#follow();
    return (this.#facets ??= this.#countFacets(this.#session.vault));
  }

  async #countFacets(vault: Vault): Promise<Facets> {
    let counting = countFacets(vault.table);
    let changes = this.#changes;
    let restarts = 0;
    for (;;) {
      const endAtMs = performance.now() + sliceMs;
      while (performance.now() < endAtMs) {
        const { done, value } = counting.next();
        if (done === true) return value;
      }
      await pause(pauseMs);
      if (this.#kept?.vault !== vault)
        throw new CofferError('vault-locked', say('main-records.vault-it-was-locked-meanwhile'));
      // While many records change the page asks again anyhow; then numbers that are nearly right will do.
      if (changes === this.#changes || restarts === mostRestarts) continue;
      counting = countFacets(vault.table);
      changes = this.#changes;
      restarts += 1;
    }
  }

  /** Does what is left to do, later and in slices. */
  goOnLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#runSlice()) this.goOnLater();
    }, pauseMs).unref();
  }

  #runSlice(): boolean {
    if (this.#kept === null) return false;
    const { list, references } = this.#kept;
    if (!this.#isPrepared) {
      this.#isPrepared = true;
      this.#prepareForSaving();
      return true;
    }
    const endAtMs = performance.now() + sliceMs;
    while (list.step() || references.step()) if (performance.now() >= endAtMs) return true;
    return false;
  }

  #prepareForSaving(): void {
    try {
      this.#kept?.vault.prepareForSaving();
    } catch (error) {
      // A disk that takes no log is told by the first save, to the person who saves.
      if (!(error instanceof CofferError)) throw error;
    }
  }

  #forget(): void {
    this.#isPrepared = false;
    this.#facets = null;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#kept?.list.close();
    this.#kept?.references.close();
    this.#kept = null;
  }
}
