import { expect } from '@playwright/test';
import { generateKeyPair, password, picture, test } from './support';

test('a list with nothing in it offers the next step', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  const { page } = driver;
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');

  await driver.goTo('Favourites');
  await expect(page.getByText('Items that you mark with the star are listed here.')).toBeVisible();
  await driver.field('Search').fill('web');
  await expect(page.getByText('Nothing found')).toBeVisible();
  await picture(driver, 'empty-search');
  await driver.button('Search in all items').click();
  await expect(driver.row('Web server')).toBeFocused();
  await expect(driver.field('Search')).toHaveValue('web');
  await driver.field('Search').fill('no such thing');
  await expect(driver.button('Search in all items')).toHaveCount(0);
  await driver.button('Clear search').click();
  await expect(driver.field('Search')).toBeFocused();
  await expect(driver.row('Web server')).toBeVisible();

  await driver.goTo('Trash');
  await expect(page.getByText('Items that you move to the trash wait here')).toBeVisible();
  await picture(driver, 'empty-trash');
  await driver.button('Show all items').click();
  await expect(driver.row('Web server')).toBeFocused();

  await driver.goTo('Sign-ins');
  await picture(driver, 'empty-kind');
  await expect(page.getByRole('region', { name: 'Sign-ins' }).getByRole('button', { name: 'Import…' })).toBeVisible();
  await driver.button('New sign-in').click();
  await page.getByRole('dialog', { name: 'New sign-in' }).waitFor();
  await page.keyboard.press('Escape');

  await driver.goTo('Trash');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: 'EC2 key pairs' }).click();
  await expect(page.getByText('No item is what the filter asks for.')).toBeVisible();
  await driver.button('Clear filter').click();
  await expect(driver.button('Show all items')).toBeVisible();

  await driver.goTo('Exported files');
  await expect(page.getByText('What you export, drag out or put into a file')).toBeVisible();

  await driver.goTo('Guide');
  await driver.field('Find a task').fill('no such task');
  await picture(driver, 'empty-guide');
  await driver.button('Clear search').click();
  await expect(driver.field('Find a task')).toBeFocused();
  await expect(driver.field('Find a task')).toHaveValue('');
  await expect(page.getByText('No task has these words.')).toHaveCount(0);
});
