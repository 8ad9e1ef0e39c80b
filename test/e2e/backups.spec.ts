import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { addItem, changeWays, fillWayDialog, openWayDialog } from '../support/ways-driver';
import { password, test } from './support';

const newPassword = 'another horse battery';

/** Restores the backup of a row of the list. */
async function restore(driver: AppDriver, row: number): Promise<void> {
  await driver.goTo('Backups');
  await driver.page.locator('[data-backup]').nth(row).getByRole('button').click();
  await driver.button('Restore').click();
}

test('a backup is made by itself, another by hand, and a restore goes back', async ({ desk }) => {
  test.setTimeout(240_000);
  const folder = path.join(desk.folder, 'test backups');
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.goTo('Backups');
  await expect(driver.page.getByText('No backups yet')).toBeVisible();
  await addItem(driver, 'First');
  // Looked for once a minute.
  await expect.poll(() => existsSync(folder) && readdirSync(folder).length, { timeout: 90_000 }).toBe(1);
  await driver.goTo('Backups');
  await expect(driver.page.locator('[data-backup]')).toHaveCount(1);
  await driver.button('Back up now').click();
  await expect(driver.page.locator('[data-backup]')).toHaveCount(2);
  await addItem(driver, 'Second');
  await restore(driver, 0);
  await driver.page.getByText('Restored').first().waitFor();
  await driver.goTo('All items');
  await expect(driver.row('First')).toBeVisible();
  await expect(driver.row('Second')).toHaveCount(0);
  await driver.lock();
  await driver.unlock(password);
  await expect(driver.row('First')).toBeVisible();
  await expect(driver.page.locator('[data-warning]:not([data-warning="no-recovery"])')).toHaveCount(0);
  await driver.goTo('Backups');
  await expect(driver.page.locator('[data-backup]').filter({ hasText: 'before restore' })).toHaveCount(1);
});

test('a backup of older ways in asks for them, and gives the vault of then', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  await driver.createVault(password);
  await addItem(driver, 'First');
  await driver.goTo('Backups');
  await driver.button('Back up now').click();
  await expect(driver.page.locator('[data-backup]')).not.toHaveCount(0);
  await changeWays(driver, { current: password, newPassword, factors: [], keepsOlderBackups: true });
  await addItem(driver, 'Second');
  await driver.goTo('Backups');
  const older = driver.page.locator('[data-backup]').filter({ hasText: 'older ways in' }).first();
  await expect(older).toBeVisible();
  await older.getByRole('button').click();
  await driver.whileLocking(() => driver.button('Restore').click());
  await expect(driver.page.getByText('Opening the backup of')).toBeVisible();
  await driver.unlock(newPassword);
  await expect(driver.page.getByRole('alert')).toContainText('does not open');
  await driver.unlock(password);
  await expect(driver.row('First')).toBeVisible();
  await expect(driver.row('Second')).toHaveCount(0);
});

test('older backups go with a change of the ways in, unless they are kept', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(180_000);
  const driver = await desk.start();
  await driver.createVault(password);
  await addItem(driver, 'First');
  await driver.goTo('Backups');
  await driver.button('Back up now').click();
  await expect(driver.page.locator('[data-backup]')).not.toHaveCount(0);
  await changeWays(driver, { current: password, newPassword, factors: [] });
  await driver.goTo('Backups');
  await expect(driver.page.locator('[data-backup]')).toHaveCount(1);
  await expect(driver.page.getByText('older ways in')).toHaveCount(0);
});

test(
  'an older copy in the place of the vault opens with a warning, never a refusal',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    const old = path.join(desk.folder, 'old');
    const driver = await desk.start();
    await driver.createVault(password);
    await addItem(driver, 'First');
    await driver.lock();
    copyFileSync(desk.vaultFile, old);
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await addItem(driver, 'Second');
    await driver.lock();
    // Not while the screen reads what the locked file says of itself.
    await driver.field('Password').waitFor();
    copyFileSync(old, desk.vaultFile);
    await driver.unlock(password);
    await expect(driver.page.locator('[data-warning="older-copy"]')).toContainText('older copy of the vault');
    await expect(driver.row('First')).toBeVisible();
    await addItem(driver, 'Third');
  },
);

test(
  'a copy that is opened elsewhere and goes its own way says nothing about the vault',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    const copy = path.join(desk.folder, 'copy.coffer');
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.lock();
    copyFileSync(desk.vaultFile, copy);
    await driver.button('Open another vault…').click();
    await driver.answerFileDialog('Open a vault', copy);
    await driver.page.getByRole('heading', { name: 'copy', exact: true }).waitFor();
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await addItem(driver, 'Only in the copy');
    await driver.lock();
    await driver.button('Open another vault…').click();
    await driver.answerFileDialog('Open a vault', desk.vaultFile);
    await driver.page.getByRole('heading', { name: 'test', exact: true }).waitFor();
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await expect(driver.page.locator('[data-warning]')).toHaveCount(0);
  },
);

/** Waits for a moment of a change that runs, and looks for it every millisecond. */
async function reach(isReached: () => boolean): Promise<void> {
  const giveUpAtMs = performance.now() + 60_000;
  while (!isReached()) {
    if (performance.now() > giveUpAtMs) throw new Error('the moment did not come');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}

test(
  'an app that is killed while the ways in are changed leaves a vault that opens',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(400_000);
    const strays = () => readdirSync(desk.folder).filter((name) => name.startsWith('.test.coffer.'));
    const identity = () => statSync(desk.vaultFile).ino;
    const pause = (durationMs: number) => new Promise<void>((resolve) => setTimeout(resolve, durationMs));
    const moments = [
      { moment: () => pause(0), expected: ['old'] },
      { moment: () => pause(700), expected: ['old', 'new'] },
      { moment: () => reach(() => strays().length > 0), expected: ['old', 'new'] },
      { moment: (before: number) => reach(() => identity() !== before), expected: ['new'] },
      { moment: (before: number) => reach(() => identity() !== before).then(() => pause(20)), expected: ['new'] },
    ];
    let current = password;
    let driver = await desk.start();
    await driver.createVault(password);
    await addItem(driver, 'Survivor');
    for (const [round, { moment, expected }] of moments.entries()) {
      const wanted = `${newPassword} ${round}`;
      await openWayDialog(driver, 'Change password or factors…');
      await fillWayDialog(driver, { current, newPassword: wanted, factors: [] });
      const before = identity();
      await driver.button('Change now').click();
      await moment(before);
      const gone = driver.app.waitForEvent('close');
      driver.app.process().kill('SIGKILL');
      await gone;
      driver = await desk.start();
      await driver.unlock(wanted);
      const outcome = await Promise.race([
        driver
          .button('Lock')
          .waitFor()
          .then(() => 'new'),
        driver.page
          .getByRole('alert')
          .waitFor()
          .then(() => 'old'),
      ]);
      expect(expected).toContain(outcome);
      if (outcome === 'new') current = wanted;
      else await driver.unlock(current);
      await expect(driver.row('Survivor')).toBeVisible();
      expect(strays()).toEqual([]);
    }
  },
);
