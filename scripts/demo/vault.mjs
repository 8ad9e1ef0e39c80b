/** Creating, locking and unlocking a vault, and the screens around it. */
import path from 'node:path';
import { showHeld } from './holding.mjs';
import { showLockedTray } from './tray.mjs';

/**
 * @param {{ driver: import('../../test/support/app-driver.ts').AppDriver, report: import('./report.mjs').Report, panel: import('../../test/support/tray-panel.ts').TrayPanel, out: string, password: string }} demo - The running demo.
 * @param {() => Promise<void>} work - What is done in the unlocked vault.
 */
export async function showVault(demo, work) {
  const { driver, report, panel, out, password } = demo;
  await report.step('show the first screen', async () => {
    await driver.button('New vault…').waitFor();
    await report.picture('start');
  });
  await report.step('choose where to keep the vault', async () => {
    await driver.button('New vault…').click();
    await driver.answerFileDialog('Where to keep the new vault', path.join(out, 'demo.coffer'));
    await driver.button('Create vault').waitFor();
    await report.picture('create-vault');
  });
  await report.step('refuse a weak password', async () => {
    await driver.field('Password').fill('password1');
    await driver.page.getByText('Too short').first().waitFor();
    await report.picture('weak-password');
  });
  await report.step('create the vault', async () => {
    await driver.field('Password').fill(password);
    await driver.field('Repeat password').fill(password);
    await showHeld(demo, {
      name: 'creating',
      channel: 'vault:create',
      begin: () => driver.button('Create vault').click(),
      busy: () => driver.page.getByRole('status').filter({ hasText: 'Making the vault…' }).waitFor(),
    });
    await driver.page.getByText('This vault is empty').waitFor();
    await report.picture('empty-vault');
  });
  if (report.takesScreens) await showEmptyPlaces(demo);
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
    await showHeld(demo, {
      name: 'unlocking',
      channel: 'vault:unlock',
      begin: () => driver.unlock(password),
      busy: () => driver.page.getByRole('status').filter({ hasText: 'Unlocking…' }).waitFor(),
    });
    await driver.button('Lock').waitFor();
    await report.picture('unlocked');
  });
}

/** What a vault without anything shows beside its list. */
async function showEmptyPlaces({ driver, report }) {
  const place = (name, text) => async () => {
    await driver.goTo(name);
    await driver.page.getByText(text).first().waitFor();
  };
  await report.step('show the places of an empty vault', async () => {
    await report.pictures({
      'favourites-empty': place('Favourites', 'Items that you mark with the star are listed here.'),
      'trash-empty': place('Trash', 'Items that you move to the trash wait here until you delete them.'),
      'activity-new': place('Activity', 'Made the vault'),
      'backups-empty': place('Backups', 'No backups yet'),
    });
    await driver.goTo('All items');
  });
}
