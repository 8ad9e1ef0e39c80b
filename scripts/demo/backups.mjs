/** Backups, and a copy of the vault that is opened by its recovery code. */
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { closeSheet, fillWayDialog, finishWithSheet } from '../../test/support/ways-driver.ts';
import { showDark, showSmall } from './pictures.mjs';

const copyName = 'demo-copy.coffer';

/** @param {object} demo - Driver, report and out folder of the running demo. */
export async function showBackups(demo) {
  const { driver, report, out } = demo;
  await report.step('back up now, and save a copy', async () => {
    await driver.goTo('Backups');
    await driver.button('Back up now').click();
    await driver.page.getByText('Backup made and checked').waitFor();
    await report.picture('backups');
    await showDark(demo, 'backups');
    await showSmall(demo, 'backups');
    await driver.button('Save a copy…').click();
    await driver.answerFileDialog('Save a copy of the vault', path.join(out, copyName));
    await driver.page.getByText(`Saved ${copyName}`).waitFor();
  });
}

/**
 * Opens the copy by the recovery code, renews it, and comes back to the demo's vault.
 *
 * @param {object} demo - Driver, report, out folder and password of the running demo.
 * @param {import('../../test/support/authenticator.ts').Authenticator} authenticator - Of the demo's vault.
 */
export async function showRecovery(demo, authenticator) {
  const { driver, report, out, password } = demo;
  await report.step('open the copy by the recovery code', async () => {
    await driver.lock();
    if (report.takesScreens) await showLockedBackups(demo);
    await open(driver, path.join(out, copyName));
    await driver.chooseWay('Recovery code');
    await driver.field('Recovery code').fill(report.get('recoveryCode'));
    await report.picture('unlock-by-recovery-code');
    await driver.button('Unlock').click();
    await driver.page.getByRole('heading', { name: 'Choose new ways in' }).waitFor();
    await report.picture('renewing');
    await showDark(demo, 'renewing');
    await showSmall(demo, 'renewing');
  });
  await report.step('choose new ways in for the copy', async () => {
    await fillWayDialog(driver, {
      current: null,
      newPassword: `copy ${randomBytes(12).toString('base64url')}`,
      factors: [],
      onStep: (step) => report.picture(`renewing-${step}`),
    });
    await closeSheet(await finishWithSheet(driver));
    await driver.row('Demo web server').waitFor();
    await report.picture('renewed');
  });
  await report.step('go back to the vault, and unlock it with password and code', async () => {
    await driver.lock();
    await open(driver, path.join(out, 'demo.coffer'));
    await driver.field('Code').waitFor();
    await showDark(demo, 'unlock-with-code');
    await showSmall(demo, 'unlock-with-code');
    await driver.unlockWithCode(password, await authenticator.freshCode());
    await driver.row('Demo web server').waitFor();
    await report.picture('end');
    if ((await driver.page.locator('[data-warning]').count()) > 0) throw new Error('the vault opened with a warning');
  });
}

/** The backups as the unlock screen lists them, up to the one that would be restored by unlocking. */
async function showLockedBackups({ driver, report }) {
  const { page } = driver;
  await report.pictures({
    'unlock-help': () => driver.button('Help').click(),
    'locked-backups': async () => {
      await page.keyboard.press('Escape');
      await driver.button('Backups…').click();
      await page.locator('[data-backup]').first().waitFor();
    },
    'restore-question': () => page.locator('[data-backup]').first().getByRole('button').click(),
    'unlock-to-restore': async () => {
      await page.getByRole('alertdialog').getByRole('button', { name: 'Restore', exact: true }).click();
      await page.getByText('Opening the backup of').waitFor();
    },
  });
  await driver.button('Cancel').click();
  await page.getByText('Opening the backup of').waitFor({ state: 'hidden' });
}

async function open(driver, file) {
  await driver.button('Open another vault…').click();
  await driver.answerFileDialog('Open a vault', file);
  await driver.page.getByRole('heading', { name: path.basename(file, '.coffer'), exact: true }).waitFor();
}
