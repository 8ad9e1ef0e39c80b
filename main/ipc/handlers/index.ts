import { ExportLedger } from '../export-ledger';
import { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { accessKeyHandlers } from './access-keys';
import { appHandlers } from './app';
import { backupHandlers } from './backups';
import { certificateHandlers } from './certificates';
import { dragHandlers } from './drag';
import { exportHandlers } from './exports';
import { guideHandlers } from './guide';
import { healthHandlers } from './health';
import { importHandlers } from './imports';
import { keyPairHandlers } from './key-pairs';
import { recordHandlers } from './records';
import { signInHandlers } from './sign-ins';
import { SettingsStore, defaultSettings, settingsHandlers } from './settings';
import { sideWindowHandlers } from './side-windows';
import { vaultHandlers } from './vault';
import { wayHandlers } from './ways';
import { windowsPasswordHandlers } from './windows-passwords';

/**
 * Makes the handler of every channel.
 *
 * @returns The handlers, and after how many minutes without use to lock; null while there is nothing to lock.
 */
export function makeHandlers(services: Services): { handlers: Handlers; lockAfterMinutes: () => number | null } {
  const ledger = new ExportLedger(services);
  const records = new Records(services.session, services.nowMs, (id, format) => ledger.pathOf(id, format));
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
    ...windowsPasswordHandlers(records, services),
    ...accessKeyHandlers(records, services),
    ...signInHandlers(records, settings, services),
    ...guideHandlers(records, services),
    ...healthHandlers(ledger, services),
    ...importHandlers(records, services),
    ...certificateHandlers(records, services),
    ...exportHandlers(records, ledger, services),
    ...dragHandlers(records, ledger, services),
  };
  const lockAfterMinutes = () => {
    // A vault that waits for new ways in is open, too, and its settings are not to be had yet.
    if (services.session.state === 'renewing') return defaultSettings.lockAfterMinutes;
    return services.session.state === 'unlocked' ? settings.current.lockAfterMinutes : null;
  };
  return { handlers, lockAfterMinutes };
}
