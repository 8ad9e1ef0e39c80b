import path from 'node:path';
import type { App } from 'electron';
import { say } from '../../preload/words/say';
import { type Preferences, type PreferencesFile, zoomLimits } from '../files/preferences';
import { isSameFile } from '../files/same-file';
import type { AppWindow } from './app-window';
import type { Autostart } from './autostart';
import type { MenuEvent, MenuSource, ZoomStep } from './menu-template';
import type { OtherStarts } from './other-starts';
import type { StartRequest } from './start-arguments';

/** Whether there is an icon by which a window that was closed can be brought back. */
export interface Tray {
  readonly isShown: boolean;
  /** Calls back once {@link isShown} says how it is, which takes a moment after the app's start. */
  whenKnown(tell: () => void): void;
}

/** What the manners of the app rest on. */
export interface MannersDeps {
  readonly app: Pick<App, 'once' | 'quit'>;
  readonly platform: NodeJS.Platform;
  readonly window: Pick<AppWindow, 'open' | 'openMinimised' | 'send' | 'sendOnceLoaded' | 'setZoomFactor'> & {
    /** Null while there is no window. */
    readonly native: object | null;
  };
  readonly showMenu: (source: MenuSource) => void;
  readonly preferences: PreferencesFile;
  readonly starts: OtherStarts;
  readonly tray: Tray;
  readonly autostart: Autostart;
  readonly vault: {
    /** The chosen file; null if none is. */
    readonly file: () => string | null;
    readonly isUnlocked: () => boolean;
    readonly lock: () => void;
    /** Locks the one that is open and chooses another. Throws CofferError `busy`. */
    readonly choose: (file: string) => void;
  };
  /** Tells the user why something asked for from outside could not be done. */
  readonly tellFailure: (error: unknown) => void;
}

/** Settings of this computer, not of a vault. */
export type ComputerSettings = Pick<Preferences, 'whenLastWindowCloses' | 'startsHidden' | 'notifications'> & {
  readonly startsAtLogin: boolean;
};

const zoomSteps = [50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300];
const longestWriteMs = 2000;

/** How the app behaves on a desktop: its menu, zoom, further starts, what happens when its window is closed. */
export class Manners {
  readonly #deps: MannersDeps;
  #waitingStep: MenuEvent | null = null;

  constructor(deps: MannersDeps) {
    this.#deps = deps;
  }

  /** Begins: shows the menu, and answers further starts from now on. */
  start(): void {
    const { app, preferences, starts } = this.#deps;
    this.refreshMenu();
    starts.listen((request) => this.#answerStart(request));
    // Once: a disk that does not answer must not keep the app from quitting.
    app.once('will-quit', (event) => {
      const { writing } = preferences;
      if (writing === null) return;
      event.preventDefault();
      const tooLong = new Promise((resolve) => setTimeout(resolve, longestWriteMs).unref());
      void Promise.race([writing, tooLong]).then(() => app.quit());
    });
  }

  /** A start that asked for no window: there is only an icon, or, without one, a button in the taskbar. */
  startHidden(): void {
    const { tray, window } = this.#deps;
    tray.whenKnown(() => {
      if (!tray.isShown) window.openMinimised();
    });
  }

  /** Whether the app goes on when its last window is closed. */
  get staysWithoutWindow(): boolean {
    const { preferences } = this.#deps;
    return this.canStay && preferences.current.whenLastWindowCloses === 'stay';
  }

  /** Whether the window could be brought back: by the icon, or by macOS's Dock. */
  get canStay(): boolean {
    return this.#deps.tray.isShown || this.#deps.platform === 'darwin';
  }

  /** Shows the menu as things stand. To be called when the vault, its state or the list of recent ones has changed. */
  refreshMenu(): void {
    const { platform, vault, preferences, showMenu } = this.#deps;
    if (!vault.isUnlocked()) this.#waitingStep = null;
    const names = preferences.current.recentVaults.map(({ file }) => path.basename(file));
    showMenu({
      platform,
      isUnlocked: vault.isUnlocked(),
      recent: preferences.current.recentVaults.map(({ file }, at) => {
        const name = names[at] ?? '';
        const isAlone = names.indexOf(name) === names.lastIndexOf(name);
        return {
          label: isAlone ? name : say('main-desktop.file-in-folder', { name, folder: path.dirname(file) }),
          open: () => this.#openFile(file),
        };
      }),
      tell: (event) => this.#tell(event),
      lock: () => vault.lock(),
      zoom: (step) => this.zoom(step),
    });
  }

  /** To be called when the page lists the open vault: it takes steps of the menu from then on. */
  listed(): void {
    const step = this.#waitingStep;
    this.#waitingStep = null;
    if (step !== null) this.#deps.window.send(step);
  }

  /** Makes the page larger or smaller, and keeps that. */
  zoom(step: ZoomStep): void {
    const { preferences, window } = this.#deps;
    const zoomPercent = zoomAfter(preferences.current.zoomPercent, step);
    if (zoomPercent === preferences.current.zoomPercent) return;
    window.setZoomFactor(zoomPercent / 100);
    // For convenience alone: it counts for as long as the app runs, at least.
    preferences.update({ zoomPercent }).catch(() => undefined);
  }

  /** Settings of this computer as they stand. */
  get settings(): ComputerSettings {
    const { whenLastWindowCloses, startsHidden, notifications } = this.#deps.preferences.current;
    return { whenLastWindowCloses, startsHidden, notifications, startsAtLogin: this.#deps.autostart.isOn() };
  }

  /**
   * Keeps settings of this computer.
   *
   * @throws CofferError `not-supported`, `no-permission`, `disk-full`, `io-failed`.
   */
  async change({ startsAtLogin, ...preferences }: ComputerSettings): Promise<void> {
    const before = this.settings;
    const isHiddenChanged = before.startsHidden !== preferences.startsHidden;
    if (before.startsAtLogin !== startsAtLogin || (startsAtLogin && isHiddenChanged)) {
      await this.#deps.autostart.set(startsAtLogin, preferences.startsHidden);
    }
    await this.#deps.preferences.update(preferences);
  }

  /** On macOS the menu is there without a window. A page that is loaded for an open vault lists it later than it has loaded. */
  #tell(step: MenuEvent): void {
    const { window, vault } = this.#deps;
    const isFresh = window.native === null;
    window.open();
    if (isFresh && vault.isUnlocked()) this.#waitingStep = step;
    else window.sendOnceLoaded(step);
  }

  #answerStart({ file, isHidden }: StartRequest): void {
    if (!isHidden) this.#deps.window.open();
    if (file !== null) this.#openFile(file);
  }

  #openFile(file: string): void {
    const { vault, window, tellFailure } = this.#deps;
    const chosen = vault.file();
    window.open();
    if (vault.isUnlocked() && chosen !== null && isSameFile(chosen, file)) return;
    try {
      vault.choose(file);
    } catch (error) {
      tellFailure(error);
    }
  }
}

/** The next step of the zoom from where it is, within its limits. */
export function zoomAfter(percent: number, step: ZoomStep): number {
  if (step === 'reset') return 100;
  if (step === 'in') return zoomSteps.find((one) => one > percent) ?? zoomLimits.max;
  return zoomSteps.findLast((one) => one < percent) ?? zoomLimits.min;
}
