import { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { appHandlers } from './app';
import { backupHandlers } from './backups';
import { exportHandlers } from './exports';
import { keyPairHandlers } from './key-pairs';
import { recordHandlers } from './records';
import { SettingsStore, settingsHandlers } from './settings';
import { sideWindowHandlers } from './side-windows';
import { vaultHandlers } from './vault';
import { wayHandlers } from './ways';

/**
 * Makes the handler of every channel.
 *
 * @returns The handlers, and the one setting that the composition root needs while the vault is unlocked.
 */
export function makeHandlers(services: Services): { handlers: Handlers; lockAfterMinutes: () => number } {
  const records = new Records(services.session, services.nowMs);
  const settings = new SettingsStore(services);
  const handlers = {
    ...appHandlers(services),
    ...vaultHandlers(services),
    ...wayHandlers(services),
    ...backupHandlers(services),
    ...sideWindowHandlers(services),
    ...settingsHandlers(settings),
    ...recordHandlers(records, settings, services),
    ...keyPairHandlers(records, services),
    ...exportHandlers(records, services),
  };
  return { handlers, lockAfterMinutes: () => settings.current.lockAfterMinutes };
}
