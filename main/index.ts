import { totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, nativeTheme, powerMonitor, safeStorage, session as electronSession } from 'electron';
import { collectGarbage } from './crypto/collect-garbage';
import { systemRandom } from './crypto/random';
import { setApplicationMenu } from './desktop/app-menu';
import { serveApp } from './desktop/app-protocol';
import { AppWindow } from './desktop/app-window';
import { FileDialogs } from './desktop/file-dialogs';
import { IdleLock } from './desktop/idle-lock';
import { systemKeychain } from './desktop/keychain';
import { isStartedForDebugging, lockDown, lockDownSession, silenceNetwork } from './desktop/lockdown';
import { vaultFileIn } from './desktop/start-arguments';
import { Pictures } from './desktop/pictures';
import { SecurityKeyPrompt } from './desktop/security-key-prompt';
import { SheetWindow } from './desktop/sheet-prompt';
import { SideWindow, windowOfEvent } from './desktop/side-window';
import { copyText } from './desktop/text-clipboard';
import { defaultBackupFolder } from './files/backup-folder';
import { ComputerSecrets } from './files/computer-secrets';
import { RollbackMemory } from './files/rollback-memory';
import { PreferencesFile } from './files/preferences';
import { writeFileSafely } from './files/safe-write';
import { makeHandlers } from './ipc/handlers';
import { isMet, registerHandlers } from './ipc/register';
import type { Services } from './ipc/services';
import { warmUpUnlock } from './ipc/warm-up';
import { BackupKeeper } from './vault/backup-keeper';
import { chooseCosts, formatLimits } from './vault/kdf-policy';
import { Session } from './vault/session';
import { StrengthMeter } from './vault/strength';
import { WayChanges } from './vault/way-changes';

// The composition root: makes each service with the real clock, randomness, limits and costs, and hands it what it needs.
const pageEvents = {
  changed: 'app:changed',
  'integrity-changed': 'integrity:changed',
  'ways-changed': 'ways:changed',
} as const;
const backupPollMs = 60_000;
const collectAfterMs = [0, 2000];
const here = path.dirname(fileURLToPath(import.meta.url));
const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
const devServer = devServerUrl === undefined ? null : new URL(devServerUrl);

if (app.isPackaged && isStartedForDebugging(process.argv)) {
  process.stderr.write('Coffer does not run under a debugger.\n');
  app.exit(1);
}
// As root Chromium can't; then the launcher passes the switch, and the process dies if both are given. Never when packaged.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
lockDown(app);
silenceNetwork(app, devServer);
setApplicationMenu(process.platform);

const nowMs = () => performance.now();
const preferences = new PreferencesFile(app.getPath('userData'), ({ folder, fileName, bytes }) =>
  writeFileSafely({ folder, fileName, bytes, mode: 0o600, replace: true }),
);
nativeTheme.themeSource = preferences.current.theme;
const profile = app.getPath('userData');
const keychain = systemKeychain(safeStorage, process.platform);
const rollbackMemory = new RollbackMemory(profile, () => keychain);
const session = new Session({
  vaultDeps: { random: systemRandom, limits: formatLimits, nowMs: () => Date.now() },
  chooseCosts: () => chooseCosts(totalmem(), nowMs),
  nowMs,
  sightings: rollbackMemory,
});
const backups = new BackupKeeper({
  session,
  folderOf: (file) => preferences.current.backupFolders[file] ?? defaultBackupFolder(file),
  highestSeen: (vaultId) => rollbackMemory.highestSeen(vaultId),
});
vaultFileIn(process.argv, preferences.current.lastVaultFile, (file, isNew) => session.choose(file, isNew));

/** Makes what needs Electron to be ready, and opens the window. */
function start(): void {
  // No `persist:` prefix: cache, storage and cookies of the page stay in memory.
  const pageSession = electronSession.fromPartition('coffer');
  lockDownSession(pageSession);
  serveApp(pageSession, path.join(here, '../renderer'), devServer);
  const pageDeps = { preload: path.join(here, '../preload/index.cjs'), session: pageSession };
  const window = new AppWindow(pageDeps);
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
    copyText,
    random: systemRandom,
    pictures: new Pictures(new URL('./qr-worker.js', import.meta.url)),
    warmUp: () => {
      warmUpUnlock();
      collectGarbage();
    },
    announceRecords: () => window.send('records:changed'),
    applyTheme: (theme) => (nativeTheme.themeSource = theme),
    folders: { home: app.getPath('home'), documents: app.getPath('documents') },
    environment: process.env,
    facts: {
      isEvaluationRuntime: process.env['COFFER_EVALUATION_RUNTIME'] === '1',
      versions: { coffer: app.getVersion(), electron: process.versions.electron },
    },
    nowMs: () => Date.now(),
  };
  const { handlers, lockAfterMinutes } = makeHandlers(services);
  registerHandlers(handlers, {
    ipcMain,
    windowOf: windowOfEvent({ main: window, 'security-key': keyWindow, sheet: sheetWindow }),
    isMet: (needs) => isMet(needs, session.state),
    logFailure: (line) => process.stderr.write(`coffer: ${line}\n`),
  });
  session.subscribe((event) => {
    if (event === 'locked') {
      window.renewPage();
      // Once nothing on the stack holds a key any more, and once more when what was under way has ended.
      for (const delayMs of collectAfterMs) setTimeout(collectGarbage, delayMs);
    } else if (event !== 'opened') window.send(pageEvents[event]);
  });
  new IdleLock({
    idleSeconds: () => powerMonitor.getSystemIdleTime(),
    lockAfterMinutes,
    lock: () => session.lock(),
  }).start();
  setInterval(() => backups.backUpIfDue(), backupPollMs);
  window.open();
  app.on('activate', () => window.open());
}

app
  .whenReady()
  .then(start)
  .catch((error: unknown) => {
    // Without a window there is nobody to tell but the terminal.
    process.stderr.write(`Coffer could not start: ${error instanceof Error ? error.message : 'unknown error'}\n`);
    app.exit(1);
  });

app.on('window-all-closed', () => app.quit());
app.on('will-quit', () => session.lock());
