import { BaseWindow, type IpcMainInvokeEvent, type Item, type WebContentsView, screen } from 'electron';
import type { WindowPlace } from '../files/preferences';
import { appUrl } from './app-origin';
import { type PageDeps, backgroundColor, isTopFrameOf, loadPage, makePage } from './page';
import { isPressedAfter } from './pressed-button';
import { PlaceKeeper, minSize, placeOnScreen } from './window-place';

const mappedAfterMs = 300;

/** What the app's window is made with. */
export interface AppWindowDeps extends PageDeps {
  /** Where the window was; null if there was none. */
  readonly savedPlace: () => WindowPlace | null;
  /** Keeps where it is now. */
  readonly keepPlace: (place: WindowPlace) => void;
  /** Path of a picture for the window, where it does not come from the program itself (Linux); null elsewhere. */
  readonly icon: string | null;
}

/** The app's window. Its page can be thrown away and loaded afresh while the window stays where it is. */
export class AppWindow {
  readonly #deps: AppWindowDeps;
  readonly #place: PlaceKeeper;
  #window: BaseWindow | null = null;
  #view: WebContentsView | null = null;
  #menu: Electron.Menu | null = null;
  #minimising: NodeJS.Timeout | null = null;
  #isPressed = false;
  /** Shows the window for the first time, once a page has loaded; null when that is done. */
  #firstShow: (() => void) | null = null;
  #isLoaded = false;
  /** For a page that has not loaded yet. */
  #waitingEvent: string | null = null;
  #tellPageGone: () => void = () => undefined;
  #tellSessionEnd: () => void = () => undefined;

  constructor(deps: AppWindowDeps) {
    this.#deps = deps;
    this.#place = new PlaceKeeper(deps.keepPlace);
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    this.#endMinimising();
    const window = this.#window;
    if (window === null) {
      this.#make((made, isMaximised) => (isMaximised ? made.maximize() : made.show()));
      return;
    }
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }

  /** Opens the window as a button of the taskbar only; does nothing where it is open. */
  openMinimised(): void {
    if (this.#window !== null) return;
    this.#make((made) => {
      made.showInactive();
      // On X11 only a window that the window manager has taken on can be made small.
      this.#minimising = setTimeout(() => made.minimize(), mappedAfterMs);
    });
  }

  /** Sets the window's own menu bar, shown when Alt is pressed. Not for macOS, which has one for the app. */
  useMenu(menu: Electron.Menu): void {
    this.#menu = menu;
    this.#window?.setMenu(menu);
  }

  /** Makes the page larger or smaller; see also {@link PageDeps.zoomFactor}. */
  setZoomFactor(factor: number): void {
    this.#view?.webContents.setZoomFactor(factor);
  }

  #make(show: (window: BaseWindow, isMaximised: boolean) => void): void {
    // First of all: its process starts while the window is made.
    const view = this.#beginPage();
    const workAreas = screen.getAllDisplays().map(({ workArea }) => workArea);
    const { isMaximised, ...bounds } = placeOnScreen(this.#deps.savedPlace(), workAreas);
    const window = new BaseWindow({
      title: 'Coffer',
      ...(this.#deps.icon === null ? {} : { icon: this.#deps.icon }),
      ...bounds,
      minWidth: minSize.width,
      minHeight: minSize.height,
      show: false,
      autoHideMenuBar: true,
      backgroundColor: backgroundColor(),
    });
    this.#window = window;
    if (this.#menu !== null) window.setMenu(this.#menu);
    const place = () => ({ ...window.getNormalBounds(), isMaximised: window.isMaximized() });
    const moved = () => this.#place.note(place);
    window.on('move', moved);
    window.on('resize', moved);
    window.on('maximize', moved);
    window.on('unmaximize', moved);
    window.on('close', () => this.#place.flush());
    // Not only when the window changes: the menu bar comes and goes.
    window.contentView.on('bounds-changed', () => this.#fit());
    window.on('focus', () => this.#view?.webContents.focus());
    // Windows alone: shutdown, restart, sign-out. Elsewhere the power monitor tells of it.
    if (process.platform === 'win32') window.on('session-end', () => this.#tellSessionEnd());
    window.on('closed', () => {
      this.#window = null;
      this.#firstShow = null;
      this.#endMinimising();
      this.#dropPage();
    });
    this.#firstShow = () => show(window, isMaximised);
    this.#showPage(view);
  }

  /** Destroys the page, with all it holds, and loads a fresh one in a new process. */
  renewPage(): void {
    if (this.#window === null) return;
    this.#dropPage();
    this.#showPage(this.#beginPage());
  }

  /** Sends a message that carries nothing but its name. */
  send(event: string): void {
    const contents = this.#view?.webContents;
    if (contents !== undefined && !contents.isDestroyed()) contents.send(event);
  }

  /** The same, once the page has loaded: for a window that was opened just now. Of several the last one counts. */
  sendOnceLoaded(event: string): void {
    if (this.#isLoaded) this.send(event);
    else this.#waitingEvent = event;
  }

  /** Sets who is told when the page's process has crashed or was killed, before a fresh page is loaded. */
  onPageGone(tell: () => void): void {
    this.#tellPageGone = tell;
  }

  /** Sets who is told when the user's session ends while the window is open; on Windows alone. */
  onSessionEnd(tell: () => void): void {
    this.#tellSessionEnd = tell;
  }

  /** Whether the left mouse button is held down on this window's page: told by the system, not by the page. */
  get isPressed(): boolean {
    return this.#isPressed;
  }

  /** Begins a drag of files out of this window. On some systems it returns when they were dropped. */
  startDrag(item: Item): void {
    const contents = this.#view?.webContents;
    // The release goes to whatever the pointer is over then.
    this.#isPressed = false;
    if (contents !== undefined && !contents.isDestroyed()) contents.startDrag(item);
  }

  /** The native window, for dialogs that belong to it. */
  get native(): BaseWindow | null {
    return this.#window;
  }

  /** Whether a call comes from the top frame of this window's page, on the app's origin. */
  isSender(event: IpcMainInvokeEvent): boolean {
    return isTopFrameOf(this.#view?.webContents, event);
  }

  #beginPage(): WebContentsView {
    const view = makePage(this.#deps);
    this.#view = view;
    this.#isPressed = false;
    view.webContents.on('input-event', (_event, input) => (this.#isPressed = isPressedAfter(input, this.#isPressed)));
    view.webContents.on('render-process-gone', () => this.#pageGone(view));
    loadPage(view, appUrl);
    return view;
  }

  #showPage(view: WebContentsView): void {
    view.webContents.once('did-finish-load', () => this.#loaded(view));
    this.#window?.contentView.addChildView(view);
    this.#fit();
  }

  #loaded(view: WebContentsView): void {
    if (this.#view !== view) return;
    this.#isLoaded = true;
    // Handed on by pages that were thrown away before they had loaded, as by locking.
    const show = this.#firstShow;
    this.#firstShow = null;
    if (show === null) view.webContents.focus();
    else show();
    if (this.#waitingEvent !== null) this.send(this.#waitingEvent);
    this.#waitingEvent = null;
  }

  #pageGone(view: WebContentsView): void {
    if (this.#view !== view) return;
    // One that did not even load would crash again and again.
    const isRenewed = this.#isLoaded;
    try {
      this.#tellPageGone();
    } finally {
      // Locking has renewed it already.
      if (isRenewed && this.#view === view) this.renewPage();
    }
  }

  #dropPage(): void {
    const view = this.#view;
    this.#view = null;
    this.#isLoaded = false;
    this.#waitingEvent = null;
    if (view === null) return;
    if (this.#window !== null && !this.#window.isDestroyed()) this.#window.contentView.removeChildView(view);
    if (!view.webContents.isDestroyed()) view.webContents.close();
  }

  #endMinimising(): void {
    if (this.#minimising !== null) clearTimeout(this.#minimising);
    this.#minimising = null;
  }

  #fit(): void {
    if (this.#window === null || this.#view === null) return;
    const { width, height } = this.#window.getContentBounds();
    this.#view.setBounds({ x: 0, y: 0, width, height });
  }
}
