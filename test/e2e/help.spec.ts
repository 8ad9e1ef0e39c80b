import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { makeRecoveryCode } from '../support/ways-driver';
import { password, picture, test } from './support';

test(
  'the help is read while locked and while open, and its links lead from page to page',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const { page } = driver;
    await driver.goTo('Help');
    const title = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
    await expect(title('Help')).toBeVisible();
    await picture(driver, 'help');
    await page.getByRole('button', { name: 'The recovery drill' }).click();
    await expect(title('The recovery drill')).toBeVisible();
    await expect(driver.button('All pages')).toBeFocused();
    await picture(driver, 'help-drill');
    await page.getByRole('heading', { level: 2, name: 'When something is really lost' }).scrollIntoViewIfNeeded();
    await picture(driver, 'help-lost');
    await driver.button('All pages').click();
    await expect(title('Help')).toBeVisible();
    await driver.goTo('Health');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('help');
    await page.keyboard.press('Enter');
    await expect(title('Help')).toBeVisible();

    await driver.lock();
    await picture(driver, 'help-unlock');
    await driver.button('Help').click();
    const dialog = driver.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'What protects what' }).click();
    await expect(dialog.getByRole('heading', { level: 2, name: 'What protects what' })).toBeVisible();
    await picture(driver, 'help-locked');
    await driver.page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
  },
);

test(
  'the recovery drill goes as its page says, and leaves the vault byte for byte as it was',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const copy = path.join(desk.folder, 'drill.coffer');
    const driver = await desk.start();
    await driver.createVault(password);
    const code = await makeRecoveryCode(driver, password);
    await driver.goTo('Backups');
    await driver.button('Save a copy…').click();
    await driver.answerFileDialog('Save a copy of the vault', copy);
    await driver.page.getByText('Saved drill.coffer').waitFor();
    await driver.lock();
    const before = readFileSync(desk.vaultFile);
    await driver.button('Open another vault…').click();
    await driver.answerFileDialog('Open a vault', copy);
    await driver.page.getByRole('heading', { name: 'drill', exact: true }).waitFor();
    await driver.unlockWithRecoveryCode(code);
    await driver.page.getByRole('heading', { name: 'Choose new ways in' }).waitFor();
    await driver.whileLocking(() => driver.button('Not now: lock again').click());
    await driver.button('Open another vault…').click();
    await driver.answerFileDialog('Open a vault', desk.vaultFile);
    await driver.page.getByRole('heading', { name: 'test', exact: true }).waitFor();
    expect(readFileSync(desk.vaultFile).equals(before)).toBe(true);
    // The sheet is as good as before.
    await driver.unlockWithRecoveryCode(code);
    await driver.page.getByRole('heading', { name: 'Choose new ways in' }).waitFor();
  },
);
