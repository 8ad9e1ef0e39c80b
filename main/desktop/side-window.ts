import {
  BaseWindow,
  type BaseWindowConstructorOptions,
  type IpcMainInvokeEvent,
  type WebContentsView,
  screen,
} from 'electron';
import { sayFirst } from '../../preload/words/first';
import { CofferError } from '../errors';
import { appOrigin } from './app-origin';
import type { AppWindow } from './app-window';
import { type PageDeps, backgroundColor, isTopFrameOf, loadPage, makePage } from './page';
import { printPage } from './print-page';

/** Windows for one step, beside the app's own. */
export type SideWindowName = 'security-key' | 'sheet' | 'quick-access';

/** What a window for one step is made with. */
export interface SideWindowDeps extends PageDeps {
  /** The app's window, which takes no input while this one is open; null for one that stands by itself, over all others. */
  readonly parent: Pick<AppWindow, 'native'> | null;
}

const looks = {
  'security-key': { title: sayFirst('main-first.security-key'), width: 520, height: 440, resizable: false },
  sheet: { title: sayFirst('main-first.recovery-sheet'), width: 760, height: 860, resizable: true },
  'quick-access': { title: sayFirst('main-first.quick-access'), width: 560, height: 380, resizable: false },
} as const;

/** A window for one step, with a page that is destroyed after it: made afresh each time, in a process of its own. */
export class SideWindow {
  readonly #name: SideWindowName;
  readonly #deps: SideWindowDeps;
  #window: BaseWindow | null = null;
  #view: WebContentsView | null = null;
  #tellClosed: () => void = () => undefined;

  constructor(name: SideWindowName, deps: SideWindowDeps) {
    this.#name = name;
    this.#deps = deps;
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    if (this.#window !== null) {
      this.#window.focus();
      return;
    }
    const window = new BaseWindow({
      ...looks[this.#name],
      ...this.#placeAmongWindows(),
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      show: false,
      backgroundColor: backgroundColor(),
    });
    const view = makePage(this.#deps);
    this.#window = window;
    this.#view = view;
    window.contentView.addChildView(view);
    this.#fit();
    window.on('resize', () => this.#fit());
    window.on('focus', () => this.#view?.webContents.focus());
    if (this.#deps.parent === null) window.on('blur', () => this.#ended(window));
    window.on('closed', () => this.#ended(window));
    view.webContents.on('render-process-gone', () => this.#ended(window));
    view.webContents.once('did-finish-load', () => {
      if (this.#window === window) window.show();
    });
    loadPage(view, `${appOrigin}/${this.#name}.html`);
  }

  /** Destroys window and page, if they are there. Tells nobody. */
  close(): void {
    const window = this.#window;
    const view = this.#view;
    this.#window = null;
    this.#view = null;
    if (view !== null && !view.webContents.isDestroyed()) view.webContents.close();
    if (window !== null && !window.isDestroyed()) window.destroy();
  }

  /** Sets who is told when the window goes without {@link close}: by its frame, with the app's window, by a crash of its page. */
  onClosed(tell: () => void): void {
    this.#tellClosed = tell;
  }

  /** Whether the window is there. */
  get isOpen(): boolean {
    return this.#window !== null;
  }

  /** The native window, for dialogs that belong to it. */
  get native(): BaseWindow | null {
    return this.#window;
  }

  /** Whether a call comes from the top frame of this window's page, on the app's origin. */
  isSender(event: IpcMainInvokeEvent): boolean {
    return isTopFrameOf(this.#view?.webContents, event);
  }

  /**
   * Prints the page by the system's own dialog; see {@link printPage}.
   *
   * @throws CofferError `cancelled`, `busy`, `io-failed`; `not-found` if the window is not open.
   */
  async print(): Promise<void> {
    await printPage(this.#openView().webContents);
  }

  /**
   * The page as a PDF file on A4 paper, without headers and footers.
   *
   * @returns Bytes that the caller wipes. Chromium's own copies, in the page's process and on the way here, can't be.
   * @throws CofferError `io-failed`; `not-found` if the window is not open.
   */
  async toPdf(): Promise<Uint8Array> {
    const { webContents } = this.#openView();
    try {
      return await webContents.printToPDF({ pageSize: 'A4', displayHeaderFooter: false, printBackground: false });
    } catch {
      throw new CofferError('io-failed', sayFirst('main-first.recovery-sheet-the-pdf-could-not-be-made'));
    }
  }

  #placeAmongWindows(): BaseWindowConstructorOptions {
    const { parent } = this.#deps;
    if (parent !== null) return parent.native === null ? {} : { parent: parent.native, modal: true };
    // On macOS a panel takes the keys without bringing the app's other windows along.
    const type = process.platform === 'darwin' ? { type: 'panel' } : {};
    const { x, y, width, height } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint()).workArea;
    const look = looks[this.#name];
    return {
      ...type,
      frame: false,
      alwaysOnTop: true,
      skipTaskbar: true,
      x: Math.round(x + (width - look.width) / 2),
      y: Math.round(y + (height - look.height) / 3),
    };
  }

  #openView(): WebContentsView {
    if (this.#view === null) throw new CofferError('not-found', sayFirst('main-first.window-it-is-not-open-any-more'));
    return this.#view;
  }

  #ended(window: BaseWindow): void {
    if (this.#window !== window) return;
    this.close();
    this.#tellClosed();
  }

  #fit(): void {
    if (this.#window === null || this.#view === null) return;
    const { width, height } = this.#window.getContentBounds();
    this.#view.setBounds({ x: 0, y: 0, width, height });
  }
}

/**
 * Tells which window of the app a call comes from.
 *
 * @param windows - All that there are.
 * @returns A function that gives null for a call from anywhere else.
 */
export function windowOfEvent<Name extends string>(
  windows: Readonly<Record<Name, { isSender(event: IpcMainInvokeEvent): boolean }>>,
): (event: IpcMainInvokeEvent) => Name | null {
  const names = Object.keys(windows) as Name[];
  return (event) => names.find((name) => windows[name].isSender(event)) ?? null;
}
