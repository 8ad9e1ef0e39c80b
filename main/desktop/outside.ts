import path from 'node:path';
import { app } from 'electron';
import type { ForgettingClipboard } from './clipboard/forgetting-clipboard';
import { giveKeysBack, takeKeys } from './global-keys';
import type { PageDeps } from './page';
import { QuickAccess } from './quick-access';
import { SideWindow } from './side-window';
import { AppTray } from './tray';
import { type TrayCopyDeps, copyFromTray } from './tray-copy';
import { watchTrayHost } from './tray-host';
import { makeTrayIcon } from './tray-icon';
import type { TrayRecord } from './tray-menu';

/** What the ways from outside of the window rest on. */
export interface OutsideDeps extends TrayCopyDeps {
  readonly pageDeps: PageDeps;
  readonly isUnlocked: () => boolean;
  readonly openApp: () => void;
  readonly lock: () => void;
  /** Records for the menu; asked only while the vault is unlocked. */
  readonly favourites: () => readonly TrayRecord[];
  readonly recent: () => readonly TrayRecord[];
  /** Where secrets are copied to. */
  readonly clipboard: Pick<ForgettingClipboard, 'status'>;
  readonly onTrayChanged: () => void;
  /** A clock that does not jump. */
  readonly nowMs: () => number;
}

/** Makes the icon on the panel, and the window for quick access with its keys. Neither is shown yet. */
export function makeOutside(deps: OutsideDeps): { tray: AppTray; quickAccess: QuickAccess; quickWindow: SideWindow } {
  const { pageDeps, isUnlocked, openApp, lock, favourites, recent, clipboard, onTrayChanged, nowMs } = deps;
  const userId = process.getuid?.() ?? 0;
  const quickWindow = new SideWindow('quick-access', { ...pageDeps, parent: null });
  const quickAccess = new QuickAccess({ window: quickWindow, openApp, isUnlocked, takeKeys, giveKeysBack, nowMs });
  const copy = (id: string, action: string) => void copyFromTray(deps, tray, { id, action });
  const actions = { copy, open: openApp, lock, quit: () => app.quit() };
  const tray = new AppTray({
    watchHost: (tell) => watchTrayHost({ platform: process.platform, environment: process.env, userId }, tell),
    makeIcon: () => makeTrayIcon(path.join(app.getAppPath(), 'assets/tray'), process.platform, actions),
    model: () =>
      isUnlocked() ? { isUnlocked: true, favourites: favourites(), recent: recent() } : { isUnlocked: false },
    // Until it is gone: at the end that may take some tries.
    secretLeftMs: () => (clipboard.status.state === 'holding' ? Math.max(1, clipboard.status.leftMs) : 0),
    onChanged: onTrayChanged,
  });
  return { tray, quickAccess, quickWindow };
}
