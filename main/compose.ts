import { totalmem } from 'node:os';
import { app, nativeTheme, powerMonitor, safeStorage } from 'electron';
import { collectGarbage } from './crypto/collect-garbage';
import { systemRandom } from './crypto/random';
import type { AppWindow } from './desktop/app-window';
import { DragOut } from './desktop/drag';
import { FileDialogs } from './desktop/file-dialogs';
import { IdleLock } from './desktop/idle-lock';
import { systemKeychain } from './desktop/keychain';
import type { PageDeps } from './desktop/page';
import { Pictures } from './desktop/pictures';
import { SecurityKeyPrompt } from './desktop/security-key-prompt';
import { SheetWindow } from './desktop/sheet-prompt';
import { SideWindow, windowOfEvent } from './desktop/side-window';
import type { StartFile } from './desktop/start-arguments';
import { copyText } from './desktop/text-clipboard';
import { defaultBackupFolder } from './files/backup-folder';
import { ComputerSecrets } from './files/computer-secrets';
import { DragFolder, dragBase, isProcessRunning } from './files/drag-folder';
import type { PreferencesFile } from './files/preferences';
import { RollbackMemory } from './files/rollback-memory';
import type { EarlyCalls } from './ipc/early-calls';
import { makeHandlers } from './ipc/handlers';
import { type RegisterDeps, isMet, registerHandlers } from './ipc/register';
import type { Services } from './ipc/services';
import { warmUpUnlock } from './ipc/warm-up';
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
const backupPollMs = 60_000;
const collectAfterMs = [0, 2000];
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
  readonly logFailure: RegisterDeps['logFailure'];
}

/** Makes all that the window's page is there for, and answers its calls from now on. To be called once. */
export function compose({ window, pageDeps, profile, preferences, calls, ...rest }: Begun): void {
  const { chosen, facts, logFailure } = rest;
  const keychain = systemKeychain(safeStorage, process.platform);
  const rollbackMemory = new RollbackMemory(profile, () => keychain);
  const session = new Session({
    vaultDeps: { random: systemRandom, limits: formatLimits, nowMs: () => Date.now() },
    chooseCosts: () => chooseCosts(totalmem(), nowMs),
    nowMs,
    sightings: rollbackMemory,
  });
  const dragFolder = new DragFolder({
    base: dragBase(process.env['XDG_RUNTIME_DIR']),
    nowMs: () => Date.now(),
    after: startTimer,
    isRunning: isProcessRunning,
    pid: process.pid,
  });
  dragFolder.removeLeftovers();
  app.on('will-quit', () => {
    session.lock();
    dragFolder.removeAll();
  });
  const backups = new BackupKeeper({
    session,
    folderOf: (file) => preferences.current.backupFolders[file] ?? defaultBackupFolder(file),
    highestSeen: (vaultId) => rollbackMemory.highestSeen(vaultId),
  });
  if (chosen !== null) session.choose(chosen.file, chosen.isNew);
  const keyWindow = new SideWindow('security-key', { ...pageDeps, parent: window });
  const sheetWindow = new SideWindow('sheet', { ...pageDeps, parent: window });
  const services: Services = {
    session,
    backups,
    changes: new WayChanges(session, backups),
    keychain,
    computerSecrets: new ComputerSecrets(profile),
    securityKeyPrompt: new SecurityKeyPrompt(keyWindow),
    sheet: new SheetWindow(sheetWindow),
    preferences,
    dialogs: new FileDialogs(window),
    sheetDialogs: new FileDialogs(sheetWindow),
    strength: new StrengthMeter(new URL('./strength-worker.js', import.meta.url)),
    dragFolder,
    dragOut: new DragOut(window),
    copyText,
    random: systemRandom,
    pictures: new Pictures(new URL('./qr-worker.js', import.meta.url)),
    warmUp: () => {
      warmUpUnlock();
      collectGarbage();
    },
    announceRecords: () => window.send('records:changed'),
    applyTheme: (theme) => (nativeTheme.themeSource = theme),
    folders: { home: app.getPath('home'), documents: app.getPath('documents'), downloads: app.getPath('downloads') },
    environment: process.env,
    facts,
    nowMs: () => Date.now(),
  };
  const { handlers, lockAfterMinutes } = makeHandlers(services);
  session.subscribe((event) => {
    if (event === 'locked') {
      window.renewPage();
      // Once nothing on the stack holds a key any more, and once more when what was under way has ended.
      for (const delayMs of collectAfterMs) setTimeout(collectGarbage, delayMs);
    } else if (event !== 'opened') window.send(pageEvents[event]);
  });
  registerHandlers(handlers, {
    calls,
    windowOf: windowOfEvent({ main: window, 'security-key': keyWindow, sheet: sheetWindow }),
    isMet: (needs) => isMet(needs, session.state),
    logFailure,
  });
  new IdleLock({
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    lockAfterMinutes,
    lock: () => session.lock(),
  }).start();
  setInterval(() => backups.backUpIfDue(), backupPollMs);
}

/** Runs a step after a time; gives what calls it off. */
function startTimer(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
}
