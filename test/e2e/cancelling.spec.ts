import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Locator, expect } from '@playwright/test';
import { fillWayDialog, openWayDialog } from '../support/ways-driver';
import { password, picture, test } from './support';

const otherPassword = 'another horse battery';

/** Presses a button, then what gives up what it began. Waited for from before the press on: the derivation takes a second. */
async function giveUp(begin: () => Promise<unknown>, busy: Locator, cancel: Locator): Promise<void> {
  await Promise.all([busy.waitFor(), begin()]);
  await cancel.click();
  await expect(busy).toHaveCount(0);
}

test('making a vault, and unlocking it, can be cancelled; what was typed stays, and the next try goes through', async ({
  desk,
}) => {
  const driver = await desk.start();
  await driver.field('Password').fill(password);
  await driver.field('Repeat password').fill(password);
  const making = driver.page.getByRole('status').filter({ hasText: 'Making the vault' });
  await giveUp(() => driver.button('Create vault').click(), making, driver.button('Cancel'));
  await expect(driver.page.getByText('Cancelled. No vault was made')).toBeVisible();
  expect([existsSync(desk.vaultFile), readdirSync(desk.folder).filter((name) => name.startsWith('.'))]).toEqual([
    false,
    [],
  ]);
  await expect(driver.field('Password')).toBeFocused();
  await picture(driver, 'create-cancelled');
  await driver.button('Create vault').click();
  await driver.button('Lock').waitFor();
  await driver.lock();

  // Locking has put another page in the place of the one before.
  const { page } = driver;
  const unlocking = page.getByRole('status').filter({ hasText: 'Unlocking…' });
  await driver.field('Password').fill(password);
  await giveUp(() => page.keyboard.press('Enter'), unlocking, driver.button('Cancel'));
  await expect(page.getByRole('status').filter({ hasText: 'Unlocking was cancelled' })).toBeAttached();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(driver.field('Password')).toBeFocused();
  // By the keyboard, with a wrong password: it is not counted as a wrong try.
  for (let n = 0; n < 4; n++) {
    await driver.field('Password').fill('a wrong horse battery');
    await Promise.all([unlocking.waitFor(), page.keyboard.press('Enter')]);
    await page.keyboard.press('Escape');
    await expect(unlocking).toHaveCount(0);
  }
  await driver.field('Password').fill(password);
  await page.keyboard.press('Enter');
  await expect(driver.button('Lock')).toBeVisible();
});

test('a change of the ways in can be cancelled, and all is as it was', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  const { page } = driver;
  await driver.createVault(password);
  await openWayDialog(driver, 'Change password or factors…');
  await fillWayDialog(driver, { current: password, newPassword: otherPassword, factors: [] });
  const dialog = page.getByRole('dialog');
  const working = dialog.getByRole('progressbar');
  await Promise.all([working.waitFor(), driver.button('Change now').click()]);
  await picture(driver, 'ways-working');
  await driver.button('Cancel').click();
  await expect(dialog.getByText('Cancelled. The ways in are as they were.')).toBeVisible();
  await picture(driver, 'ways-cancelled');
  // Once more, by the keyboard.
  await Promise.all([working.waitFor(), driver.button('Change now').click()]);
  await page.keyboard.press('Escape');
  await expect(working).toHaveCount(0);
  await driver.button('Close').click();
  await driver.button('Make a recovery code…').click();
  await driver.field('Current password').fill(password);
  const making = page.getByRole('status').filter({ hasText: 'Making the code' });
  await giveUp(() => driver.button('Make the code').click(), making, driver.button('Cancel'));
  await expect(driver.field('Current password')).toHaveValue(password);
  await driver.button('Close').click();
  expect(readdirSync(desk.folder).filter((name) => name.startsWith('.'))).toEqual([]);
  await driver.lock();
  await driver.unlock(password);
  await expect(driver.button('Lock')).toBeVisible();
});

test('an import shows how far it has come, and can be cancelled', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  const { page } = driver;
  await driver.createVault(password);
  const downloads = path.join(desk.folder, 'home/Downloads');
  mkdirSync(downloads);
  const letters = (n: number) => Array.from(String(n), (digit) => 'ABCDEFGHIJ'[Number(digit)]).join('');
  const rowsOf = (from: number) =>
    Array.from({ length: 1000 }, (_, n) => `AKIA${letters(from + n).padStart(16, 'Z')},${'a'.repeat(40)}`);
  for (const from of [0, 1000]) {
    const lines = ['Access key ID,Secret access key', ...rowsOf(from), ''];
    writeFileSync(path.join(downloads, `keys-${from}.csv`), lines.join('\n'));
  }
  await driver.button('Import…').first().click();
  const dialog = page.getByRole('dialog');
  await driver.button('Look on this computer').click();
  await page.getByText('2000 found: 2000 ready.').waitFor();
  const bar = dialog.getByRole('progressbar', { name: 'Importing…' });
  await Promise.all([bar.waitFor(), driver.button('Import 2000').click()]);
  // A second or two for all: a key is quicker than the mouse.
  await page.keyboard.press('Escape');
  await expect(bar).toHaveCount(0);
  await expect(dialog.getByText(/^\d+ imported\. Cancelled: what was imported stays/)).toBeVisible();
  await picture(driver, 'import-cancelled');
  await dialog.getByRole('button', { name: /^Import \d+$/ }).click();
  // A second or two here, and half a minute where the machine has other work.
  await expect(dialog.getByText('2000 imported.', { exact: true })).toBeVisible({ timeout: 120_000 });
  await driver.button('Done').click();
});
