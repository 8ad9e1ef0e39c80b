import { expect } from '@playwright/test';
import { Authenticator } from '../support/authenticator';
import type { AppDriver } from '../support/app-driver';
import { closeSheet, fillWayDialog, finishWithSheet } from '../support/ways-driver';
import { generateKeyPair, password, picture, test } from './support';

const step = (driver: AppDriver, title: string) => driver.page.getByRole('listitem').filter({ hasText: title });
const hint = (driver: AppDriver) => driver.page.getByText('If you forget the password, nothing opens this vault');

test(
  'a newcomer is led from an empty profile to codes, a recovery sheet and the first credential',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const driver = await desk.start({ vaultFile: null });
    await driver.button('New vault…').click();
    await driver.answerFileDialog('Where to keep the new vault', desk.vaultFile);
    await driver.createVault(password);
    await driver.page.getByRole('heading', { name: 'This vault is empty' }).waitFor();
    await expect(driver.button('New')).toBeFocused();
    for (const title of ['A code from your phone', 'A recovery sheet', 'Your first credential'])
      await expect(step(driver, title)).toContainText('Not done yet');
    await picture(driver, 'first-run-nothing-done');

    await driver.button('Set up codes…').click();
    const onStep = async (name: string) => {
      if (name !== 'factors') return;
      await expect(driver.page.getByRole('checkbox', { name: 'Code from an authenticator app' })).toBeChecked();
    };
    await fillWayDialog(driver, {
      current: password,
      factors: ['Code from an authenticator app'],
      onStep,
      onCodes: (secretText) => Promise.resolve(new Authenticator(secretText).lastTwo()),
    });
    await closeSheet(await finishWithSheet(driver));
    await driver.button('Done').click();
    for (const title of ['A code from your phone', 'A recovery sheet'])
      await expect(step(driver, title)).not.toContainText('Not done yet');
    // The focus is at the step that was taken.
    await expect(step(driver, 'A code from your phone').getByRole('button', { name: 'Ways in' })).toBeFocused();
    await picture(driver, 'first-run-codes-done');

    await generateKeyPair(driver, 'Web server');
    await expect(driver.row('Web server')).toBeVisible();
    await expect(driver.page.getByText('This vault is empty')).toHaveCount(0);
    await expect(hint(driver)).toHaveCount(0);
  },
);

test(
  'a recovery code alone can be made first, and who puts both off is told once, until that is hidden',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const driver = await desk.start();
    await driver.createVault(password);
    await expect(step(driver, 'A code from your phone')).toContainText('Not done yet');
    await expect(hint(driver)).toHaveCount(0);
    await generateKeyPair(driver, 'Web server');
    await expect(hint(driver)).toBeVisible();
    await picture(driver, 'first-run-hint');
    await driver.goTo('Favourites');
    await expect(hint(driver)).toHaveCount(0);
    await driver.goTo('All items');
    await driver.page
      .locator('[data-warning="no-recovery"]')
      .getByRole('button', { name: 'Hide this message' })
      .click();
    await expect(hint(driver)).toHaveCount(0);
    await driver.lock();
    await driver.unlock(password);
    await expect(driver.row('Web server')).toBeVisible();
    await expect(hint(driver)).toHaveCount(0);

    await driver.row('Web server').click();
    await driver.button('Move to trash').click();
    await driver.button('Make a recovery code…').click();
    await driver.field('Current password').fill(password);
    await closeSheet(await finishWithSheet(driver, 'Make the code'));
    await expect(step(driver, 'A recovery sheet')).not.toContainText('Not done yet');
    await expect(step(driver, 'A code from your phone')).toContainText('Not done yet');
  },
);
