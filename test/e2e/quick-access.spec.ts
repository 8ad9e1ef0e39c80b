import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Page, expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { countWindows } from '../support/ways-driver';
import { fillVault } from './small-vault-records';
import { password, test } from './support';

const runFile = promisify(execFile);
const clipboard = async () => (await runFile('xclip', ['-o', '-selection', 'clipboard'])).stdout;
/** Real keys, as a person presses them wherever they are. */
const press = async (keys: string) => {
  await runFile('xdotool', ['key', keys]);
};
const search = (page: Page) => page.getByRole('combobox', { name: 'Search the vault' });
const titles = (page: Page) => page.getByRole('option').locator('.title').allInnerTexts();

async function openQuick(driver: AppDriver): Promise<Page> {
  const page = await driver.otherWindow(() => press('ctrl+shift+space'));
  await search(page).waitFor();
  await expect(page.getByRole('option').first()).toBeVisible();
  return page;
}

/** Does what closes the window for quick access. */
async function untilClosed(page: Page, act: () => Promise<unknown>): Promise<void> {
  const closed = page.waitForEvent('close');
  await act().catch(() => undefined);
  await closed;
}

test('quick access opens by its keys, finds by a few letters and copies with Enter, more with the arrow keys', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  await driver.createVault(password);
  await fillVault(driver);
  const first = await openQuick(driver);
  await expect(search(first)).toBeFocused();
  expect(await titles(first)).toContain('Acme');
  await picture(first);
  await search(first).fill('dep');
  await expect(first.getByRole('option')).toHaveCount(1);
  await expect(first.getByRole('option', { name: 'Deploy key' })).toHaveAttribute('aria-selected', 'true');
  await picture(first, 'quick-found');
  // The bar fades out where there is more to scroll to, and there alone.
  const bar = first.getByRole('group', { name: 'What to copy' });
  const fades = () =>
    bar.evaluate(({ classList }) => ['more-before', 'more-after'].map((at) => classList.contains(at)));
  await bar.evaluate((element) => (element.style.maxWidth = '12rem'));
  await expect.poll(fades).toEqual([false, true]);
  await expect(bar).not.toHaveCSS('mask-image', 'none');
  await picture(first, 'quick-narrow');
  await bar.evaluate((element) => (element.scrollLeft = 20));
  await expect.poll(fades).toEqual([true, true]);
  await bar.evaluate((element) => (element.scrollLeft = element.scrollWidth));
  await expect.poll(fades).toEqual([true, false]);
  await picture(first, 'quick-narrow-end');
  await bar.evaluate((element) => element.style.removeProperty('max-width'));
  await untilClosed(first, () => search(first).press('Enter'));
  await expect.poll(clipboard).toBe('AKIAQNZGKIQY56JQ7WML');

  // What was used last stands first, and its further actions are a key away.
  const second = await openQuick(driver);
  expect((await titles(second))[0]).toBe('Deploy key');
  await search(second).press('ArrowRight');
  await expect(second.getByRole('status').first()).toHaveText('Enter: copy secret access key');
  await untilClosed(second, () => search(second).press('Enter'));
  await expect.poll(clipboard).toBe('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY');

  const third = await openQuick(driver);
  await search(third).press('ArrowDown');
  await search(third).press('ArrowUp');
  await search(third).press('Tab');
  await search(third).press('Shift+Tab');
  await expect(third.getByRole('status').first()).toHaveText('Enter: copy access key ID');
  await search(third).fill('nothing like this');
  await expect(third.getByText('Nothing found.')).toBeVisible();
  await untilClosed(third, () => search(third).press('Escape'));
  const fourth = await openQuick(driver);
  await untilClosed(fourth, () => press('ctrl+shift+space'));
  const fifth = await openQuick(driver);
  await untilClosed(fifth, () => runFile('xdotool', ['search', '--name', '^Coffer$', 'windowfocus']));
  expect(await countWindows(driver)).toEqual([1, 1]);
});

test(
  'its window may ask for nothing else, no other may ask in its place, and locking destroys it',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const { key } = await fillVault(driver);
    const quick = await openQuick(driver);
    const refused = { ok: false, error: { code: 'refused' } };
    const reveal = (page: Page) =>
      page.evaluate((id) => window.coffer.record.reveal({ id, field: 'secretAccessKey' }), key);
    expect(await reveal(quick)).toMatchObject(refused);
    expect(await driver.page.evaluate(() => window.coffer.quick.search({ query: '' }))).toMatchObject(refused);
    const misfit = await quick.evaluate((id) => window.coffer.quick.copy({ id, action: 'notes' }), key);
    expect(misfit).toMatchObject({ ok: false, error: { code: 'bad-request' } });
    const closed = quick.waitForEvent('close');
    await driver.page.evaluate(() => window.coffer.vault.lock({})).catch(() => undefined);
    await closed;
    await expect.poll(() => countWindows(driver)).toEqual([1, 1]);
  },
);

test(
  'over a locked vault the keys ask for unlocking, and open the window after it',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    const driver = await desk.start();
    await driver.createVault(password);
    await fillVault(driver);
    await driver.lock();
    await press('ctrl+shift+space');
    await expect(driver.field('Password')).toBeVisible();
    expect(await countWindows(driver)).toEqual([1, 1]);
    const quick = await driver.otherWindow(() => driver.unlock(password));
    await search(quick).fill('web');
    await expect(quick.getByRole('option', { name: 'Web server' })).toBeVisible();
    await untilClosed(quick, () => search(quick).press('Enter'));
    await expect.poll(clipboard).toMatch(/^ssh-ed25519 /);
  },
);

test(
  'other keys are chosen in the settings, which tell those that another program has',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.goTo('Settings');
    const keys = driver.field('Keys for quick access');
    await expect(keys).toHaveValue('Ctrl+Shift+Space');
    await keys.fill('space');
    await driver.button('Use these keys').click();
    await expect(driver.page.getByRole('alert')).toContainText('such as Ctrl+Shift+Space');
    await keys.fill('ctrl+alt+k');
    await driver.button('Use these keys').click();
    await expect(keys).toHaveValue('Ctrl+Alt+K');
    await expect(driver.page.getByRole('alert')).toHaveCount(0);
    const quick = await driver.otherWindow(() => press('ctrl+alt+k'));
    await expect(quick.getByText('The vault is empty.')).toBeVisible();
    await untilClosed(quick, () => search(quick).press('Escape'));

    const second = await desk.start({ profile: 'second', vaultFile: path.join(desk.folder, 'second.coffer') });
    await second.createVault(password);
    await second.goTo('Settings');
    await second.field('Keys for quick access').fill('Ctrl+Alt+K');
    await second.button('Use these keys').click();
    await expect(second.page.getByText('another program uses them')).toBeVisible();
    await second.field('Keys for quick access').fill('');
    await second.button('Use these keys').click();
    await expect(second.page.getByText('another program uses them')).toBeHidden();
  },
);

/** Light and dark, for a person to look at; only where `COFFER_PICTURES` names a folder. */
async function picture(page: Page, name = 'quick'): Promise<void> {
  const folder = process.env['COFFER_PICTURES'];
  if (folder === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: path.join(folder, `${name}-${colorScheme}.png`) });
  }
}
