import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, safeStorage, session as electronSession } from 'electron';
import { serveApp } from '../../../main/desktop/app-protocol';
import { AppWindow } from '../../../main/desktop/app-window';
import { systemKeychain } from '../../../main/desktop/keychain';
import { lockDown, lockDownSession, silenceNetwork } from '../../../main/desktop/lockdown';
import { type SecurityKeyReport, SecurityKeyPrompt } from '../../../main/desktop/security-key-prompt';
import { SheetWindow } from '../../../main/desktop/sheet-prompt';
import { SideWindow, windowOfEvent } from '../../../main/desktop/side-window';

// The parts of main/desktop put together as the app does it, without a vault, for tests to reach.
const here = path.dirname(fileURLToPath(import.meta.url));
lockDown(app);
silenceNetwork(app, []);

function start() {
  const session = electronSession.fromPartition('coffer');
  lockDownSession(session);
  serveApp(session, path.join(here, 'pages'), null);
  const page = { preload: path.join(here, 'preload.cjs'), session, zoomFactor: () => 1 };
  const main = new AppWindow({ ...page, savedPlace: () => null, icon: null, keepPlace: () => undefined });
  const keyWindow = new SideWindow('security-key', { ...page, parent: main });
  const sheetWindow = new SideWindow('sheet', { ...page, parent: main });
  const prompt = new SecurityKeyPrompt(keyWindow);
  const sheet = new SheetWindow(sheetWindow);
  const windowOf = windowOfEvent({ main, 'security-key': keyWindow, sheet: sheetWindow });
  const answer = (channel: string, window: string, handler: (request: unknown) => unknown) =>
    ipcMain.handle(channel, async (event, request: unknown) =>
      windowOf(event) === window ? { ok: true, value: await handler(request) } : { ok: false },
    );
  answer('security-key:task', 'security-key', () => prompt.task());
  answer('security-key:report', 'security-key', (report) => prompt.report(report as SecurityKeyReport));
  answer('sheet:content', 'sheet', () => sheet.content());
  const parts = { main, keychain: systemKeychain(safeStorage, process.platform), prompt, sheet, sheetWindow };
  Object.assign(globalThis, { parts });
  main.open();
  return parts;
}

/** What tests find as `globalThis.parts`. */
export type Parts = ReturnType<typeof start>;

void app.whenReady().then(start);
app.on('window-all-closed', () => app.quit());
