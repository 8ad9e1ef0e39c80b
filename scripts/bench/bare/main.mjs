/** An empty Electron window, shown once its page is loaded: what no Electron app can be faster than. */
import { BrowserWindow, app } from 'electron';

app.on('window-all-closed', () => app.quit());
// Not awaited here: Electron holds `ready` back until this module is through.
app.whenReady().then(async () => {
  const window = new BrowserWindow({ width: 1280, height: 800, show: false });
  window.webContents.once('did-finish-load', () => window.show());
  await window.loadURL('data:text/html,<title>Bare</title><button>Ready</button>');
}, console.error);
