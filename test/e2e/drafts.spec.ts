import { expect } from '@playwright/test';
import { password, picture, test } from './support';

test('what was typed when the vault locked is sealed, shown only when asked for, and saved', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.newItem('Sign-in');
  await driver.field('Name').fill('Root');
  await driver.field('E-mail address').fill('owner@example.com');
  await driver.field('Password').fill('before the lock');
  await driver.button('Save').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Root' }).waitFor();

  await driver.button('Edit').click();
  await driver.field('Name').fill('Root of Acme');
  await driver.field('Password').fill('typed and not saved');
  await driver.lock();
  await driver.unlock(password);
  await driver.page.getByText(/Unsaved changes from .* · Sign-in/).waitFor();
  expect(await driver.page.content()).not.toContain('Root of Acme');
  await picture(driver, 'draft-banner');

  await driver.button('Continue editing').click();
  await expect(driver.field('Name')).toHaveValue('Root of Acme');
  await expect(driver.field('Password')).toHaveValue('');
  await picture(driver, 'draft-continued');
  await driver.button('Save').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Root of Acme' }).waitFor();
  await driver.button('Reveal').click();
  await expect(driver.page.locator('[data-field=password]')).toContainText('typed and not saved');

  await driver.lock();
  await driver.unlock(password);
  await driver.row('Root of Acme').waitFor();
  await expect(driver.page.getByText('Unsaved changes')).toHaveCount(0);
});

test(
  'a new item that a lock by the system interrupts is gone on with, or discarded',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const interrupt = async () => {
      await driver.newItem('AWS account');
      await driver.field('Name').fill('Half an account');
      // The page hands it over in a pause of the typing.
      await driver.page.waitForTimeout(1000);
      await driver.whileLocking(() => driver.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend')));
      await driver.unlock(password);
    };
    await interrupt();
    await driver.button('Continue editing').click();
    await expect(driver.field('Name')).toHaveValue('Half an account');
    await driver.button('Cancel').click();
    await expect(driver.page.getByText('Unsaved changes')).toHaveCount(0);

    await interrupt();
    await driver.button('Discard').first().click();
    await driver.page.getByRole('alertdialog').getByRole('button', { name: 'Discard', exact: true }).click();
    await driver.page.getByText('Discarded').waitFor();
    await driver.lock();
    await driver.unlock(password);
    await driver.page.getByText('This vault is empty').waitFor();
    await expect(driver.page.getByText('Unsaved changes')).toHaveCount(0);
  },
);
