/** An empty Electron window, shown once its page is loaded: what no Electron app can be faster than. */
import { BrowserWindow, app } from 'electron';

await app.whenReady();
const window = new BrowserWindow({ width: 1280, height: 800, show: false });
window.webContents.once('did-finish-load', () => window.show());
await window.loadURL('data:text/html,<title>Bare</title><button>Ready</button>');
app.on('window-all-closed', () => app.quit());
