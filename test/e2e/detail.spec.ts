import { expect } from '@playwright/test';
import { password, picture, test } from './support';

test(
  'links lead to the other item; earlier versions are shown, restored, and the restoring undone',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    const { page } = driver;
    await driver.createVault(password);
    await driver.newItem('AWS account');
    await driver.field('Name').fill('Acme');
    await driver.field('Account ID').fill('029608264753');
    await driver.button('Save').click();
    await driver.newItem('Sign-in');
    await driver.field('Name').fill('Ann');
    await driver.choose('AWS account', 'Acme');
    await driver.field('IAM user').fill('ann');
    await driver.field('Password').fill('the first password');
    await driver.button('Save').click();
    const heading = (name: string) => page.getByRole('heading', { level: 2, name, exact: true });
    await heading('Ann').waitFor();

    await page.locator('[data-field=account]').getByRole('button', { name: 'Acme' }).click();
    await heading('Acme').waitFor();
    await picture(driver, 'used-by');
    await page.getByRole('region', { name: 'Used by' }).getByRole('button', { name: 'Ann' }).click();
    await heading('Ann').waitFor();
    await expect(page.getByRole('region', { name: 'Belongs to' })).toContainText('Acme');

    await driver.button('Edit').click();
    await driver.field('Name').fill('Ann Other');
    await driver.field('IAM user').fill('ann.other');
    await driver.field('Password').fill('the second password');
    await driver.button('Save').click();
    await heading('Ann Other').waitFor();
    await page.getByText('Earlier versions (1)').click();
    await driver.button('Show').click();
    const version = page.locator('[data-version="0"]');
    await expect(version).toContainText('Acme');
    await expect(version.locator('dd').first()).toHaveText('Ann');
    expect(await page.content()).not.toContain('the first password');
    await version.getByRole('button', { name: 'Reveal password' }).click();
    await expect(version).toContainText('the first password');
    await picture(driver, 'version');
    await page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await expect(version).not.toContainText('the first password');

    await driver.button('Restore').click();
    await heading('Ann').waitFor();
    expect(await driver.detail('user')).toBe('ann');
    await driver.button('Undo').click();
    await heading('Ann Other').waitFor();
    expect(await driver.detail('user')).toBe('ann.other');

    await page.locator('[data-field=account]').getByRole('button', { name: 'Acme' }).click();
    await heading('Acme').waitFor();
    await driver.button('Move to trash').click();
    await driver.row('Ann Other').click();
    await expect(page.locator('[data-field=account]')).toContainText('in the trash');
    await picture(driver, 'link-in-trash');
    await page.locator('[data-field=account]').getByRole('button', { name: 'Acme' }).click();
    await heading('Acme').waitFor();
    await expect(driver.button('Restore')).toBeVisible();
  },
);
