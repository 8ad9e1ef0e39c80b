import { BaseWindow, type IpcMainInvokeEvent, type Item, type WebContentsView } from 'electron';
import { appUrl } from './app-origin';
import { type PageDeps, backgroundColor, isTopFrameOf, makePage } from './page';

/** The app's window. Its page can be thrown away and loaded afresh while the window stays where it is. */
export class AppWindow {
  readonly #deps: PageDeps;
  #window: BaseWindow | null = null;
  #view: WebContentsView | null = null;
  #isPressed = false;

  constructor(deps: PageDeps) {
    this.#deps = deps;
  }

  /** Opens the window, or brings it to the front. */
  open(): void {
    if (this.#window !== null) {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.focus();
      return;
    }
    // First of all: its process starts while the window is made.
    const view = this.#beginPage();
    const window = new BaseWindow({
      title: 'Coffer',
      width: 1280,
      height: 800,
      minWidth: 720,
      minHeight: 480,
      show: false,
      backgroundColor: backgroundColor(),
    });
    this.#window = window;
    window.on('resize', () => this.#fit());
    window.on('focus', () => this.#view?.webContents.focus());
    window.on('closed', () => {
      this.#window = null;
      this.#dropPage();
    });
    this.#showPage(view, () => window.show());
  }

  /** Destroys the page, with all it holds, and loads a fresh one in a new process. */
  renewPage(): void {
    if (this.#window === null) return;
    this.#dropPage();
    this.#showPage(this.#beginPage(), () => this.#view?.webContents.focus());
  }

  /** Sends a message that carries nothing but its name. */
  send(event: string): void {
    const contents = this.#view?.webContents;
    if (contents !== undefined && !contents.isDestroyed()) contents.send(event);
  }

  /** Whether a mouse button is held down on this window's page: told by the system, not by the page. */
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
    view.webContents.on('input-event', (_event, { type }) => {
      if (type === 'mouseDown') this.#isPressed = true;
      else if (type === 'mouseUp') this.#isPressed = false;
    });
    void view.webContents.loadURL(appUrl);
    return view;
  }

  #showPage(view: WebContentsView, onReady: () => void): void {
    view.webContents.once('did-finish-load', onReady);
    this.#window?.contentView.addChildView(view);
    this.#fit();
  }

  #dropPage(): void {
    const view = this.#view;
    this.#view = null;
    if (view === null) return;
    if (this.#window !== null && !this.#window.isDestroyed()) this.#window.contentView.removeChildView(view);
    if (!view.webContents.isDestroyed()) view.webContents.close();
  }

  #fit(): void {
    if (this.#window === null || this.#view === null) return;
    const { width, height } = this.#window.getContentBounds();
    this.#view.setBounds({ x: 0, y: 0, width, height });
  }
}
