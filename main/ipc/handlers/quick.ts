import { readAccelerator } from '../accelerator';
import type { QuickRecords } from '../quick-records';
import type { Handlers } from '../register';
import type { Services } from '../services';

type QuickChannels = Extract<keyof Handlers, `quick:${string}` | `shortcut:${string}` | `tray:${string}`>;

/** Handlers of quick access, of its keys and of the tray. */
export function quickHandlers(
  records: QuickRecords,
  { outside, preferences }: Pick<Services, 'outside' | 'preferences'>,
): Pick<Handlers, QuickChannels> {
  const { tray, quickAccess } = outside;
  const shortcutStatus = () => ({ keys: preferences.current.quickAccessKeys, state: quickAccess.shortcut });
  const trayStatus = () => {
    const { showsTray, hasToldNoTray } = preferences.current;
    const { state } = tray;
    return { isWanted: showsTray, state, isNoticeDue: state === 'missing' && !hasToldNoTray };
  };
  /** Once the answer is out: it goes to the window that closes. */
  const closeLater = () => setImmediate(() => quickAccess.close());
  return {
    'quick:search': ({ query }) =>
      records.search(query).map(({ actions, ...record }) => ({ ...record, actions: [...actions] })),
    'quick:copy': async ({ id, action }) => {
      await records.copy(id, action);
      closeLater();
      return {};
    },
    'quick:close': () => {
      closeLater();
      return {};
    },
    'shortcut:status': shortcutStatus,
    'shortcut:set': async ({ keys }) => {
      const quickAccessKeys = readAccelerator(keys);
      quickAccess.useKeys(quickAccessKeys);
      await preferences.update({ quickAccessKeys });
      return shortcutStatus();
    },
    'tray:status': trayStatus,
    'tray:set': async ({ isWanted }) => {
      tray.want(isWanted);
      await preferences.update({ showsTray: isWanted });
      return trayStatus();
    },
    'tray:told': async () => {
      await preferences.update({ hasToldNoTray: true });
      return {};
    },
  };
}
