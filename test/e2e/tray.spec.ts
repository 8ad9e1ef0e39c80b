import { execFile, execFileSync } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { Buses } from '../support/buses';
import { launchPatiently } from '../support/patient-app';
import { type TrayEntry, TrayPanel } from '../support/tray-panel';
import { codeSecret, fillVault } from './small-vault-records';
import { test as base, electron, password, root } from './support';

const test = base.extend<{ buses: Buses }>({
  buses: async ({}, use) => {
    const buses = await Buses.startSession();
    await use(buses);
    buses.stop();
  },
});

const runFile = promisify(execFile);
/** What is on it; nothing, too, where nobody owns it. */
const clipboard = () =>
  runFile('xclip', ['-o', '-selection', 'clipboard']).then(
    ({ stdout }) => stdout,
    () => '',
  );
const labels = (entries: readonly TrayEntry[] | null) =>
  entries?.filter(({ separator }) => !separator).map(({ label }) => label) ?? null;
const lockedMenu = ['Unlock…', 'Quit'];
const emptyMenu = ['Open Coffer', 'Lock', 'Quit'];
/** How the hostile title stands in the menu; the second underscore is D-Bus menus' own way to write one. */
const tamed = 'R&D a__b \ufffdgnp.exe\ufffd';

test(
  'the tray copies favourites and what was used last, follows the vault at once, and names nothing once locked',
  { tag: '@long' },
  async ({ desk, buses }) => {
    const panel = await TrayPanel.start(buses.env);
    const driver = await desk.start({ env: buses.env });
    await expect.poll(async () => labels(await panel.layout())).toEqual(lockedMenu);
    const lockedIcon = await panel.icon();
    expect(lockedIcon.sizes).toContainEqual([44, 44]);
    await driver.createVault(password);
    await expect.poll(async () => labels(await panel.layout())).toEqual(emptyMenu);
    expect((await panel.icon()).digest).not.toBe(lockedIcon.digest);

    const ids = await fillVault(driver);
    for (const id of [ids.account, ids.signIn]) {
      await driver.page.evaluate(
        (favourite) => window.coffer.record.update({ id: favourite, changes: { isFavourite: true } }),
        id,
      );
    }
    await expect.poll(async () => labels(await panel.layout())).toEqual(['Favourites', 'Acme', tamed, ...emptyMenu]);
    const menu = (await panel.layout()) ?? [];
    const copies = (title: string) => labels(menu.find(({ label }) => label === title)?.children ?? null);
    expect(copies('Acme')).toEqual(['Copy account ID', 'Copy sign-in address']);
    expect(copies(tamed)).toEqual(['Copy password', 'Copy MFA code', 'Copy e-mail address']);

    await panel.click('Acme', 'Copy account ID');
    await expect.poll(clipboard).toBe('123456789012');
    await panel.click(tamed, 'Copy password');
    await expect.poll(clipboard).toBe('Console pass 1');
    // Counts down outside of the window, too.
    const tip = async () => (await panel.icon()).tip;
    await expect.poll(tip).toMatch(/^Coffer: the clipboard is cleared in (1\d|\d|20) s$/);
    await expect(async () => {
      await panel.click(tamed, 'Copy MFA code');
      const code = execFileSync('oathtool', ['--totp', '--base32', codeSecret], { encoding: 'utf8' }).trim();
      await expect.poll(clipboard, { timeout: 2000 }).toBe(code);
    }).toPass({ timeout: 15_000 });

    // What is used in the window comes first of the used ones.
    await driver.page.evaluate((id) => window.coffer.record.copy({ id, field: 'secretAccessKey' }), ids.key);
    const used = ['Used last', 'Deploy key', tamed, 'Acme'];
    await expect
      .poll(async () => labels(await panel.layout()))
      .toEqual(['Favourites', 'Acme', tamed, ...used, ...emptyMenu]);

    await panel.click('Lock');
    await expect.poll(async () => labels(await panel.layout())).toEqual(lockedMenu);
    await expect.poll(() => panel.icon()).toEqual(lockedIcon);
    expect(JSON.stringify(await panel.layout())).not.toMatch(/Acme|Deploy|R&/);
  },
);

test('the used ones are there again after the next start; Quit quits', { tag: '@long' }, async ({ desk, buses }) => {
  const panel = await TrayPanel.start(buses.env);
  const first = await desk.start({ env: buses.env });
  await first.createVault(password);
  const { pair } = await fillVault(first);
  await first.page.evaluate((id) => window.coffer.record.copy({ id, field: 'publicKey' }), pair);
  await first.close();
  const second = await desk.start({ env: buses.env });
  await second.unlock(password);
  await second.button('Lock').waitFor();
  await expect.poll(async () => labels(await panel.layout())).toEqual(['Used last', 'Web server', ...emptyMenu]);
  const gone = second.app.waitForEvent('close');
  await panel.click('Quit');
  await gone;
});

test(
  'a desktop without a tray is told of once; the icon comes with a panel that comes later',
  { tag: '@long' },
  async ({ desk, buses }) => {
    const first = await desk.start({ env: buses.env });
    await first.createVault(password);
    const notice = (driver: typeof first) => driver.page.getByText('This desktop shows no tray icons');
    await expect(notice(first)).toBeVisible();
    const panel = await TrayPanel.start(buses.env);
    await expect.poll(async () => labels(await panel.layout())).toEqual(emptyMenu);
    await expect(notice(first)).toBeHidden();
    panel.stop();
    await first.goTo('Settings');
    await expect(notice(first)).toBeVisible();
    await first.close();

    const second = await desk.start({ env: buses.env });
    await second.unlock(password);
    await second.button('Lock').waitFor();
    await second.goTo('Settings');
    await expect(notice(second)).toHaveCount(1);
    await second.page.getByRole('checkbox', { name: 'Show an icon in the tray' }).uncheck();
    await expect(notice(second)).toHaveCount(0);
    const later = await TrayPanel.start(buses.env);
    expect(await later.layout()).toBeNull();
    await second.page.getByRole('checkbox', { name: 'Show an icon in the tray' }).check();
    await expect.poll(async () => labels(await later.layout())).toEqual(emptyMenu);
  },
);

test(
  'a start without a window has none where a panel shows the icon, which opens it',
  { tag: '@long' },
  async ({ desk, buses }) => {
    const panel = await TrayPanel.start(buses.env);
    const flags = JSON.parse(process.env['COFFER_ELECTRON_FLAGS'] ?? '[]') as string[];
    const home = { HOME: path.join(desk.folder, 'home'), XDG_CONFIG_HOME: '' };
    // Not by the desk, which waits for a window.
    const app = await launchPatiently({
      executablePath: electron,
      args: [...flags, root, `--user-data-dir=${path.join(desk.folder, 'profile')}`, '--hidden'],
      env: { ...process.env, ...buses.env, ...home },
      chromiumSandbox: true,
    });
    const windows = () => app.evaluate(({ BaseWindow }) => BaseWindow.getAllWindows().length);
    try {
      await expect.poll(async () => labels(await panel.layout())).toEqual(lockedMenu);
      // One that was opened wrongly would be there by now.
      expect(await windows()).toBe(0);
      await panel.click('Unlock…');
      await expect.poll(windows).toBe(1);
    } finally {
      await app.close();
      panel.stop();
    }
  },
);
