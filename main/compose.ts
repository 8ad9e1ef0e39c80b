import { totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import * as electron from 'electron';
import { app, clipboard as electronClipboard, dialog, nativeTheme, net, powerMonitor, safeStorage } from 'electron';
import { say } from '../preload/words/say';
import { collectGarbage } from './crypto/collect-garbage';
import { systemRandom } from './crypto/random';
import { rememberText } from './crypto/remembered-text';
import { isSignedBy } from './crypto/signature';
import type { AppWindow } from './desktop/app-window';
import { makeAutoLock } from './desktop/auto-lock/auto-lock';
import { watchElectron } from './desktop/auto-lock/electron-watch';
import { watchLinuxBuses } from './desktop/auto-lock/linux-watch';
import { type ClipboardItemMaker, systemClipboard } from './desktop/clipboard/clipboard-adapter';
import { forgetAtQuit } from './desktop/clipboard/forget-at-quit';
import { ForgettingClipboard } from './desktop/clipboard/forgetting-clipboard';
import { showMenu } from './desktop/app-menu';
import { systemAutostart } from './desktop/autostart';
import { DragOut, openDragFolder } from './desktop/drag';
import { FileDialogs } from './desktop/file-dialogs';
import { IdleLock } from './desktop/idle-lock';
import { systemKeychain } from './desktop/keychain';
import { Manners } from './desktop/manners';
import { Notifications } from './desktop/notifications';
import type { OtherStarts } from './desktop/other-starts';
import { makeOutside } from './desktop/outside';
import type { PageDeps } from './desktop/page';
import { Pictures } from './desktop/pictures';
import { SecurityKeyPrompt } from './desktop/security-key-prompt';
import { SheetWindow } from './desktop/sheet-prompt';
import { SideWindow, windowOfEvent } from './desktop/side-window';
import { type StartFile, startFileOf } from './desktop/start-arguments';
import { UpdateCheck, keepChecking } from './desktop/update-check';
import { canCheckForUpdates, updateSource } from './desktop/update-source';
import { BackupPlaces } from './files/backup-places';
import { ComputerSecrets } from './files/computer-secrets';
import { readNotices } from './files/notices';
import type { PreferencesFile } from './files/preferences';
import { RecentVaults } from './files/recent-vaults';
import { RollbackMemory } from './files/rollback-memory';
import type { UpdateChoice } from './files/update-choice';
import type { EarlyCalls } from './ipc/early-calls';
import type { GateDeps } from './ipc/gate';
import { makeHandlers } from './ipc/handlers';
import { defaultSettings } from './ipc/handlers/settings';
import { isMet, registerHandlers } from './ipc/register';
import type { Services } from './ipc/services';
import { warmUpUnlock } from './ipc/warm-up';
import { toWireError } from './ipc/wire-errors';
import { sqliteVersion } from './store/sqlite-version';
import { BackupKeeper } from './vault/backup-keeper';
import { chooseCosts, formatLimits } from './vault/kdf-policy';
import { Session } from './vault/session';
import { StrengthMeter } from './vault/strength';
import { WayChanges } from './vault/way-changes';

// The second half of the composition root: makes each service with the real clock, randomness, limits and costs, and hands it what
// it needs. Loaded by index.ts once the window is open.
const pageEvents = {
  changed: 'app:changed',
  'integrity-changed': 'integrity:changed',
  'ways-changed': 'ways:changed',
} as const;
/** Lists of packages that the build left beside each bundle. */
const noticeFiles = ['./notices.json', '../renderer/notices.json'];
const backupPollMs = 60_000;
const updateTimeoutMs = 20_000;
const collectAfterMs = [0, 2000];
const trayAfterMs = 150;
const nowMs = () => performance.now();

/** What stands already when the rest of the app is made. */
export interface Begun {
  readonly window: AppWindow;
  /** How pages are made, of further windows too. */
  readonly pageDeps: PageDeps;
  /** Absolute path of the profile folder. */
  readonly profile: string;
  readonly preferences: PreferencesFile;
  /** Calls of the page, which wait for what is made here. */
  readonly calls: EarlyCalls;
  /** The vault to begin with. */
  readonly chosen: StartFile | null;
  readonly facts: Services['facts'];
  readonly updateChoice: UpdateChoice;
  /** Whether the host of releases can be reached: chosen by the user before this start. */
  readonly isCheckingForUpdates: boolean;
  readonly logFailure: GateDeps['logFailure'];
  /** Further starts, which wait for what is made here. */
  readonly starts: OtherStarts;
}

/**
 * Makes all that the window's page is there for, and answers its calls from now on. To be called once.
 *
 * @returns How the app behaves on the desktop from now on.
 */
export function compose({ window, pageDeps, profile, preferences, calls, ...rest }: Begun): Manners {
  const { chosen, facts, logFailure, starts, updateChoice, isCheckingForUpdates } = rest;
  const keychain = systemKeychain(safeStorage, process.platform);
  const rollbackMemory = new RollbackMemory(profile, () => keychain);
  const session = new Session({
    vaultDeps: { random: systemRandom, limits: formatLimits, nowMs: () => Date.now() },
    chooseCosts: (signal) => chooseCosts(totalmem(), nowMs, signal),
    nowMs,
    sightings: rollbackMemory,
  });
  app.on('will-quit', () => session.lock());
  const dragFolder = openDragFolder(app, process.env);
  const clipboard = new ForgettingClipboard({
    // Electron 33 has no such class.
    adapter: systemClipboard(
      electronClipboard,
      (electron as unknown as { readonly ClipboardItem?: ClipboardItemMaker }).ClipboardItem,
      process.platform,
    ),
    remember: (text) => rememberText(text, systemRandom),
    secondsToKeep: () => (currentSettings() ?? defaultSettings).clearClipboardAfterSeconds,
    nowMs,
    onChange: () => {
      window.send('clipboard:changed');
      tray.refresh();
      if (clipboard.status.state === 'cleared') notifications.notify('clipboard-cleared');
    },
  });
  forgetAtQuit(app, clipboard);
  const backups = new BackupKeeper({
    session,
    places: new BackupPlaces(preferences),
    highestSeen: (vaultId) => rollbackMemory.highestSeen(vaultId),
  });
  if (chosen !== null) session.choose(chosen.file, chosen.isNew);
  const keyWindow = new SideWindow('security-key', { ...pageDeps, parent: window });
  const sheetWindow = new SideWindow('sheet', { ...pageDeps, parent: window });
  const newStrengthMeter = () => new StrengthMeter(new URL('./strength-worker.js', import.meta.url));
  const home = app.getPath('home');
  const { tray, quickAccess, quickWindow } = makeOutside({
    ...{ pageDeps, nowMs, clipboard },
    isUnlocked: () => session.state === 'unlocked',
    openApp: () => window.open(),
    lock: () => session.lock(),
    favourites: () => quickRecords.favourites(),
    recent: () => quickRecords.recent(),
    copy: (id, action) => quickRecords.copy(id, action),
    notify: (kind) => notifications.notify(kind),
    logNotCopied: () => logFailure('tray: not copied'),
    onTrayChanged: () => window.send('tray:changed'),
  });
  const chooseVault = ({ file, isNew }: StartFile) => {
    backups.cancelRestore();
    session.choose(file, isNew);
  };
  const manners = new Manners({
    ...{ app, window, preferences, starts, tray, platform: process.platform },
    showMenu: (source) => showMenu(window, source),
    autostart: systemAutostart({
      app,
      platform: process.platform,
      execPath: process.execPath,
      environment: process.env,
    }),
    vault: {
      file: () => session.file,
      isUnlocked: () => session.state === 'unlocked',
      lock: () => session.lock(),
      choose: (file) => chooseVault(startFileOf(file)),
    },
    tellFailure: (error) => {
      if (window.native === null) return;
      const options = { type: 'info', message: say('main-desktop.not-opened'), detail: toWireError(error).message };
      void dialog.showMessageBox(window.native, options as Electron.MessageBoxOptions);
    },
  });
  const notifications = new Notifications({
    isWanted: (kind) => preferences.current.notifications.includes(kind),
    open: () => window.open(),
  });
  const updateCheck = new UpdateCheck({
    fetch: (url, init) => net.fetch(url, init),
    manifestUrl: updateSource.manifestUrl,
    isSigned: (message, signature) =>
      isSignedBy(Buffer.from(updateSource.publicKeyBase64, 'base64'), message, signature),
    currentVersion: facts.versions.coffer,
    choice: updateChoice,
    nowMs: () => Date.now(),
    timeoutMs: updateTimeoutMs,
  });
  const services: Services = {
    updates: {
      isPossible: canCheckForUpdates(updateSource, facts.isEvaluationRuntime),
      isOnSinceStart: isCheckingForUpdates,
      choice: updateChoice,
      check: updateCheck,
      pageUrl: updateSource.pageUrl,
    },
    session,
    chooseVault,
    manners,
    recent: new RecentVaults({ preferences, home, nowMs: () => Date.now() }),
    backups,
    changes: new WayChanges(session, backups),
    keychain,
    computerSecrets: new ComputerSecrets(profile),
    securityKeyPrompt: new SecurityKeyPrompt(keyWindow),
    sheet: new SheetWindow(sheetWindow),
    outside: { tray, quickAccess },
    preferences,
    dialogs: new FileDialogs(window),
    sheetDialogs: new FileDialogs(sheetWindow),
    strength: newStrengthMeter(),
    newStrengthMeter,
    copyText: (text, options) => clipboard.put(text, options),
    clipboard,
    dragFolder,
    dragOut: new DragOut(window),
    random: systemRandom,
    pictures: new Pictures(new URL('./qr-worker.js', import.meta.url)),
    warmUp: () => {
      warmUpUnlock();
      collectGarbage();
    },
    announceRecords: () => {
      window.send('records:changed');
      tray.refresh();
    },
    applyTheme: (theme) => (nativeTheme.themeSource = theme),
    folders: { home, documents: app.getPath('documents'), downloads: app.getPath('downloads') },
    environment: process.env,
    facts,
    about: () => ({
      ...facts.versions,
      chromium: process.versions.chrome,
      node: process.versions.node,
      sqlite: sqliteVersion(),
      notices: readNotices(noticeFiles.map((file) => fileURLToPath(new URL(file, import.meta.url)))),
    }),
    nowMs: () => Date.now(),
  };
  const { handlers, currentSettings, activity, quickRecords } = makeHandlers(services);
  activity.subscribe(() => {
    tray.refresh();
    window.send('activity:changed');
  });
  session.subscribe((event) => {
    if (event === 'locked') {
      tray.refreshNow();
      quickAccess.close();
      window.renewPage();
      void clipboard.forget();
      // Once nothing on the stack holds a key any more, and once more when what was under way has ended.
      for (const delayMs of collectAfterMs) setTimeout(collectGarbage, delayMs);
    } else if (event === 'opened') {
      quickAccess.unlocked();
      // The list that the page asks for goes first.
      setTimeout(() => tray.refresh(), trayAfterMs);
    } else if (event !== 'locking') window.send(pageEvents[event]);
    if (event === 'changed') manners.refreshMenu();
  });
  backups.onFailure(() => notifications.notify('backup-failed'));
  registerHandlers(handlers, {
    calls,
    windowOf: windowOfEvent({
      main: window,
      'security-key': keyWindow,
      sheet: sheetWindow,
      'quick-access': quickWindow,
    }),
    isMet: (needs) => isMet(needs, session.state),
    logFailure,
  });
  const lockByItself = () => {
    const isOpen = session.state === 'unlocked' || session.state === 'renewing';
    session.lock();
    if (isOpen) notifications.notify('locked-by-itself');
  };
  new IdleLock({
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    lockAfterMinutes: () => currentSettings()?.lockAfterMinutes ?? null,
    lock: lockByItself,
  }).start();
  const noticeReason = makeAutoLock({
    choices: currentSettings,
    lock: lockByItself,
    forgetClipboard: () => void clipboard.forget(),
  });
  watchElectron({ app, powerMonitor, window }, noticeReason);
  window.onPageGone(() => session.lock());
  if (process.platform === 'linux') {
    watchLinuxBuses({ environment: process.env, userId: process.getuid?.() ?? 0 }, noticeReason);
  }
  manners.start();
  setInterval(() => backups.backUpIfDue(), backupPollMs);
  if (isCheckingForUpdates) {
    const onFailure = () => logFailure('updates: the check failed; the next one is tomorrow');
    keepChecking(updateCheck, { onChecked: () => window.send('app:changed'), onFailure });
  }
  tray.want(preferences.current.showsTray);
  quickAccess.useKeys(preferences.current.quickAccessKeys);
  return manners;
}
