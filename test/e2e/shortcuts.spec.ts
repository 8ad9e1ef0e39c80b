import { execFileSync } from 'node:child_process';
import { expect } from '@playwright/test';
import { password, picture, test } from './support';

/** Presses real keys, as Playwright's own do not reach menus. */
const press = (...keys: string[]) => execFileSync('xdotool', ['key', '--delay', '200', ...keys]);

test(
  'the sheet of shortcuts opens by its key where no text is typed, and by the menu',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    const { page } = driver;
    const sheet = () => driver.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await driver.field('Password').fill('what?');
    await page.keyboard.press('?');
    await expect(sheet()).toHaveCount(0);
    await driver.field('Password').fill('');
    await driver.createVault(password);
    await page.keyboard.press('?');
    await expect(sheet()).toBeVisible();
    await expect(sheet().locator('[data-shortcut="palette"]')).toContainText('Ctrl+K');
    await expect(sheet().locator('[data-shortcut="quick-access"]')).toContainText('Ctrl+Shift+Space');
    await expect(sheet().locator('[data-shortcut="list-move"] kbd')).toHaveCount(6);
    await picture(driver, 'shortcuts');
    // Behind it nothing takes keys.
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('dialog')).toHaveCount(1);
    await page.keyboard.press('Escape');
    await expect(sheet()).toHaveCount(0);

    // The last entry of Help is About, the one before it the sheet's.
    press('alt+h', 'Up', 'Up', 'Return');
    await expect(sheet()).toBeVisible();
    await driver.button('Close').last().click();
    // The page and the menu know the same keys, and one press is one step.
    press('ctrl+k');
    await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
    press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.keyboard.press('F1');
    await expect(page.getByRole('heading', { name: 'What do you want to do?' })).toBeVisible();
    await page.keyboard.press('Control+,');
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await page.keyboard.press('Control+n');
    await expect(page.getByRole('dialog', { name: /New|Generate/ })).toBeVisible();
  },
);
