import type { App, PowerMonitor } from 'electron';
import type { LockReason } from './auto-lock';

/**
 * Watches what Electron tells: sleep and shutdown everywhere, the screen's lock on macOS and Windows, the switch of users on macOS.
 * On Linux see {@link watchLinuxBuses}.
 */
export function watchElectron(
  { app, powerMonitor }: { readonly app: Pick<App, 'on'>; readonly powerMonitor: Pick<PowerMonitor, 'on'> },
  notice: (reason: LockReason) => void,
): void {
  powerMonitor.on('suspend', () => notice('suspend'));
  powerMonitor.on('lock-screen', () => notice('screen-lock'));
  powerMonitor.on('user-did-resign-active', () => notice('user-switch'));
  powerMonitor.on('shutdown', () => notice('shutdown'));
  app.on('window-all-closed', () => notice('last-window-closed'));
}
