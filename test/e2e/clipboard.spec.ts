import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { readClipboard, writeClipboard } from '../support/x-clipboard';
import { type Desk, password, picture, test } from './support';

const secret = 'Tr0ub4dor&3 über';

/** A vault with one sign-in, shown, whose secrets stay on the clipboard for so many seconds. */
async function setUp(desk: Desk, seconds: number): Promise<AppDriver> {
  writeClipboard('');
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.newItem('Sign-in');
  await driver.field('Name').fill('Root');
  await driver.field('E-mail address').fill('owner@example.com');
  await driver.field('Password').fill(secret);
  await driver.button('Save').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Root' }).waitFor();
  await driver.page.evaluate(async (clearClipboardAfterSeconds) => {
    const settings = await window.coffer.settings.get({});
    if (settings.ok) await window.coffer.settings.set({ ...settings.value, clearClipboardAfterSeconds });
  }, seconds);
  return driver;
}

const copySecret = async (driver: AppDriver) => {
  await driver.button('Copy Password').click();
  await expect.poll(() => readClipboard()).toBe(secret);
};
const bar = (driver: AppDriver) => driver.page.getByRole('region', { name: 'Clipboard' });

test('a copied secret is there for other programs, then not; what others copied meanwhile stays', async ({ desk }) => {
  const driver = await setUp(desk, 5);
  await copySecret(driver);
  // Chromium would leave it there as well, for a click of the middle button.
  expect(readClipboard('primary')).not.toBe(secret);
  writeClipboard('selected elsewhere', 'primary');
  await expect(bar(driver)).toContainText(/leaves the clipboard in [1-5] s/);
  await expect.poll(() => readClipboard(), { timeout: 8000 }).toBe(null);
  await expect(driver.page.getByRole('status').filter({ hasText: 'Clipboard cleared' })).toBeVisible();
  await expect(bar(driver)).toHaveCount(0);
  expect(readClipboard('primary')).toBe('selected elsewhere');

  await copySecret(driver);
  writeClipboard('a shopping list');
  await driver.page.getByText('holds something else by now').waitFor({ timeout: 8000 });
  expect(readClipboard()).toBe('a shopping list');

  await driver.button('Copy E-mail address').click();
  await driver.page.getByText('Not secret, so it stays there').waitFor();
  await expect(bar(driver)).toHaveCount(0);
  expect(readClipboard()).toBe('owner@example.com');
});

test('“Clear now”, locking and quitting take a copied secret away at once', async ({ desk }) => {
  const driver = await setUp(desk, 120);
  await copySecret(driver);
  await picture(driver, 'clipboard-countdown');
  await driver.button('Clear now').click();
  await expect.poll(() => readClipboard()).toBe(null);

  await copySecret(driver);
  await driver.lock();
  await expect.poll(() => readClipboard()).toBe(null);
  await driver.unlock(password);
  await driver.row('Root').click();
  await expect(bar(driver)).toHaveCount(0);

  await copySecret(driver);
  await driver.close();
  expect(readClipboard()).toBe(null);
});

test(
  'sleep takes a copied secret away, also where it does not lock; quitting leaves the text of others',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await setUp(desk, 120);
    await driver.goTo('Settings');
    await driver.page.getByLabel('The computer goes to sleep').uncheck();
    await driver.page.getByText('Saved').waitFor();
    await picture(driver, 'settings-locking');
    await driver.goTo('All items');
    await driver.row('Root').click();
    await copySecret(driver);
    await driver.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend'));
    await expect.poll(() => readClipboard()).toBe(null);
    await expect(driver.button('Lock')).toBeVisible();

    await copySecret(driver);
    writeClipboard('a shopping list');
    await driver.close();
    expect(readClipboard()).toBe('a shopping list');
  },
);
