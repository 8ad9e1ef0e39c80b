import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { Buses } from '../support/buses';
import { TrayPanel } from '../support/tray-panel';
import { closeSheet, finishWithSheet, openWayDialog } from '../support/ways-driver';
import { type Desk, password, test } from './support';

const press = (keys: string) => promisify(execFile)('xdotool', ['key', keys]).then(() => undefined);
const hostile = '<img src=x onerror="document.title=1;window.ran=1">';

/** Makes a key pair with the given title. */
async function makeKeyPair(driver: AppDriver, title: string, ec2Name: string): Promise<void> {
  await driver.newItem('EC2 key pair');
  await driver.field('Name').fill(title);
  await driver.field('EC2 key pair name').fill(ec2Name);
  await driver.page.getByRole('radio', { name: 'Ed25519' }).check();
  await driver.button('Generate').click();
  await expect(driver.page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(title);
}

// Where a title is shown, and how its text is found there. A new place is a line here.
const places: Readonly<Record<string, (driver: AppDriver, desk: Desk) => Promise<string | null>>> = {
  list: (driver) => driver.page.getByRole('option').first().textContent(),
  detail: (driver) => driver.page.getByRole('article').getByRole('heading', { level: 2 }).textContent(),
  activity: async (driver) => {
    await driver.page.getByRole('button', { name: 'Copy' }).first().click();
    await driver.goTo('Activity');
    await driver.page.locator('[data-what="copied"]').waitFor();
    return driver.page.getByRole('main').textContent();
  },
  'command palette': async (driver) => {
    await driver.page.keyboard.press('Control+k');
    await driver.page.keyboard.type('onerror');
    await driver.page.getByRole('group', { name: 'Items' }).waitFor();
    await driver.page.keyboard.press('ArrowRight');
    await driver.page.getByRole('combobox', { name: 'Search what can be done' }).waitFor();
    return driver.page.getByRole('dialog').textContent();
  },
  'list of exported files': async (driver) => {
    await exportToSuggestedPlace(driver);
    await driver.goTo('Exported files');
    return driver.page.getByRole('main').textContent();
  },
};

/** Exports the shown key pair under the name that Coffer suggests. */
async function exportToSuggestedPlace(driver: AppDriver): Promise<void> {
  await driver.button('Export…').click();
  await driver.page.getByRole('radio', { name: 'Choose a place…', exact: true }).check();
  await driver.button('Export').click();
  await driver.acceptFileDialog('Export a secret');
  await driver.button('Done').click();
}

for (const [place, textAt] of Object.entries(places)) {
  test(`a title that is HTML is text: ${place}`, { tag: '@long' }, async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await makeKeyPair(driver, hostile, 'hostile');
    expect(await textAt(driver, desk)).toContain(hostile);
    await expectHarmless(driver);
  });
}

test('a title that is HTML is text in the menu of the tray and in quick access', async ({ desk }) => {
  const buses = await Buses.startSession();
  try {
    const panel = await TrayPanel.start(buses.env);
    const driver = await desk.start({ env: buses.env });
    await driver.createVault(password);
    await makeKeyPair(driver, hostile, 'hostile');
    await driver.page.getByRole('button', { name: 'Favourite', exact: true }).click();
    const labels = async () => (await panel.layout())?.map(({ label }) => label);
    // Long ones are shortened in the middle.
    await expect.poll(labels).toContain('<img src=x onerror="docum…window.ran=1">');
    const quick = await driver.otherWindow(() => press('ctrl+shift+space'));
    await expect(quick.getByRole('option').locator('.title')).toHaveText(hostile);
    expect(await quick.locator('img').count()).toBe(0);
    expect(await quick.evaluate(() => Reflect.get(window, 'ran') as unknown)).toBeUndefined();
    await expectHarmless(driver);
  } finally {
    buses.stop();
  }
});

test(
  'a vault whose name is HTML is text on the recovery sheet and on the unlock screen',
  { tag: '@long' },
  async ({ desk }) => {
    const vaultFile = path.join(desk.folder, `${hostile}.coffer`);
    const driver = await desk.start({ vaultFile });
    await driver.createVault(password);
    await openWayDialog(driver, 'Make a recovery code…');
    await driver.field('Current password').fill(password);
    const sheet = await finishWithSheet(driver, 'Make the code');
    expect(await sheet.locator('body').textContent()).toContain(hostile);
    expect(await sheet.locator('img').count()).toBe(0);
    await closeSheet(sheet);
    await driver.lock();
    await driver.button('Unlock').waitFor();
    expect(await driver.page.locator('body').textContent()).toContain(hostile);
    await expectHarmless(driver);
  },
);

test(
  'the file name that an export suggests is safe on every system, whatever the title',
  { tag: '@long' },
  async ({ desk }) => {
    const stems = new Map([
      ['../../.bashrc', 'bashrc'],
      ['CON', 'key-CON'],
      ['C:\\Windows\\system32', 'C-Windows-system32'],
      ['x'.repeat(255), 'x'.repeat(100)],
      [hostile, 'img-src-x-onerror-document.title-1-window.ran-1'],
    ]);
    const driver = await desk.start();
    await driver.createVault(password);
    for (const title of stems.keys()) {
      await makeKeyPair(driver, title, title);
      await exportToSuggestedPlace(driver);
    }
    const files = readdirSync(path.join(desk.folder, 'home'), { recursive: true, encoding: 'utf8' }).filter((name) =>
      [...stems.values()].some((stem) => path.basename(name).startsWith(stem)),
    );
    expect(files).toHaveLength(stems.size);
    for (const file of files) {
      const text = readFileSync(path.join(desk.folder, 'home', file), 'latin1');
      expect(text).toContain('PRIVATE KEY');
    }
  },
);

async function expectHarmless(driver: AppDriver): Promise<void> {
  expect(await driver.page.locator('img').count()).toBe(0);
  expect(await driver.page.evaluate(() => Reflect.get(window, 'ran') as unknown)).toBeUndefined();
  expect(driver.output.filter((line) => line.startsWith('console') || line.startsWith('page error'))).toEqual([]);
}
