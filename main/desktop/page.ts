import { type IpcMainInvokeEvent, type Session, type WebContents, WebContentsView, nativeTheme } from 'electron';
import { appOrigin } from './app-origin';
import { offerEditMenu } from './edit-menu';

/** What every page of the app is made with. */
export interface PageDeps {
  /** Absolute path of the preload bundle. */
  readonly preload: string;
  readonly session: Session;
  /** How large a page is to begin with; 1 is as it was drawn. */
  readonly zoomFactor: () => number;
}

/** Makes a page of the app, in a process of its own, with nothing loaded yet. All pages have the same rights. */
export function makePage({ preload, session, zoomFactor }: PageDeps): WebContentsView {
  const view = new WebContentsView({
    webPreferences: {
      preload,
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
      enableWebSQL: false,
      navigateOnDragDrop: false,
      zoomFactor: zoomFactor(),
    },
  });
  offerEditMenu(view.webContents);
  view.setBackgroundColor(backgroundColor());
  return view;
}

/** Loads a page of the app. It may be closed or crash meanwhile: loading fails, then, and whoever did that sees to the rest. */
export function loadPage(view: WebContentsView, url: string): void {
  view.webContents.loadURL(url).catch(() => undefined);
}

/**
 * Whether a call comes from the top frame of a page, on the app's origin.
 *
 * @param contents - The page of the moment; undefined if there is none.
 */
export function isTopFrameOf(contents: WebContents | undefined, event: IpcMainInvokeEvent): boolean {
  const frame = event.senderFrame;
  return (
    frame !== null &&
    contents !== undefined &&
    event.sender === contents &&
    frame === contents.mainFrame &&
    frame.parent === null &&
    frame.url.startsWith(`${appOrigin}/`)
  );
}

/** What a window shows until its page has drawn itself. */
export function backgroundColor(): string {
  return nativeTheme.shouldUseDarkColors ? '#13171a' : '#f4f6f7';
}
