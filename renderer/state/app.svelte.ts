import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, AppStatus, Theme } from './types';

type Place = { readonly name: string; readonly folder: string } | null;

/** What the app as a whole shows: which vault, locked or not, theme. One per page; locking destroys the page. */
export class AppState {
  /** Null until the first answer. */
  status = $state.raw<AppStatus | null>(null);
  /** Sentence to show when the status or a choice of vault failed; null otherwise. */
  failure = $state<string | null>(null);
  /** Hands over what must not be lost; null if there is nothing. */
  beforeLock: (() => Promise<void>) | null = null;
  /** Whether the window about Coffer is shown. */
  isAboutShown = $state(false);
  /** Whether the sheet of shortcuts is shown. */
  isShortcutsShown = $state(false);
  /** Whether the help is shown in a window of its own, as it is while no vault is open. */
  isHelpShown = $state(false);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Follows the main process from now on.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    void this.refresh();
    const ends = [
      this.#api.on('app:changed', () => void this.refresh()),
      this.#api.on('menu:about', () => (this.isAboutShown = true)),
      this.#api.on('menu:shortcuts', () => (this.isShortcutsShown = true)),
      // In an open vault it is a place of the workspace.
      this.#api.on('menu:help', () => {
        if (this.status?.state !== 'unlocked') this.isHelpShown = true;
      }),
      // Of an open vault the workspace asks first whether changes may go.
      this.#api.on('menu:open-vault', () => {
        if (this.status?.state !== 'unlocked') void this.chooseExisting();
      }),
    ];
    return () => ends.forEach((end) => end());
  }

  /** Asks for the status again; a failure is put in {@link failure}. */
  async refresh(): Promise<void> {
    const answer = await ask(() => this.#api.app.status({}));
    if (answer.ok) this.status = answer.value;
    else this.failure = sentenceOf(answer.error);
  }

  /** Lets the user pick a place for a new vault; closing the dialog changes nothing. */
  async chooseNew(): Promise<void> {
    await this.#choose(() => this.#api.vault.chooseNew({}));
  }

  /** Lets the user pick an existing vault; closing the dialog changes nothing. */
  async chooseExisting(): Promise<void> {
    await this.#choose(() => this.#api.vault.chooseExisting({}));
  }

  /**
   * Goes to a vault of the list of recent ones; one that is open is locked first.
   *
   * @param id - From that list.
   */
  async chooseRecent(id: number): Promise<void> {
    this.failure = null;
    const answer = await ask(() => this.#api.vault.chooseRecent({ id }));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    await this.refresh();
  }

  /** Gives up the restoring of a backup that waits for the next unlock. */
  async cancelRestore(): Promise<void> {
    this.failure = null;
    const answer = await ask(() => this.#api.backup.cancelRestore({}));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    await this.refresh();
  }

  /** Locks the vault; the main process then replaces this page. */
  async lock(): Promise<void> {
    await this.beforeLock?.();
    const answer = await ask(() => this.#api.vault.lock({}));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    await this.refresh();
  }

  /**
   * Keeps the theme and shows it.
   *
   * @param theme - What the user picked.
   */
  async setTheme(theme: Theme): Promise<void> {
    const answer = await ask(() => this.#api.app.setTheme({ theme }));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    await this.refresh();
  }

  async #choose(open: () => Promise<Answer<Place>>): Promise<void> {
    this.failure = null;
    const answer = await ask(open);
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    await this.refresh();
  }
}
