import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from '@playwright/test';
import { Authenticator } from '../support/authenticator';
import { KeyboardDriver } from '../support/keyboard-driver';
import { pressLastKey, readSheet } from '../support/ways-driver';
import { readClipboard } from '../support/x-clipboard';
import { password, test } from './support';

const secret = 'Tr0ub4dor&3';

test('from an empty profile to an exported key and a vault opened with a code, by the keyboard alone', async ({
  desk,
}) => {
  test.setTimeout(240_000);
  const driver = await desk.start({ vaultFile: null });
  const keys = new KeyboardDriver(driver.page);
  const { page } = driver;

  // A vault.
  await keys.pressButton('New vault…');
  await driver.answerFileDialog('Where to keep the new vault', desk.vaultFile);
  await keys.expectFocus('textbox', 'Password');
  await keys.type(password);
  await keys.reach('textbox', 'Repeat password');
  await keys.type(password);
  await keys.press('Enter');
  await page.getByRole('heading', { name: 'This vault is empty' }).waitFor();
  await keys.expectFocus('button', 'New');

  // Codes.
  await keys.pressButton('Ways in', 'Shift+Tab');
  await page.getByRole('heading', { level: 1, name: 'Ways in' }).waitFor();
  await keys.expectFocus('button', 'Ways in');
  await keys.pressButton('Change password or factors…');
  await keys.expectFocus('textbox', 'Current password');
  await keys.press('Escape');
  await keys.expectFocus('button', 'Change password or factors…');
  await keys.press('Enter');
  await keys.expectFocus('textbox', 'Current password');
  await keys.type(password);
  await keys.press('Enter');
  await keys.expectFocus('checkbox', 'Code from an authenticator app');
  await keys.press('Space');
  await keys.pressButton('Next');
  await keys.expectFocus('textbox', 'Code that is shown now');
  const groups = await page.getByLabel('Secret for the authenticator app').locator('span').allInnerTexts();
  const authenticator = new Authenticator(groups.join(''));
  const [first, second] = authenticator.lastTwo();
  await keys.type(first);
  await keys.reach('textbox', 'The next one');
  await keys.type(second);
  await keys.pressButton('Check the codes');
  await keys.expectFocus('button', 'Change now');
  const sheet = await driver.otherWindow(() => keys.press('Enter'));
  const onSheet = new KeyboardDriver(sheet);
  expect(await readSheet(sheet)).toMatch(/^(\w{4} ){6}\w{4}$/);
  await onSheet.pressButton('I have it');
  await onSheet.expectFocus('button', 'Back to the sheet');
  await onSheet.press('Escape');
  await onSheet.expectFocus('button', 'I have it');
  await onSheet.press('Enter');
  await onSheet.reach('button', 'Yes, close');
  await pressLastKey(sheet, 'Enter');
  await driver.button('Done').waitFor();
  await keys.expectFocus('button', 'Done');
  await keys.press('Enter');
  await keys.expectFocus('button', 'Change password or factors…');

  // A key pair.
  await keys.pressButton('All items', 'Shift+Tab');
  await keys.pressButton('New');
  await keys.reach('menuitem', 'EC2 key pair', 'ArrowDown');
  await keys.press('Enter');
  await keys.expectFocus('textbox', 'Name');
  await keys.press('Escape');
  await keys.expectFocus('button', 'New');
  await keys.press('Enter');
  await keys.reach('menuitem', 'EC2 key pair', 'ArrowDown');
  await keys.press('Enter');
  await keys.expectFocus('textbox', 'Name');
  await keys.type('Web server');
  await keys.reach('radio', 'RSA 2048');
  await keys.reach('radio', 'Ed25519', 'ArrowRight');
  await keys.press('Enter');
  await page.getByRole('heading', { level: 2, name: 'Web server' }).waitFor();
  await keys.expectFocus('heading', 'Web server');

  // Its file.
  await keys.pressButton('Export…');
  await keys.expectFocus('button', 'Close');
  await keys.press('Escape');
  await keys.expectFocus('button', 'Export…');
  await keys.press('Enter');
  const file = path.join(desk.folder, 'home', 'web-server.pem');
  await keys.pressButton('Export');
  await driver.answerFileDialog('Export a secret', file);
  await keys.expectFocus('button', 'Done');
  await keys.press('Enter');
  await keys.expectFocus('button', 'Export…');
  const line = execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim();
  expect(await driver.detail('publicKey')).toContain(line);

  // Its secret.
  await keys.pressButton('Reveal');
  await page.getByText('BEGIN OPENSSH PRIVATE KEY').waitFor();
  await keys.expectFocus('button', 'Hide');
  await keys.press('Enter');
  await keys.expectFocus('button', 'Reveal');

  // A secret on the clipboard, taken away again.
  await keys.press('Control+k');
  await keys.expectFocus('combobox', 'Search items and commands');
  await keys.press('Escape');
  await keys.expectFocus('button', 'Reveal');
  await keys.press('Control+k');
  await keys.type('new sign-in');
  await page.getByRole('option', { name: /new.*sign-in/i, selected: true }).waitFor();
  await keys.press('Enter');
  await keys.expectFocus('textbox', 'Name');
  await keys.press('Escape');
  await keys.expectFocus('button', 'Reveal');
  await keys.pressButton('New', 'Shift+Tab');
  await keys.reach('menuitem', 'Sign-in', 'ArrowDown');
  await keys.press('Enter');
  await keys.expectFocus('textbox', 'Name');
  await keys.type('Root');
  await keys.reach('textbox', 'E-mail address');
  await keys.type('owner@example.com');
  await keys.reach('textbox', 'Password');
  await keys.type(secret);
  await keys.press('Enter');
  await keys.expectFocus('heading', 'Root');
  await keys.pressButton('Copy Password');
  await expect.poll(() => readClipboard()).toBe(secret);
  await keys.pressButton('Clear now');
  await expect.poll(() => readClipboard()).toBe(null);
  await expect(page.getByRole('region', { name: 'Clipboard' })).toHaveCount(0);
  await keys.expectFocus('button', 'Copy Password');

  // Locked, and open again.
  await keys.reach('button', 'Lock', 'Shift+Tab');
  await driver.whileLocking(() => pressLastKey(page, 'Enter'));
  keys.page = driver.page;
  await keys.expectFocus('textbox', 'Password');
  await keys.type(password);
  await keys.reach('textbox', 'Code');
  await keys.type(await authenticator.nextCode());
  await keys.press('Enter');
  await driver.row('Root').waitFor();
  await keys.expectFocus('option', 'Root root · owner@example.com');
});
