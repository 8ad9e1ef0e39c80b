import { Activity } from '../activity';
import { DraftKeeper } from '../draft-keeper';
import { ExportLedger } from '../export-ledger';
import { notingUses } from '../noted-handlers';
import { QuickRecords } from '../quick-records';
import { Records } from '../records';
import type { Handlers } from '../register';
import type { Services } from '../services';
import { accessKeyHandlers } from './access-keys';
import { activityHandlers } from './activity';
import { appHandlers } from './app';
import { backupHandlers } from './backups';
import { certificateHandlers } from './certificates';
import { clipboardHandlers } from './clipboard';
import { draftHandlers } from './drafts';
import { computerHandlers } from './computer';
import { dragHandlers } from './drag';
import { exportHandlers } from './exports';
import { guideHandlers } from './guide';
import { healthHandlers } from './health';
import { importHandlers } from './imports';
import { keyPairHandlers } from './key-pairs';
import { listMemoryHandlers } from './list-memory';
import { paletteHandlers } from './palette';
import { quickHandlers } from './quick';
import { recordHandlers } from './records';
import { signInHandlers } from './sign-ins';
import { type Settings, SettingsStore, defaultSettings, settingsHandlers } from './settings';
import { sideWindowHandlers } from './side-windows';
import { updateHandlers } from './updates';
import { vaultHandlers } from './vault';
import { wayHandlers } from './ways';
import { windowsPasswordHandlers } from './windows-passwords';

/** What pages, menus and clocks ask of the app. */
export interface Answering {
  readonly handlers: Handlers;
  /** Settings of the open vault as they stand; null while there is nothing to lock. */
  readonly currentSettings: () => Settings | null;
  /** What was done with the open vault. */
  readonly activity: Activity;
  /** For the tray's menu. */
  readonly quickRecords: QuickRecords;
}

/** Makes the handler of every channel, and what else rests on the same parts. */
export function makeHandlers(services: Services): Answering {
  const ledger = new ExportLedger(services);
  const records = new Records(services.session, services.nowMs, (id, format) => ledger.pathOf(id, format));
  const settings = new SettingsStore(services);
  const drafts = new DraftKeeper(services);
  const activity = new Activity(services);
  const quickRecords = new QuickRecords(records, activity, services);
  const handlers: Handlers = {
    ...appHandlers(services),
    ...computerHandlers(services),
    ...updateHandlers(services),
    ...vaultHandlers(services),
    ...wayHandlers(services),
    ...backupHandlers(services),
    ...sideWindowHandlers(services),
    ...settingsHandlers(settings),
    ...recordHandlers({ records, settings, drafts }, services),
    ...draftHandlers(drafts),
    ...keyPairHandlers(records, services),
    ...windowsPasswordHandlers(records, services),
    ...accessKeyHandlers(records, services),
    ...signInHandlers(records, settings, services),
    ...guideHandlers(records, services),
    ...healthHandlers(ledger, services),
    ...activityHandlers(activity, records, services),
    ...importHandlers(records, services),
    ...certificateHandlers({ records, drafts }, services),
    ...quickHandlers(quickRecords, services),
    ...paletteHandlers(quickRecords, records),
    ...listMemoryHandlers(settings, records),
    ...exportHandlers(records, ledger, services),
    ...clipboardHandlers(services),
    ...dragHandlers(records, ledger, services),
  };
  const currentSettings = () => {
    // A vault that waits for new ways in is open, too, and its settings are not to be had yet.
    if (services.session.state === 'renewing') return defaultSettings;
    return services.session.state === 'unlocked' ? settings.current : null;
  };
  return {
    handlers: notingUses(handlers, activity, (id) => records.titleOf(id)),
    currentSettings,
    activity,
    quickRecords,
  };
}
