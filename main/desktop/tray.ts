import { setImmediate as laterInThisTurn, clearImmediate } from 'node:timers';
import { isDeepStrictEqual } from 'node:util';
import { say } from '../../preload/words/say';
import type { TrayModel } from './tray-menu';

const tickMs = 1000;
/** Long enough to move the pointer back to the icon and read. */
const warningMs = 15_000;

/** An icon on the panel. */
export interface TrayIcon {
  show(model: TrayModel): void;
  /** A line that is read where the pointer rests on it. */
  showTip(text: string): void;
  destroy(): void;
}

/** What the tray rests on. */
export interface TrayDeps {
  /** Watches whether something shows tray icons; tells later, and again whenever that changes. Returns what ends it. */
  readonly watchHost: (tell: (isThere: boolean) => void) => () => void;
  readonly makeIcon: () => TrayIcon;
  /** What the menu shows now. */
  readonly model: () => TrayModel;
  /** How long a copied secret stays on the clipboard; 0 while none is there. */
  readonly secretLeftMs: () => number;
  /** Told when {@link AppTray.state} changed. */
  readonly onChanged: () => void;
}

/** `missing`: it is wanted, and nothing on this desktop shows it. `looking`: that is being found out. */
export type TrayState = 'off' | 'looking' | 'shown' | 'missing';

/** The icon on the panel: there while it is wanted and something shows it. Follows a panel that comes, goes or starts again. */
export class AppTray {
  readonly #deps: TrayDeps;
  #state: TrayState = 'off';
  #icon: TrayIcon | null = null;
  #shown: TrayModel | null = null;
  #due: NodeJS.Immediate | null = null;
  #ticker: NodeJS.Timeout | null = null;
  #tip = '';
  /** Stands in place of the usual line; empty while there is none. */
  #warning = '';
  #warningEnd: NodeJS.Timeout | undefined;
  #endWatch: () => void = () => undefined;
  #waiting: (() => void)[] = [];

  constructor(deps: TrayDeps) {
    this.#deps = deps;
  }

  /** Where it stands. */
  get state(): TrayState {
    return this.#state;
  }

  /** Whether there is an icon by which a closed window can be opened again. */
  get isShown(): boolean {
    return this.#state === 'shown';
  }

  /** Calls back once it is known whether there is an icon: at once, unless that is being found out. */
  whenKnown(tell: () => void): void {
    if (this.#state === 'looking') this.#waiting.push(tell);
    else tell();
  }

  /** Shows the icon, or takes it away. */
  want(isWanted: boolean): void {
    if (isWanted === (this.#state !== 'off')) return;
    this.#endWatch();
    this.#endWatch = () => undefined;
    this.#drop();
    this.#become(isWanted ? 'looking' : 'off');
    if (isWanted) this.#endWatch = this.#deps.watchHost((isThere) => this.#follow(isThere));
  }

  /** Shows what changed, once for all that changes in this turn. */
  refresh(): void {
    this.#due ??= laterInThisTurn(() => this.refreshNow());
  }

  /** Shows what changed at once, as at locking. */
  refreshNow(): void {
    if (this.#due !== null) clearImmediate(this.#due);
    this.#due = null;
    if (this.#icon === null) return;
    const model = this.#deps.model();
    // A menu that is open closes when it is given anew.
    if (!isDeepStrictEqual(model, this.#shown)) this.#icon.show(model);
    this.#shown = model;
    this.#countDown();
  }

  /**
   * Says something for some seconds on the line of the icon.
   *
   * @param text - A sentence without secrets and names: anyone who passes by can read it.
   */
  warn(text: string): void {
    clearTimeout(this.#warningEnd);
    this.#warningEnd = setTimeout(() => this.#endWarning(), warningMs).unref();
    this.#warning = text;
    this.#countDown();
  }

  #endWarning(): void {
    this.#warning = '';
    this.#countDown();
  }

  #follow(isThere: boolean): void {
    // Also where there is one already: a panel that started again knows nothing of it.
    this.#drop();
    if (isThere) {
      this.#icon = this.#deps.makeIcon();
      this.refreshNow();
    }
    this.#become(isThere ? 'shown' : 'missing');
  }

  /** Tells once a second how long a copied secret stays, as the window does, which may be closed. */
  #countDown(): void {
    if (this.#icon === null) return;
    const seconds = Math.ceil(this.#deps.secretLeftMs() / 1000);
    const tip = this.#warning || tipOf(this.#shown?.isUnlocked === true, seconds);
    if (tip !== this.#tip) this.#icon.showTip(tip);
    this.#tip = tip;
    if (seconds === 0) this.#endCountdown();
    else this.#ticker ??= setInterval(() => this.#countDown(), tickMs);
  }

  #endCountdown(): void {
    if (this.#ticker !== null) clearInterval(this.#ticker);
    this.#ticker = null;
  }

  #drop(): void {
    this.#endCountdown();
    this.#icon?.destroy();
    this.#icon = null;
    this.#shown = null;
    this.#tip = '';
  }

  #become(state: TrayState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#deps.onChanged();
    if (state !== 'looking') for (const tell of this.#waiting.splice(0)) tell();
  }
}

function tipOf(isUnlocked: boolean, secondsLeft: number): string {
  if (secondsLeft > 0) return say('main-desktop.coffer-the-clipboard-is-cleared-in-s', { secondsLeft });
  return isUnlocked ? say('main-desktop.coffer-unlocked') : say('main-desktop.coffer-locked');
}
