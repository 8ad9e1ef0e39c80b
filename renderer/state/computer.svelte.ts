import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { ComputerSettings, NotificationKind } from './types';

/** Settings of this computer, which are kept outside the vaults. */
export class Computer {
  /** Null until the first answer. */
  settings = $state.raw<ComputerSettings | null>(null);
  /** Whether Coffer could be brought back once its window is closed. */
  canStay = $state(false);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for the settings. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.computer.settings({}));
    if (answer.ok) {
      const { canStay, ...settings } = answer.value;
      this.canStay = canStay;
      this.settings = settings;
    }
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /**
   * Keeps one changed setting. What stands there afterwards is what the main process says.
   *
   * @param change - The setting and its new value.
   * @returns True if it was kept.
   */
  async set(change: Partial<ComputerSettings>): Promise<boolean> {
    if (this.settings === null) return false;
    const next = { ...this.settings, ...change };
    const answer = await ask(() => this.#api.computer.change(next));
    await this.load();
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    return answer.ok;
  }

  /**
   * Asks for notifications of one kind, or for none any more.
   *
   * @param kind - What they are about.
   * @param isWanted - Whether to be told.
   * @returns True if it was kept.
   */
  async setNotification(kind: NotificationKind, isWanted: boolean): Promise<boolean> {
    const others = (this.settings?.notifications ?? []).filter((one) => one !== kind);
    return await this.set({ notifications: isWanted ? [...others, kind] : others });
  }
}
