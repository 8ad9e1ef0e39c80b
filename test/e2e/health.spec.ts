import { expect } from '@playwright/test';
import { password, picture, test } from './support';

test(
  'what should be mended is listed, and each line leads to where it is mended',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const { page } = driver;
    await page.evaluate(async () => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      for (const user of ['anna', 'ben']) {
        const secrets = { password: bytes('password1') };
        await window.coffer.record.create({ kind: 'sign-in', title: user, tags: [], values: { user }, secrets });
      }
      await window.coffer.record.create({
        ...{ kind: 'access-key', title: 'Deploy', tags: [] },
        values: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', user: 'deploy', createdOn: '2020-01-31' },
        secrets: { secretAccessKey: bytes('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') },
      });
    });
    await driver.button('Health').click();
    const section = (check: string) => page.locator(`[data-check="${check}"]`);
    await expect(section('weak-password').getByRole('listitem')).toHaveCount(2);
    await expect(section('reused-password').getByRole('listitem')).toHaveCount(2);
    await expect(section('no-mfa').getByRole('listitem')).toHaveCount(2);
    await expect(section('old-access-key')).toContainText('Deploy');
    await picture(driver, 'health');
    await section('weak-password').getByRole('button', { name: 'Change password' }).first().click();
    await expect(page.getByRole('heading', { level: 2 }).first()).toBeVisible();
    await expect(driver.button('Save')).toBeVisible();
    await driver.button('Cancel').click();
    await driver.button('Health').click();
    await section('old-access-key').getByRole('button', { name: 'Rotate' }).click();
    await expect(page.getByRole('heading', { level: 2, name: 'Deploy' })).toBeVisible();
  },
);
