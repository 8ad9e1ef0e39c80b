import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { app, ipcMain, nativeTheme, session as electronSession } from 'electron';
import { serveApp, warmUpAnswers } from './desktop/app-protocol';
import { AppWindow } from './desktop/app-window';
import { setFirstMenu } from './desktop/first-menu';
import { isStartedForDebugging, lockDown, lockDownSession, silenceNetwork } from './desktop/lockdown';
import { OtherStarts } from './desktop/other-starts';
import { windowOfEvent } from './desktop/side-window';
import { askForSteadyCaret } from './desktop/steady-caret';
import { type StartFile, requestOf, vaultToBeginWith } from './desktop/start-arguments';
import { canCheckForUpdates, updateSource } from './desktop/update-source';
import { PreferencesFile, type WriteFile } from './files/preferences';
import { writeFileSafely } from './files/safe-write';
import { UpdateChoice } from './files/update-choice';
import { EarlyCalls } from './ipc/early-calls';
import { answerFirst } from './ipc/first-answer';

// The first half of the composition root: what must stand before a page may be made, and the window. All else is loaded once the page
// has its files and asks: reading code keeps this process from answering, and Chromium from starting its own.
const here = path.dirname(fileURLToPath(import.meta.url));
const devServerUrl = app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL'];
const devServer = devServerUrl === undefined ? null : new URL(devServerUrl);

if (app.isPackaged && isStartedForDebugging(process.argv)) {
  process.stderr.write('Coffer does not run under a debugger.\n');
  app.exit(1);
}
const asked = requestOf(process.argv);
const gtkFolder = app.isPackaged ? path.join(process.resourcesPath, 'gtk') : path.join(app.getAppPath(), 'assets/gtk');
const putEnvironmentBack = askForSteadyCaret(gtkFolder, process.platform, process.env);
// Another Coffer with this profile is there: it gets what this start asks for.
const isFirst = app.requestSingleInstanceLock(asked);
if (!isFirst) app.exit(0);
// As root Chromium can't; then the launcher passes the switch, and the process dies if both are given. Never when packaged.
if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
lockDown(app);
setFirstMenu(process.platform);
// As the installer's shortcut has it: else Windows shows notifications and the taskbar's button as another program's.
if (process.platform === 'win32') app.setAppUserModelId('org.coffer.Coffer');

const starts = new OtherStarts(app);
const profile = app.getPath('userData');
const write: WriteFile = (file) => writeFileSafely({ ...file, mode: 0o600, replace: true });
const preferences = new PreferencesFile(profile, write);
const isEvaluationRuntime = process.env['COFFER_EVALUATION_RUNTIME'] === '1';
const updateChoice = new UpdateChoice(profile, write);
const isCheckingForUpdates = updateChoice.current.isOn && canCheckForUpdates(updateSource, isEvaluationRuntime);
silenceNetwork(app, [
  ...(devServer === null ? [] : [devServer.hostname]),
  ...(isCheckingForUpdates ? [new URL(updateSource.manifestUrl).hostname] : []),
]);
nativeTheme.themeSource = preferences.current.theme;
const calls = new EarlyCalls(ipcMain);
const facts = {
  isEvaluationRuntime,
  versions: { coffer: app.getVersion(), electron: process.versions.electron },
};
const logFailure = (line: string) => process.stderr.write(`coffer: ${line}\n`);
let staysWithoutWindow = () => false;

/** Time that the first screen is given to be drawn. */
const firstScreenMs = 400;

/** Opens the window unless the start is a hidden one, answers its first question, then has the rest loaded. */
async function start(): Promise<void> {
  // No `persist:` prefix: cache, storage and cookies of the page stay in memory.
  const pageSession = electronSession.fromPartition('coffer');
  lockDownSession(pageSession);
  serveApp(pageSession, path.join(here, '../renderer'), devServer);
  const pageDeps = {
    preload: path.join(here, '../preload/index.cjs'),
    session: pageSession,
    zoomFactor: () => preferences.current.zoomPercent / 100,
  };
  const window = new AppWindow({
    ...pageDeps,
    savedPlace: () => preferences.current.window,
    icon: process.platform === 'linux' ? path.join(app.getAppPath(), 'assets/icons/256x256.png') : null,
    // For convenience alone.
    keepPlace: (place) => void preferences.update({ window: place }).catch(() => undefined),
  });
  const isHidden = asked.isHidden || (isStartedAtLogin() && preferences.current.startsHidden);
  if (!isHidden) window.open();
  warmUpAnswers();
  const chosen = vaultToBeginWith(asked.file ?? starts.takeFile(), preferences.current.recentVaults[0]?.file);
  if (!isHidden) await showFirstScreen(window, chosen);
  const { compose } = await import('./compose');
  const manners = compose({
    ...{ window, pageDeps, profile, preferences, calls, chosen, facts, logFailure, starts },
    ...{ updateChoice, isCheckingForUpdates },
  });
  staysWithoutWindow = () => manners.staysWithoutWindow;
  app.on('activate', () => window.open());
  if (isHidden) manners.startHidden();
}

/** Answers what the window's page asks for first, and lets it be drawn. */
async function showFirstScreen(window: AppWindow, chosen: StartFile | null): Promise<void> {
  const status = { state: stateOf(chosen), restoring: null, file: chosen?.file ?? null, ...facts } as const;
  const { theme, recentVaults } = preferences.current;
  answerFirst({ ...status, theme, recentVaults }, { calls, windowOf: windowOfEvent({ main: window }), logFailure });
  // Loading the rest holds this process up for some 50 ms: not while the first screen is drawn, unless it asks for more.
  await calls.begun;
  await Promise.race([calls.needed, new Promise((resolve) => setTimeout(resolve, firstScreenMs))]);
}

/** Known of macOS alone; elsewhere the entry at login says `--hidden` itself. */
function isStartedAtLogin(): boolean {
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin;
}

function stateOf(chosen: StartFile | null) {
  if (chosen === null) return 'none';
  return chosen.isNew ? 'new' : 'locked';
}

if (isFirst) {
  app
    .whenReady()
    .then(() => {
      putEnvironmentBack();
      return start();
    })
    .catch((error: unknown) => {
      // Without a window there is nobody to tell but the terminal.
      process.stderr.write(`Coffer could not start: ${error instanceof Error ? error.message : 'unknown error'}\n`);
      app.exit(1);
    });
}

app.on('window-all-closed', () => {
  if (!staysWithoutWindow()) app.quit();
});
