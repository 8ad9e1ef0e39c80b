import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { IntegrityStatus, Settings, VaultWarning } from './types';

/** Settings kept in the vault, and the running check of its records. */
export class VaultSettings {
  /** Null until the first answer. */
  settings = $state.raw<Settings | null>(null);
  /** Null until the first answer. */
  integrity = $state.raw<IntegrityStatus | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  #hidden = $state.raw<readonly VaultWarning['kind'][]>([]);

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Asks for both and follows the check from now on.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    void this.load();
    void this.loadIntegrity();
    const ends = [
      this.#api.on('integrity:changed', () => void this.loadIntegrity()),
      // Some warnings are about them.
      this.#api.on('ways:changed', () => void this.loadIntegrity()),
    ];
    return () => ends.forEach((end) => end());
  }

  /** Asks for the settings. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.settings.get({}));
    if (answer.ok) this.settings = answer.value;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /** Asks how far the check has come. */
  async loadIntegrity(): Promise<void> {
    const answer = await ask(() => this.#api.vault.integrity({}));
    if (answer.ok) this.integrity = answer.value;
  }

  /** What the user should know about the vault and has not hidden. */
  get warnings(): readonly VaultWarning[] {
    const isShown = ({ kind }: VaultWarning) =>
      !this.#hidden.includes(kind) && (kind !== 'no-recovery' || this.settings?.showsRecoveryHint === true);
    return this.integrity?.warnings.filter(isShown) ?? [];
  }

  /**
   * Takes warnings of one kind away until the vault is opened again; the hint at a recovery code for good.
   *
   * @param kind - Of the warnings.
   */
  async hide(kind: VaultWarning['kind']): Promise<void> {
    this.#hidden = [...this.#hidden, kind];
    if (kind === 'no-recovery') await this.set({ showsRecoveryHint: false });
  }

  /**
   * Keeps one changed setting.
   *
   * @param change - The setting and its new value; the main process checks its bounds.
   * @returns True if it was kept.
   */
  async set(change: Partial<Settings>): Promise<boolean> {
    if (this.settings === null) return false;
    const next = { ...this.settings, ...change };
    const answer = await ask(() => this.#api.settings.set(next));
    if (answer.ok) this.settings = next;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    return answer.ok;
  }
}
