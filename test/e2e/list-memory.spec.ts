import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { password, picture, test } from './support';

const heading = ({ page }: AppDriver) => page.getByRole('heading', { level: 1 });

test(
  'order and filter of the list are there again after a restart; what is gone falls back to all',
  { tag: '@long' },
  async ({ desk }) => {
    const first = await desk.start();
    await first.createVault(password);
    const failures = await first.page.evaluate(async () => {
      const { record } = window.coffer;
      const plain = { tags: ['confidential-tag'], secrets: {} };
      const made = [
        await record.create({ kind: 'account', title: 'Alpha', ...plain, values: { accountId: '123456789012' } }),
        await record.create({ kind: 'account', title: 'Beta', ...plain, values: { accountId: '210987654321' } }),
        await record.create({
          kind: 'account',
          title: 'Gamma',
          ...plain,
          tags: [],
          values: { accountId: '321098765432' },
        }),
      ];
      return made.filter(({ ok }) => !ok);
    });
    expect(failures).toEqual([]);
    await first.choose('Sort', 'Newest');
    await first.goTo('confidential-tag');
    await expect(first.page.getByRole('option')).toHaveText([/Beta/, /Alpha/]);
    await first.close();
    // What it names is the vault's own affair.
    const preferences = readFileSync(path.join(desk.folder, 'profile/preferences.json'), 'utf8');
    expect(preferences).not.toContain('confidential');

    const second = await desk.start();
    await second.unlock(password);
    await expect(second.page.getByRole('option')).toHaveText([/Beta/, /Alpha/]);
    await expect(heading(second)).toHaveText('#confidential-tag');
    await picture(second, 'list-remembered');
    // The tag goes with the records that have it.
    for (const title of ['Alpha', 'Beta']) {
      await second.row(title).click();
      await second.button('Move to trash').click();
      await expect(second.row(title)).toHaveCount(0);
    }
    await second.lock();
    await second.unlock(password);
    await expect(heading(second)).toHaveText('All items');
    await expect(second.page.getByRole('option')).toHaveText([/Gamma/]);
    await expect(second.page.getByLabel('Sort', { exact: true })).toHaveText('Newest');
  },
);
