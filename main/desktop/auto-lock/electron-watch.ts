import type { App, PowerMonitor } from 'electron';
import type { AppWindow } from '../app-window';
import type { LockReason } from './auto-lock';

/** Who tells. */
export interface ElectronSources {
  readonly app: Pick<App, 'on'>;
  readonly powerMonitor: Pick<PowerMonitor, 'on'>;
  readonly window: Pick<AppWindow, 'onSessionEnd'>;
}

/**
 * Watches what Electron tells: sleep everywhere, shutdown on Linux and macOS by the power monitor, on Windows, with sign-out, by the
 * window, the screen's lock on macOS and Windows, the switch of users on macOS.
 * On Linux see {@link watchLinuxBuses}.
 */
export function watchElectron(
  { app, powerMonitor, window }: ElectronSources,
  notice: (reason: LockReason) => void,
): void {
  powerMonitor.on('suspend', () => notice('suspend'));
  powerMonitor.on('lock-screen', () => notice('screen-lock'));
  powerMonitor.on('user-did-resign-active', () => notice('user-switch'));
  powerMonitor.on('shutdown', () => notice('shutdown'));
  window.onSessionEnd(() => notice('shutdown'));
  app.on('window-all-closed', () => notice('last-window-closed'));
}
