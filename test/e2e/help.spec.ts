import { expect } from '@playwright/test';
import { password, picture, test } from './support';

test('the help is read while locked and while open, and its links lead from page to page', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  const { page } = driver;
  await driver.goTo('Help');
  const title = (name: string) => page.getByRole('heading', { level: 1, name, exact: true });
  await expect(title('Help')).toBeVisible();
  await picture(driver, 'help');
  await page.getByRole('button', { name: 'The recovery drill' }).click();
  await expect(title('The recovery drill')).toBeVisible();
  await expect(driver.button('All pages')).toBeFocused();
  await picture(driver, 'help-drill');
  await page.getByRole('heading', { level: 2, name: 'When something is really lost' }).scrollIntoViewIfNeeded();
  await picture(driver, 'help-lost');
  await driver.button('All pages').click();
  await expect(title('Help')).toBeVisible();
  await driver.goTo('Health');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('help');
  await page.keyboard.press('Enter');
  await expect(title('Help')).toBeVisible();

  await driver.lock();
  await driver.button('Help').click();
  const dialog = driver.page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'What protects what' }).click();
  await expect(dialog.getByRole('heading', { level: 2, name: 'What protects what' })).toBeVisible();
  await picture(driver, 'help-locked');
  await driver.page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
});
