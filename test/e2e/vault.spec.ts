import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { password, test } from './support';

test(
  'a newcomer chooses a place in the dialog, creates a vault, locks it and unlocks it',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start({ vaultFile: null });
    await driver.button('New vault…').click();
    await driver.answerFileDialog('Where to keep the new vault', desk.vaultFile);
    await driver.createVault(password);
    await driver.lock();
    await expect(driver.field('Password')).toBeFocused();
    await driver.unlock(password);
    await expect(driver.button('Lock')).toBeVisible();
  },
);

test('the last vault is offered at the next start, and another can be opened', { tag: '@long' }, async ({ desk }) => {
  const first = await desk.start();
  await first.createVault(password);
  await first.close();
  const second = await desk.start({ vaultFile: null });
  await expect(second.button('Unlock')).toBeVisible();
  await expect(second.page.getByText(desk.folder)).toBeVisible();
  writeFileSync(path.join(desk.folder, 'other.coffer'), 'this is no vault');
  await second.button('Open another vault…').click();
  await second.answerFileDialog('Open a vault', path.join(desk.folder, 'other.coffer'));
  await expect(second.page.getByRole('alert')).toContainText('expected a Coffer vault');
});

test('a short password is not taken, and the strength is said in words', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.field('Password').fill('password1');
  await expect(driver.page.getByText('at least 12 characters').first()).toBeVisible();
  await driver.field('Repeat password').fill('password1');
  await driver.button('Create vault').click();
  await expect(driver.button('Create vault')).toBeVisible();
  expect(existsSync(desk.vaultFile)).toBe(false);
  await driver.field('Password').fill(password);
  await expect(driver.page.getByText(/thief with the file/)).toBeVisible();
});

test('a wrong password is told apart from a damaged file, and leaves the file as it was', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.lock();
  const before = readFileSync(desk.vaultFile);
  await driver.unlock('wrong horse battery');
  await expect(driver.page.getByRole('alert')).toContainText('does not open this vault');
  expect(readFileSync(desk.vaultFile).equals(before)).toBe(true);
  const damaged = Buffer.from(before);
  // Inside the header row: its first bytes stand at the end of its database page.
  const at = damaged.indexOf('COFFER');
  damaged.writeUInt8((damaged[at + 30] ?? 0) ^ 1, at + 30);
  writeFileSync(desk.vaultFile, damaged);
  await driver.unlock(password);
  await expect(driver.page.getByRole('alert')).toContainText('damaged');
  expect(readFileSync(desk.vaultFile).equals(damaged)).toBe(true);
});

test('a second Coffer says that the vault is already open', { tag: '@long' }, async ({ desk }) => {
  const first = await desk.start();
  await first.createVault(password);
  const second = await desk.start({ profile: 'other-profile' });
  await expect(second.page.getByRole('alert')).toContainText('already open');
  await first.lock();
  await second.button('Try again').click();
  await second.unlock(password);
  await expect(second.button('Lock')).toBeVisible();
});

test('locking ends the page, its process included, and quitting leaves one file', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  const pageProcess = () =>
    driver.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
    );
  const before = await pageProcess();
  await driver.lock();
  const after = await pageProcess();
  expect(after).toHaveLength(1);
  expect(before).not.toContain(after[0]);
  await driver.unlock(password);
  await driver.button('Lock').waitFor();
  await driver.close();
  expect(readdirSync(desk.folder).filter((name) => name.startsWith('test.coffer'))).toEqual(['test.coffer']);
});

test('a killed app loses nothing that was saved', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.newItem('EC2 key pair');
  await driver.field('Name').fill('Survivor');
  await driver.button('Generate').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Survivor' }).waitFor();
  execFileSync('kill', ['-9', String(driver.app.process().pid)]);
  const again = await desk.start();
  await again.unlock(password);
  await expect(again.row('Survivor')).toBeVisible();
});

test('it locks by itself after the minutes of the settings', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.button('Settings').click();
  await driver.page.getByLabel(/lock after/i).fill('1');
  await driver.page.getByLabel(/lock after/i).press('Enter');
  await driver.page.getByLabel(/lock after/i).blur();
  const next = driver.app.waitForEvent('window', { timeout: 90_000 });
  driver.page = await next;
  await expect(driver.button('Unlock')).toBeVisible();
});
