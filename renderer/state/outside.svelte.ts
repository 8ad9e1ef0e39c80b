import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { ShortcutStatus, TrayStatus } from './types';

/** What reaches the vault from outside of its window: the icon on the panel, and the keys for quick access. */
export class Outside {
  /** Null until the first answer. */
  tray = $state.raw<TrayStatus | null>(null);
  /** Null until the first answer. */
  shortcut = $state.raw<ShortcutStatus | null>(null);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  /** True while the user is told that this desktop shows no icon. */
  isNoticeShown = $state(false);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Asks for both and follows the tray from now on.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    void this.loadTray();
    void this.loadShortcut();
    return this.#api.on('tray:changed', () => void this.loadTray());
  }

  /** Asks how the tray stands; shows the notice about it if it is due, and has that remembered. */
  async loadTray(): Promise<void> {
    const answer = await ask(() => this.#api.tray.status({}));
    if (!answer.ok) return;
    this.tray = answer.value;
    // It came after all, or is not wanted any more.
    if (answer.value.state !== 'missing') this.isNoticeShown = false;
    if (!answer.value.isNoticeDue || this.isNoticeShown) return;
    this.isNoticeShown = true;
    await ask(() => this.#api.tray.told({}));
  }

  /** Asks for the keys. */
  async loadShortcut(): Promise<void> {
    const answer = await ask(() => this.#api.shortcut.status({}));
    if (answer.ok) this.shortcut = answer.value;
  }

  /** Takes the notice away. */
  hideNotice(): void {
    this.isNoticeShown = false;
  }

  /**
   * Shows the icon, or takes it away.
   *
   * @param isWanted - Whether it is to be there.
   * @returns True if that was kept.
   */
  async wantTray(isWanted: boolean): Promise<boolean> {
    const answer = await ask(() => this.#api.tray.set({ isWanted }));
    if (answer.ok) this.tray = answer.value;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    return answer.ok;
  }

  /**
   * Takes other keys.
   *
   * @param keys - As the user typed them; empty for none.
   * @returns True if they were kept; they may still be taken.
   */
  async useKeys(keys: string): Promise<boolean> {
    const answer = await ask(() => this.#api.shortcut.set({ keys }));
    if (answer.ok) this.shortcut = answer.value;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    return answer.ok;
  }
}
