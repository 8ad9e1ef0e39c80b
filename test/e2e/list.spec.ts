import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { password, picture, test } from './support';

/** Makes records by the requests of the page: two accounts, an access key, and more key pairs than one would type in by hand. */
async function fill(driver: AppDriver, keyPairs: number): Promise<void> {
  const failures = await driver.page.evaluate(async (count) => {
    const { record, keyPair } = window.coffer;
    const made = await record.create({
      ...{ kind: 'account', title: 'Production', tags: [], secrets: {} },
      values: { accountId: '123456789012' },
    });
    const replies: { ok: boolean }[] = [
      made,
      await record.create({
        ...{ kind: 'account', title: 'Sandbox', tags: [], secrets: {} },
        values: { accountId: '210987654321' },
      }),
      await record.create({
        ...{ kind: 'access-key', title: 'Deploy', tags: ['prod'] },
        values: { account: made.ok ? made.value.id : '', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', user: 'deploy' },
        secrets: { secretAccessKey: new TextEncoder().encode('wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY') },
      }),
    ];
    const labels = { region: 'eu-west-1', comment: '', notes: '' };
    for (let n = 0; n < count; n++) {
      const title = `Web server ${String(n).padStart(3, '0')}`;
      const tags = n % 2 === 0 ? ['prod', 'web'] : ['web'];
      replies.push(
        await keyPair.generate({ algorithm: 'ed25519', title, keyName: `web-${n}`, tags, account: '', ...labels }),
      );
    }
    return replies.filter(({ ok }) => !ok);
  }, keyPairs);
  expect(failures).toEqual([]);
}

test('the sidebar and a menu narrow the list; search marks what it found; many are seen without many rows', async ({
  desk,
}) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await fill(driver, 220);
  const { page } = driver;
  const status = page.getByRole('region').getByRole('status').first();
  await expect(status).toHaveText('223 items');
  await picture(driver, 'list');
  await driver.button('Access keys').click();
  await expect(status).toHaveText('1 item');
  await expect(driver.row('Deploy')).toBeVisible();
  await driver.button('Production').click();
  await expect(status).toHaveText('2 items');
  await expect(page.getByTitle('Production').locator('.count')).toHaveText('2');
  // The name is what it was; a screen reader reads the count after it.
  await expect(page.getByTitle('Production')).toHaveAccessibleName('Production');
  await expect(page.getByTitle('Production')).toHaveAccessibleDescription('2 items');
  await driver.button('prod').click();
  await expect(status).toHaveText('111 items');
  await page.getByRole('button', { name: 'Filter' }).click();
  await picture(driver, 'filter-menu');
  await page.getByRole('menuitemcheckbox', { name: 'Key pairs' }).click();
  await expect(status).toHaveText('110 items');
  await page.getByRole('searchbox', { name: 'Search' }).fill('server 21');
  await expect(page.locator('mark').first()).toHaveText('server');
  await expect(status).toHaveText('5 items');
  await page.keyboard.press('ArrowDown');
  await expect(page.locator('[data-index="0"]')).toBeFocused();
  await driver.button('All items').click();
  await expect(status).toHaveText('223 items');

  await driver.row('Deploy').focus();
  await page.keyboard.press('End');
  await expect(driver.row('Web server 219')).toBeFocused();
  await expect(page.getByRole('heading', { level: 2, name: 'Web server 219' })).toBeVisible();
  expect(await page.getByRole('option').count()).toBeLessThan(60);
  await page.keyboard.press('Home');
  await expect(driver.row('Deploy')).toBeFocused();
  // With one chosen, and over rows that are not loaded yet.
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowUp');
  await expect(driver.row('Web server 218')).toBeFocused();
  await expect(page.getByRole('heading', { level: 2, name: 'Web server 218' })).toBeVisible();
  await page.keyboard.press('Shift+ArrowUp');
  await expect(page.getByText('2 items selected')).toBeVisible();
  await page.getByRole('searchbox', { name: 'Search' }).fill('server 21');
  await expect(page.getByText('items selected')).toHaveCount(0);
});

test('many items take a step at once, and it can be taken back', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await fill(driver, 12);
  const { page } = driver;
  await driver.row('Deploy').click();
  await driver.row('Web server 001').click({ modifiers: ['Control'] });
  await driver.row('Web server 004').click({ modifiers: ['Shift'] });
  await expect(page.getByText('4 items selected')).toBeVisible();
  await picture(driver, 'several');
  await driver.field('Add tags').fill('retired');
  await driver.button('Change tags').click();
  await expect(page.getByText('4 items changed.')).toBeVisible();
  await driver.button('Move to trash').click();
  await expect(driver.row('Web server 002')).toHaveCount(0);
  // The change of tags can be taken back, too; its message is still there.
  await driver.button('Undo').last().click();
  await expect(driver.row('Web server 002')).toBeVisible();
  await driver.row('Web server 002').click();
  await driver.button('retired').last().click();
  await expect(page.getByRole('option')).toHaveCount(4);
  await page.getByRole('option').first().focus();
  await page.keyboard.press('Control+a');
  await expect(page.getByText('4 items selected')).toBeVisible();
  await driver.button('Move to trash').click();
  await driver.button('Trash').click();
  await driver.button('Select several').click();
  await driver.button('Select all 4 items').click();
  await driver.button('Delete for ever').click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete for ever' }).click();
  await expect(page.getByText('4 items deleted for ever.')).toBeVisible();
});
