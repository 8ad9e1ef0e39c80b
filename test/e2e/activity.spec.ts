import { expect } from '@playwright/test';
import { fillVault } from './small-vault-records';
import { password, picture, test } from './support';

test(
  'what was done is listed by day, narrowed by words and by what it was, and leads to its record',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const { page } = driver;
    await driver.goTo('Activity');
    await expect(page.locator('[data-what]')).toHaveText(/^\s*Made the vault/);
    await page.evaluate(() => window.coffer.activity.clear({ olderThanDays: null }));
    await expect(page.getByText('Nothing yet')).toBeVisible();
    await picture(driver, 'activity-empty');
    const { key, pair, account } = await fillVault(driver);
    await page.evaluate(
      async (ids) => {
        const { record } = window.coffer;
        await record.copy({ id: ids.pair, field: 'publicKey' });
        await record.copy({ id: ids.account, field: 'accountId' });
        await record.reveal({ id: ids.key, field: 'secretAccessKey' });
        await record.update({ id: ids.pair, changes: { title: 'Web server of today' } });
        await record.trash({ id: ids.account });
        await record.purge({ id: ids.account });
        await record.trash({ id: ids.key });
      },
      { key, pair, account },
    );
    const rows = page.locator('[data-what]');
    // What is done meanwhile is there at once.
    await expect(rows).toHaveCount(3);
    await expect(page.getByRole('heading', { level: 2, name: 'Today' })).toBeVisible();
    await expect(rows.nth(0)).toContainText('Revealed secret access key');
    await expect(rows.nth(0)).toContainText('in the trash');
    await expect(rows.nth(1)).toContainText('Copied account ID');
    await expect(rows.nth(1)).toContainText('Acme');
    await expect(rows.nth(1)).toContainText('deleted');
    await expect(rows.nth(1).getByRole('button')).toHaveCount(0);
    await expect(rows.nth(2)).toContainText('Web server of today');
    await picture(driver, 'activity');
    const search = page.getByRole('searchbox', { name: 'Search activity' });
    await page.keyboard.press('Control+f');
    await expect(search).toBeFocused();
    await page.keyboard.type('acme');
    await expect(rows).toHaveCount(1);
    await driver.choose('Show', 'Revealed');
    await expect(page.getByText('Nothing found')).toBeVisible();
    await driver.button('Show everything').click();
    await expect(rows).toHaveCount(3);
    await driver.choose('Show', 'Copied');
    await expect(rows).toHaveCount(2);
    await expect(page.getByRole('status').filter({ hasText: '2 events' })).toBeVisible();
    await driver.button('Web server of today').click();
    await expect(page.getByRole('heading', { level: 2, name: 'Web server of today' })).toBeVisible();
  },
);

test('it is forgotten after a question, for ever', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  const { pair } = await fillVault(driver);
  await driver.page.evaluate((id) => window.coffer.record.copy({ id, field: 'publicKey' }), pair);
  await driver.goTo('Activity');
  const rows = () => driver.page.locator('[data-what]');
  const forget = async (what: string) => {
    await driver.button('Forget').click();
    await driver.page.getByRole('menuitem', { name: what }).click();
  };
  await forget('Older than 30 days…');
  await picture(driver, 'activity-forget');
  await driver.page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click();
  await expect(driver.page.getByText('Forgotten')).toBeVisible();
  await expect(rows()).toHaveCount(2);
  await forget('All of it…');
  await driver.button('Cancel').click();
  await expect(rows()).toHaveCount(2);
  await forget('All of it…');
  await driver.page.getByRole('alertdialog').getByRole('button', { name: 'Forget' }).click();
  await expect(driver.page.getByText('Nothing yet')).toBeVisible();
  await driver.lock();
  await driver.unlock(password);
  await driver.goTo('Activity');
  await expect(rows()).toHaveCount(1);
  await expect(rows().first()).toContainText('Unlocked the vault');
});

test(
  'two thousand events scroll with few lines in the page, and are reached by keys',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const { pair } = await fillVault(driver);
    await driver.page.evaluate(async (id) => {
      for (let n = 0; n < 2100; n++)
        await window.coffer.record.copy({ id, field: n % 2 === 0 ? 'publicKey' : 'keyName' });
    }, pair);
    await driver.goTo('Activity');
    const rows = driver.page.locator('[data-what]');
    await expect(driver.page.getByRole('status').filter({ hasText: /2,000 events|1,9\d\d events/ })).toBeVisible();
    expect(await rows.count()).toBeLessThan(60);
    const list = driver.page.getByRole('list', { name: 'Activity' });
    await list.focus();
    await driver.page.keyboard.press('End');
    await expect.poll(() => list.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(50_000);
    await driver.page.getByRole('searchbox', { name: 'Search activity' }).fill('key pair name');
    await expect(driver.page.getByRole('status').filter({ hasText: /1,000 events|9\d\d events/ })).toBeVisible();
  },
);
