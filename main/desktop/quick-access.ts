/** The window that quick access shows. */
export interface QuickWindow {
  readonly isOpen: boolean;
  open(): void;
  close(): void;
}

/** What quick access rests on. */
export interface QuickAccessDeps {
  readonly window: QuickWindow;
  /** Brings the app's own window to the front. */
  readonly openApp: () => void;
  readonly isUnlocked: () => boolean;
  /** Takes keys for the app, wherever the user is; false if they can't be had. */
  readonly takeKeys: (keys: string, press: () => void) => boolean;
  readonly giveKeysBack: (keys: string) => void;
  /** A clock that does not jump. */
  readonly nowMs: () => number;
}

/** Who unlocks later than this after the keys does it for something else. */
const waitsForUnlockMs = 120_000;

/** Quick access: keys that work everywhere open a small window; over a locked vault, the unlock screen first. */
export class QuickAccess {
  readonly #deps: QuickAccessDeps;
  #keys = '';
  #isTaken = false;
  #askedAtMs: number | null = null;

  constructor(deps: QuickAccessDeps) {
    this.#deps = deps;
  }

  /** Whether the keys work; `taken` if they can't be had. */
  get shortcut(): 'off' | 'ready' | 'taken' {
    if (this.#keys === '') return 'off';
    return this.#isTaken ? 'taken' : 'ready';
  }

  /** Takes other keys, as Electron names them; empty for none. */
  useKeys(keys: string): void {
    if (this.shortcut === 'ready') this.#deps.giveKeysBack(this.#keys);
    this.#keys = keys;
    this.#isTaken = keys !== '' && !this.#deps.takeKeys(keys, () => this.press());
  }

  /** What the keys do: open the window, or close it. */
  press(): void {
    const { window, isUnlocked, openApp, nowMs } = this.#deps;
    if (isUnlocked()) {
      if (window.isOpen) window.close();
      else window.open();
      return;
    }
    this.#askedAtMs = nowMs();
    openApp();
  }

  /** To be called once a vault was opened. */
  unlocked(): void {
    const { window, isUnlocked, nowMs } = this.#deps;
    if (this.#askedAtMs === null || !isUnlocked()) return;
    const isMeant = nowMs() - this.#askedAtMs <= waitsForUnlockMs;
    this.#askedAtMs = null;
    if (isMeant) window.open();
  }

  /** Destroys the window, as at locking. */
  close(): void {
    this.#deps.window.close();
  }
}
