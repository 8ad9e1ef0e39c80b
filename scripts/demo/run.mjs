/** The demo itself: one app, one new vault, every step by the screens. Called by demo.mjs with the out folder. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { AppDriver } from '../../test/support/app-driver.ts';
import { Buses } from '../../test/support/buses.ts';
import { TrayPanel } from '../../test/support/tray-panel.ts';
import { buildPseudoApp } from '../lib/pseudo-app.mjs';
import { root } from '../lib/steps.mjs';
import { showBackups, showRecovery } from './backups.mjs';
import { showClipboard, showScreenLock } from './clipboard.mjs';
import { showDrag } from './drag.mjs';
import { importFolder } from './imports.mjs';
import { showItemScreens } from './item-screens.mjs';
import { showKeyPairs } from './key-pairs.mjs';
import { showKinds } from './kinds.mjs';
import { showOtherScreens } from './other-screens.mjs';
import { readPseudo, speakPseudo } from './pseudo-driver.mjs';
import { Report } from './report.mjs';
import { showTray } from './tray.mjs';
import { showVault } from './vault.mjs';
import { showWays } from './ways.mjs';

const [, , out, importFrom = '', passphrases = '', screens = ''] = process.argv;
const made = [
  ...['demo.coffer', 'demo.coffer-wal', 'demo.coffer-journal', 'demo backups', 'demo.coffer-key', 'recovery-sheet.pdf'],
  ...['demo-copy.coffer', 'demo-copy.coffer-wal', 'demo-copy.coffer-journal', 'demo-copy backups'],
  ...['exports', 'screenshots', 'screens', 'profile', 'home', 'run', 'pseudo-app', 'report.json'],
];
for (const name of made) rmSync(path.join(out, name), { recursive: true, force: true });
for (const name of ['exports', 'screenshots', 'screens', 'profile', 'home', 'run'])
  mkdirSync(path.join(out, name), { recursive: true, mode: 0o700 });

const pseudoFolder = screens === 'pseudo' ? path.join(out, 'pseudo-app') : null;
if (pseudoFolder !== null) {
  mkdirSync(pseudoFolder);
  await buildPseudoApp(pseudoFolder);
}
const buses = await Buses.startSession();
const panel = await TrayPanel.start(buses.env);
const driver = await AppDriver.start({
  electron: process.env.COFFER_ELECTRON,
  flags: JSON.parse(process.env.COFFER_ELECTRON_FLAGS),
  appFolder: pseudoFolder ?? root,
  profile: path.join(out, 'profile'),
  home: path.join(out, 'home'),
  // As after the installation; the demo chooses its vault by the first screen.
  vaultFile: null,
  env: { ...buses.env, XDG_RUNTIME_DIR: path.join(out, 'run') },
});
// Beside other work on a slow machine, one derivation of a key can take longer than Playwright waits by itself.
driver.app.context().setDefaultTimeout(120_000);
const password = `demo ${randomBytes(12).toString('base64url')}`;
const report = await Report.begin(driver, out, password, /** @type {'' | 'screens' | 'axe' | 'pseudo'} */ (screens));
if (screens === 'pseudo') {
  speakPseudo(driver);
  readPseudo(panel);
}
let hasFailed = false;
try {
  const demo = { driver, report, out, password, buses, panel };
  await showVault(demo, async () => {
    await showKeyPairs(demo);
    const awaitGone = await showDrag(demo);
    await showKinds(demo);
    // Before the vault is locked, which takes dragged files away at once.
    await awaitGone();
    await showTray(demo);
    await showClipboard(demo);
    await showScreenLock(demo);
    if (report.takesScreens) {
      await showOtherScreens(demo);
      await showItemScreens(demo);
    }
    if (importFrom !== '') await importFolder(demo, { folder: importFrom, passphrases: passphrases || null });
  });
  const authenticator = await showWays(demo);
  await showBackups(demo);
  await showRecovery(demo, authenticator);
} catch (error) {
  hasFailed = true;
  process.stderr.write(`coffer: demo: ${error.stack}\n`);
} finally {
  await driver.close();
  panel.stop();
  buses.stop();
}
process.exitCode = report.finish() && !hasFailed ? 0 : 1;
