import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { fillVault } from './small-vault-records';
import { password, picture, test } from './support';

const clipboard = async () => (await promisify(execFile)('xclip', ['-o', '-selection', 'clipboard'])).stdout;
const box = ({ page }: AppDriver) => page.getByRole('combobox', { name: 'Search items and commands' });
const options = ({ page }: AppDriver) => page.getByRole('listbox', { name: 'Found' }).getByRole('option');

async function open(driver: AppDriver, typed = ''): Promise<void> {
  await driver.page.keyboard.press('Control+k');
  await expect(box(driver)).toBeFocused();
  if (typed !== '') await driver.page.keyboard.type(typed);
}

/** Opens it, types, and takes the first line once that is the one that is meant. */
async function run(driver: AppDriver, typed: string, first: string | RegExp): Promise<void> {
  await open(driver, typed);
  await expect(options(driver).first()).toContainText(first);
  await driver.page.keyboard.press('Enter');
  await expect(box(driver)).toHaveCount(0);
}

test(
  'every place and step is reached by keys alone, and the focus returns to where it was',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await fillVault(driver);
    const { page } = driver;
    const search = page.getByRole('searchbox', { name: 'Search' });
    await page.keyboard.press('Control+f');
    await expect(search).toBeFocused();
    await open(driver);
    await picture(driver, 'palette');
    await page.keyboard.press('Escape');
    await expect(search).toBeFocused();

    await run(driver, 'health', 'Health');
    await expect(page.getByRole('heading', { level: 1, name: 'Health' })).toBeVisible();
    await run(driver, 'dark', 'Dark theme');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await run(driver, 'system', 'Theme of the system');
    await run(driver, 'access keys', 'Access keys');
    await expect(page.getByRole('heading', { level: 1, name: 'Access keys' })).toBeVisible();
    await open(driver, 'account acm');
    await expect(options(driver)).toHaveText([/Acme/, /Account Acme/]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'Acme' })).toBeVisible();
    await run(driver, 'new account', 'New AWS account');
    await expect(driver.field('Name')).toBeFocused();
    await page.keyboard.press('Control+k');
    await expect(box(driver)).toHaveCount(0);
    await driver.button('Cancel').click();
    await run(driver, 'import', 'Import…');
    await expect(page.getByRole('dialog', { name: /Import/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await run(driver, 'keyboard', 'Keyboard shortcuts');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    await page.keyboard.press('Escape');
    await run(driver, 'log in to a win', 'Log in to a Windows instance');
    await expect(driver.button('All tasks')).toBeVisible();
    const gone = page.waitForEvent('close');
    await run(driver, 'lock', 'Lock').catch(() => undefined);
    await gone;
  },
);

test('items are found and opened, copied from and exported, each by keys', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await fillVault(driver);
  const { page } = driver;
  await open(driver, 'dep');
  await expect(options(driver)).toHaveCount(1);
  await expect(page.getByRole('group', { name: 'Items' })).toBeVisible();
  await page.keyboard.press('ArrowRight');
  const steps = page.getByRole('combobox', { name: 'Search what can be done' });
  await expect(steps).toBeFocused();
  await expect(options(driver)).toHaveText([
    /Open/,
    /Copy access key ID/,
    /Copy secret access key/,
    /Export…/,
    /Edit/,
    /Add to favourites/,
    /Move to trash/,
  ]);
  await picture(driver, 'palette-item');
  await page.keyboard.press('Escape');
  await expect(box(driver)).toBeFocused();
  await page.keyboard.type('dep');
  await expect(options(driver)).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('secret');
  await expect(options(driver)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect.poll(clipboard).toBe('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');
  await expect(page.getByText('leaves the clipboard')).toBeVisible();

  // Of the item that is open the steps stand first.
  await run(driver, 'web ser', 'Web server');
  await expect(page.getByRole('heading', { level: 2, name: 'Web server' })).toBeVisible();
  await open(driver);
  await expect(page.getByRole('group', { name: 'Web server' })).toBeVisible();
  await picture(driver, 'palette-open-item');
  await page.keyboard.press('Escape');
  await run(driver, 'copy pub', 'Copy public key');
  await expect.poll(clipboard).toMatch(/^ssh-ed25519 /);
  await run(driver, 'export', 'Export…');
  await expect(page.getByRole('dialog', { name: /Export/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await run(driver, 'edit', 'Edit');
  await expect(driver.button('Save')).toBeVisible();
  // Unsaved changes are asked about, and the step is taken once they are given up.
  await driver.field('Name').fill('Other');
  await run(driver, 'backups', 'Backups');
  await driver.button('Discard').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Backups' })).toBeVisible();
  await open(driver, 'nothing like this');
  await expect(page.getByText('Nothing found.')).toBeVisible();
  await picture(driver, 'palette-nothing');
});

test('steps of an item and of the vault are taken by keys alone', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await fillVault(driver);
  const { page } = driver;
  await run(driver, 'web ser', 'Web server');
  const title = page.getByRole('heading', { level: 2, name: 'Web server' });
  const star = page.getByRole('button', { name: 'Favourite', exact: true });
  await title.waitFor();
  await run(driver, 'add to f', 'Add to favourites');
  await expect(star).toHaveAttribute('aria-pressed', 'true');
  await run(driver, 'remove from f', 'Remove from favourites');
  await expect(star).toHaveAttribute('aria-pressed', 'false');
  await run(driver, 'move to t', 'Move to trash');
  await expect(page.getByText('Moved to trash')).toBeVisible();
  await run(driver, 'trash', 'Trash');
  await driver.row('Web server').click();
  await title.waitFor();
  await open(driver);
  await expect(page.getByRole('group', { name: 'Web server' }).getByRole('option')).toHaveText([
    /Restore/,
    /Delete for ever/,
  ]);
  await page.keyboard.press('Escape');
  await run(driver, 'restore', 'Restore');
  await expect(page.getByText('Restored', { exact: true })).toBeVisible();

  await run(driver, 'compare', 'Compare with EC2…');
  await expect(page.getByRole('dialog', { name: /Compare/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await run(driver, 'back up', 'Back up now');
  await expect(page.getByText('Backup made and checked')).toBeVisible();
  await open(driver, 'clear the');
  await expect(options(driver)).toHaveCount(0);
  await page.keyboard.press('Escape');
  await open(driver, 'dep');
  await expect(options(driver)).toHaveCount(1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('secret');
  await expect(options(driver)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.getByText('leaves the clipboard')).toBeVisible();
  await run(driver, 'clear the', 'Clear the clipboard');
  await expect(page.getByText('Clipboard cleared')).toBeVisible();
  await run(driver, 'recovery', 'recovery code');
  await expect(page.getByRole('dialog', { name: 'Make a recovery code' })).toBeVisible();
  await picture(driver, 'palette-recovery');
});

test('a locked vault has no palette', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await open(driver);
  await driver.whileLocking(() => driver.page.evaluate(() => void window.coffer.vault.lock({})));
  await expect(driver.field('Password')).toBeVisible();
  await driver.page.keyboard.press('Control+k');
  await expect(driver.page.getByRole('dialog')).toHaveCount(0);
  await expect(box(driver)).toHaveCount(0);
});
