/** Creating, locking and unlocking a vault, and the screens around it. */
import { showLockedTray } from './tray.mjs';

/**
 * @param {{ driver: import('../../test/support/app-driver.ts').AppDriver, report: import('./report.mjs').Report, panel: import('../../test/support/tray-panel.ts').TrayPanel, password: string }} demo - The running demo.
 * @param {() => Promise<void>} work - What is done in the unlocked vault.
 */
export async function showVault({ driver, report, panel, password }, work) {
  await report.step('show the first screen', async () => {
    await driver.button('Create vault').waitFor();
    await report.picture('create-vault');
  });
  await report.step('refuse a weak password', async () => {
    await driver.field('Password').fill('password1');
    await driver.page.getByText('Too short').first().waitFor();
    await report.picture('weak-password');
  });
  await report.step('create the vault', async () => {
    await driver.createVault(password);
    await driver.page.getByText('This vault is empty').waitFor();
    await report.picture('empty-vault');
  });
  await work();
  await report.step('show the settings, and the dark theme', async () => {
    await driver.button('Settings').click();
    await driver.page.getByRole('heading', { name: 'Settings' }).waitFor();
    await report.picture('settings');
    await driver.page.getByRole('radio', { name: 'Dark' }).check();
    await report.picture('settings-dark');
    await driver.button('All items').click();
    await report.picture('list-dark');
    await driver.button('Settings').click();
    await driver.page.getByRole('radio', { name: 'System' }).check();
  });
  await report.step('lock', async () => {
    await driver.lock();
    await driver.button('Unlock').waitFor();
    await report.picture('unlock');
  });
  await showLockedTray({ report, panel });
  await report.step('refuse a wrong password', async () => {
    await driver.unlock(`${password}!`);
    await driver.page.getByRole('alert').waitFor();
    await report.picture('wrong-password');
  });
  await report.step('unlock with the password', async () => {
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await report.picture('unlocked');
  });
}
