import { expect } from '@playwright/test';
import { password, picture, test } from './support';

test(
  'the guide says what a task takes, makes what is missing and finds it; earlier versions come back',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.button('Guide').click();
    await picture(driver, 'guide');
    await driver.field('Find a task').fill('share snapshot');
    await driver.page
      .getByRole('button', { name: /snapshot/i })
      .first()
      .click();
    await driver.page.locator('[data-state=missing]').first().waitFor();
    await picture(driver, 'guide-task');
    await driver.button('New AWS account').first().click();
    await driver.field('Name').fill('Partner');
    await driver.field('Account ID').fill('123456789012');
    await driver.button('Save').click();
    await driver.button('Edit').click();
    await driver.field('Name').fill('Partner Ltd');
    await driver.button('Save').click();
    await driver.page.getByText('Earlier versions (1)').click();
    await picture(driver, 'versions');
    await driver.button('Restore').click();
    await driver.page.getByRole('heading', { level: 2, name: 'Partner', exact: true }).waitFor();
    await driver.button('Guide').click();
    await driver.field('Find a task').fill('share snapshot');
    await driver.page
      .getByRole('button', { name: /snapshot/i })
      .first()
      .click();
    await expect(driver.page.locator('[data-state=held]').first()).toContainText('Partner');
  },
);
