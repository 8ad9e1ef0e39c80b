import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { startNotificationDesk } from '../support/notification-desk';
import { type Desk, electron, generateKeyPair, password, picture, root, test } from './support';

const flags = JSON.parse(process.env['COFFER_ELECTRON_FLAGS'] ?? '[]') as string[];

/** Starts the program once more with the same profile, as a file manager does, and waits until it ends. */
async function startAgain(desk: Desk, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number | null> {
  const profile = `--user-data-dir=${path.join(desk.folder, 'profile')}`;
  const child = spawn(electron, [...flags, root, profile, ...args], {
    cwd: desk.folder,
    env: { ...process.env, HOME: path.join(desk.folder, 'home'), XDG_CONFIG_HOME: '', ...env },
    stdio: 'ignore',
  });
  return await new Promise((resolve) => child.once('exit', resolve));
}

const windowOf = (driver: AppDriver) =>
  driver.app.evaluate(({ BaseWindow }) => {
    const [window] = BaseWindow.getAllWindows();
    return window === undefined
      ? null
      : { ...window.getBounds(), isVisible: window.isVisible(), isMinimised: window.isMinimized() };
  });

const preferencesOf = (desk: Desk) =>
  JSON.parse(readFileSync(path.join(desk.folder, 'profile/preferences.json'), 'utf8')) as Record<string, unknown>;

/** Presses a real key, as Playwright's own do not reach menus. */
const press = (key: string) => execFileSync('xdotool', ['key', key]);

/** Runs a test on a desktop with a window manager, without which no window is made small or large. */
async function withWindowManager(run: () => Promise<void>) {
  const manager = spawn('openbox', [], { stdio: 'ignore' });
  const ended = new Promise((resolve) => manager.once('exit', resolve));
  try {
    await run();
  } finally {
    manager.kill();
    await ended;
  }
}

test('a second start hands its file to the first, which locks, and ends', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  // Its own vault again: nothing to do.
  expect(await startAgain(desk, ['test.coffer'])).toBe(0);
  await expect(driver.button('Lock')).toBeVisible();
  await driver.whileLocking(async () => {
    expect(await startAgain(desk, ['other.coffer'])).toBe(0);
  });
  await expect(driver.button('Create vault')).toBeVisible();
  await expect(driver.page.getByRole('heading', { name: 'New vault' })).toBeVisible();
  expect(await driver.app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows().length)).toBe(1);
  expect(driver.output.join('')).not.toMatch(/error/i);
});

test(
  'a start without a window has a button in the taskbar, and a second start shows it',
  { tag: '@long' },
  ({ desk }) =>
    withWindowManager(async () => {
      const driver = await desk.start({ flags: ['--hidden'] });
      await expect.poll(async () => (await windowOf(driver))?.isMinimised).toBe(true);
      expect(await startAgain(desk, ['--hidden'])).toBe(0);
      expect((await windowOf(driver))?.isMinimised).toBe(true);
      expect(await startAgain(desk, [])).toBe(0);
      await expect.poll(async () => (await windowOf(driver))?.isMinimised).toBe(false);
      expect((await windowOf(driver))?.isVisible).toBe(true);
      await expect(driver.button('Create vault')).toBeVisible();
    }),
);

test('the window opens where it was, and on the screen if that is not there any more', { tag: '@long' }, ({ desk }) =>
  withWindowManager(async () => {
    const place = { x: 120, y: 90, width: 900, height: 600 };
    const first = await desk.start();
    await first.app.evaluate(({ BaseWindow }, bounds) => BaseWindow.getAllWindows()[0]?.setBounds(bounds), place);
    await expect.poll(() => windowOf(first)).toMatchObject(place);
    await first.close();
    expect(preferencesOf(desk)['window']).toEqual({ ...place, isMaximised: false });
    const second = await desk.start();
    await expect.poll(() => windowOf(second)).toMatchObject(place);
    await second.app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows()[0]?.maximize());
    await expect.poll(async () => (await windowOf(second))?.width).toBeGreaterThan(place.width);
    await second.close();
    expect(preferencesOf(desk)['window']).toEqual({ ...place, isMaximised: true });
    const third = await desk.start();
    await expect.poll(async () => (await windowOf(third))?.width).toBeGreaterThan(place.width);
    await third.close();
    const offScreen = { ...preferencesOf(desk), window: { ...place, x: 9000, isMaximised: false } };
    writeFileSync(path.join(desk.folder, 'profile/preferences.json'), JSON.stringify(offScreen));
    const fourth = await desk.start();
    const { width, height } = await fourth.app.evaluate(({ screen }) => screen.getPrimaryDisplay().workArea);
    const shown = await windowOf(fourth);
    expect(shown).toMatchObject({ width: place.width, height: place.height });
    expect(shown!.x).toBeGreaterThanOrEqual(0);
    expect(shown!.x + place.width).toBeLessThanOrEqual(width);
    expect(shown!.y + place.height).toBeLessThanOrEqual(height);
  }),
);

test(
  'recent vaults are listed where one is chosen, say which are gone, and can be forgotten',
  { tag: '@long' },
  async ({ desk }) => {
    const fileOf = (name: string) => path.join(desk.folder, 'home', `${name}.coffer`);
    const maker = await desk.start({ vaultFile: fileOf('work') });
    await maker.createVault(password);
    await maker.close();
    copyFileSync(fileOf('work'), fileOf('clients'));
    const [work] = preferencesOf(desk)['recentVaults'] as { file: string; atMs: number }[];
    expect(work).toMatchObject({ file: fileOf('work') });
    const recentVaults = [work, ...['clients', 'private'].map((name) => ({ file: fileOf(name), atMs: 1 }))];
    const preferences = { ...preferencesOf(desk), recentVaults };
    writeFileSync(path.join(desk.folder, 'profile/preferences.json'), JSON.stringify(preferences));
    const driver = await desk.start({ vaultFile: null });
    await expect(driver.page.getByRole('heading', { name: 'work' })).toBeVisible();
    const rows = driver.page.getByRole('listitem');
    await expect(rows).toHaveCount(2);
    await expect(rows.nth(0)).toHaveText(/clients\s*~/);
    await expect(rows.nth(1)).toHaveText(/private\s*Not there any more: ~/);
    await expect(rows.nth(1).getByRole('button').first()).toBeDisabled();
    await picture(driver, 'unlock-recent');
    await rows.nth(0).getByRole('button').first().click();
    await expect(driver.page.getByRole('heading', { name: 'clients' })).toBeVisible();
    await expect(rows.nth(0)).toContainText('work');
    await driver.button('Remove private from the list').click();
    await expect(rows).toHaveCount(1);
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await driver.lock();
    await expect(driver.page.getByRole('heading', { name: 'clients' })).toBeVisible();
    const names = (preferencesOf(desk)['recentVaults'] as { file: string }[]).map(({ file }) => path.basename(file));
    expect(names).toEqual(['clients.coffer', 'work.coffer']);
    await driver.close();
    for (const name of ['clients', 'work']) rmSync(fileOf(name));
    const without = await desk.start({ vaultFile: null });
    await expect(without.button('New vault…')).toBeVisible();
    await expect(without.page.getByRole('listitem')).toHaveCount(2);
    await picture(without, 'start-recent');
  },
);

test(
  'start at login is an entry of the desktop that names this program, and goes again',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.goTo('Settings');
    const entry = path.join(desk.folder, 'home/.config/autostart/coffer.desktop');
    expect(existsSync(entry)).toBe(false);
    await driver.page.getByLabel('Start Coffer at login').check();
    await expect.poll(() => existsSync(entry)).toBe(true);
    expect(statSync(entry).mode & 0o777).toBe(0o644);
    expect(readFileSync(entry, 'utf8')).not.toContain('--hidden');
    await driver.page.getByLabel('Without a window').check();
    await expect.poll(() => readFileSync(entry, 'utf8')).toContain('"--hidden"');
    await picture(driver, 'settings');
    // What a desktop would run, read by GLib, a stranger to Coffer.
    const script = `import gi, sys
gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib
info = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])
print('\\n'.join(GLib.shell_parse_argv(info.get_commandline())[1]))`;
    const command = execFileSync('/usr/bin/python3', ['-c', script, entry]).toString().trim().split('\n');
    expect(command).toContain(electron);
    expect(command.slice(-2)).toEqual([root, '--hidden']);
    await driver.page.getByLabel('Start Coffer at login').uncheck();
    await expect.poll(() => existsSync(entry)).toBe(false);
  },
);

test('About names the versions, copies them, and shows the licences', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.goTo('Settings');
  await driver.button('Versions and licences').click();
  const dialog = driver.page.getByRole('dialog', { name: 'About Coffer' });
  await expect(dialog.getByText('SQLite', { exact: true })).toBeVisible();
  await picture(driver, 'about');
  await dialog.getByRole('button', { name: 'Copy versions' }).click();
  await expect(dialog.getByRole('button', { name: 'Copied' })).toBeVisible();
  const copied = execFileSync('xclip', ['-o', '-selection', 'clipboard']).toString();
  expect(copied).toMatch(
    /^Coffer \d+\.\d+\.\d+\nElectron \d+\..*\nChromium \d+\..*\nNode \d+\..*\nSQLite 3\.\d+\.\d+$/,
  );
  await dialog.getByText(/packages that Coffer is made of/).click();
  await dialog.getByText(/^argon2 /).click();
  await expect(dialog.getByText(/Permission is hereby granted/).filter({ visible: true })).toHaveCount(1);
  await picture(driver, 'about-licences');
});

test('the menu bar appears with Alt, its keys work, and zooming is kept', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  const height = () => driver.page.evaluate(() => innerHeight);
  const whole = await height();
  press('alt');
  await expect.poll(height).toBeLessThan(whole);
  press('Escape');
  await expect.poll(height).toBe(whole);
  press('ctrl+comma');
  await expect(driver.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
  const ratio = () => driver.page.evaluate(() => Math.round(devicePixelRatio * 100));
  expect(await ratio()).toBe(100);
  press('ctrl+plus');
  await expect.poll(ratio).toBe(110);
  press('ctrl+minus');
  press('ctrl+minus');
  await expect.poll(ratio).toBe(90);
  await driver.whileLocking(() => Promise.resolve(press('ctrl+l')));
  await expect(driver.button('Unlock')).toBeVisible();
  expect(await ratio()).toBe(90);
  await driver.close();
  const again = await desk.start();
  const ratioAgain = () => again.page.evaluate(() => Math.round(devicePixelRatio * 100));
  expect(await ratioAgain()).toBe(90);
  press('ctrl+0');
  await expect.poll(ratioAgain).toBe(100);
});

test(
  'fields have the menu for cutting, copying and pasting, and a password is not copied',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    // The menu itself is drawn by the system, and waits for an answer there: its place is taken.
    await driver.app.evaluate(({ Menu }) => {
      const shown: string[] = [];
      Object.assign(globalThis, { shown });
      Menu.prototype.popup = function (this: Electron.Menu) {
        shown.push(this.items.map(({ label, enabled }) => (enabled ? label : `(${label})`)).join(', '));
      };
    });
    const shown = () => driver.app.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
    await driver.field('Password').fill('secret words');
    await driver.field('Password').selectText();
    await driver.field('Password').click({ button: 'right' });
    await expect.poll(shown).toHaveLength(1);
    expect((await shown())[0]).toMatch(/^\(Cut\), \(Copy\), \(?Paste\)?, Select all$/);
  },
);

test('a notification is shown only if it was asked for, and names nothing', async ({ desk }) => {
  const bus = await startNotificationDesk();
  try {
    const driver = await desk.start({ env: bus.env });
    await driver.createVault(password);
    await generateKeyPair(driver, '<b>Acme</b>');
    const lockByItself = async () => {
      await driver.whileLocking(() => driver.pretendIdle(10_000));
      await driver.button('Unlock').waitFor();
      await driver.pretendIdle(0);
      await driver.unlock(password);
      await driver.button('Lock').waitFor();
    };
    await lockByItself();
    expect(bus.shown()).toEqual([]);
    await driver.goTo('Settings');
    await driver.page.getByLabel('The vault was locked by itself').check();
    await driver.page.getByText('Saved').waitFor();
    await lockByItself();
    await expect.poll(bus.shown).toEqual([{ summary: 'Coffer', body: 'The vault was locked.' }]);
  } finally {
    await bus.stop();
  }
});
