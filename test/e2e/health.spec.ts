import { execFileSync } from 'node:child_process';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { password, picture, test } from './support';

const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** Sign-ins with one weak password, and without MFA. */
function makeSignIns(driver: AppDriver) {
  return driver.page.evaluate(async () => {
    for (const user of ['anna', 'ben']) {
      const secrets = { password: new TextEncoder().encode('password1') };
      await window.coffer.record.create({ kind: 'sign-in', title: user, tags: [], values: { user }, secrets });
    }
  });
}

function makeAccessKey(driver: AppDriver, title: string, values: Record<string, string>) {
  return driver.page.evaluate(
    async ([name, typed, secret]) => {
      const secrets = { secretAccessKey: new TextEncoder().encode(secret) };
      await window.coffer.record.create({ kind: 'access-key', title: name, tags: [], values: typed, secrets });
    },
    [title, values, secretAccessKey] as const,
  );
}

/** A key pair and a certificate of 1024 bits. */
async function importSmallKeys(driver: AppDriver) {
  const make = (...args: string[]) =>
    execFileSync('openssl', args, { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' });
  const pair = make('genrsa', '-traditional', '1024');
  const signed = ['-x509', '-newkey', 'rsa:1024', '-nodes', '-days', '900', '-subj', '/CN=small'];
  const certificate = make('req', ...signed, '-keyout', '-', '-out', '-');
  await driver.page.evaluate(
    async ([small, pem]) => {
      const bytes = (text: string) => new TextEncoder().encode(text);
      const dropped = await window.coffer.import.drop({ files: [{ name: 'small.pem', bytes: bytes(small) }] });
      if (!dropped.ok) throw new Error('not read');
      await window.coffer.import.run({ ids: dropped.value.candidates.map(({ id }) => id) });
      const labels = { title: 'Small signing', tags: [], values: {} };
      await window.coffer.certificate.import({ ...labels, passphrase: null, pasted: bytes(pem) });
    },
    [pair, certificate] as const,
  );
}

test(
  'what should be mended is listed, and each line leads to where it is mended',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const { page } = driver;
    await makeSignIns(driver);
    await makeAccessKey(driver, 'Deploy', {
      ...{ accessKeyId: 'AKIAQNZGKIQY56JQ7WMM', user: 'deploy', createdOn: '2020-01-31' },
    });
    await importSmallKeys(driver);
    const section = (check: string) => page.locator(`[data-check="${check}"]`);
    const dialog = (name: string) => page.getByRole('dialog', { name });
    const heading = (name: string) => page.getByRole('heading', { level: 2, name });
    const press = async (check: string, name: string, place = 0) => {
      await driver.goTo('Health');
      await section(check).getByRole('button', { name, exact: true }).nth(place).click();
    };
    await driver.goTo('Health');
    await expect(section('weak-password').getByRole('listitem')).toHaveCount(2);
    await expect(section('reused-password').getByRole('listitem')).toHaveCount(2);
    await expect(section('no-mfa').getByRole('listitem')).toHaveCount(2);
    await expect(section('small-rsa').getByRole('listitem')).toHaveCount(2);
    await expect(section('old-access-key')).toContainText('Deploy');
    await picture(driver, 'health');

    for (const check of ['weak-password', 'reused-password']) {
      await press(check, 'Change password');
      await expect(driver.field('Password')).toBeFocused();
      await driver.button('Cancel').click();
    }
    await driver.button('Edit').click();
    await expect(driver.field('Name')).toBeFocused();
    await driver.button('Cancel').click();

    await press('no-mfa', 'Add a device');
    await expect(dialog('Add MFA device')).toBeVisible();
    await picture(driver, 'health-add-device');
    await driver.button('Cancel').click();
    await expect(dialog('Add MFA device')).toBeHidden();

    const small = section('small-rsa').getByRole('listitem');
    const placeOf = async (text: string) => (await small.allInnerTexts()).findIndex((inner) => inner.includes(text));
    for (const [item, title] of [
      ['Small signing', 'New X.509 signing certificate'],
      ['small', 'Generate key pair'],
    ] as const) {
      await driver.goTo('Health');
      await expect(small).toHaveCount(2);
      const signing = await placeOf('Small signing');
      await press('small-rsa', 'Make a new one', item === 'Small signing' ? signing : 1 - signing);
      await expect(dialog(title)).toBeVisible();
      await driver.button('Cancel').click();
    }

    await press('old-access-key', 'Rotate');
    await expect(heading('Deploy')).toBeVisible();
    await expect(dialog('New access key')).toBeVisible();
    await picture(driver, 'health-rotate');
    await driver.field('Access key ID').fill('AKIAQNZGKIQY56JQ7WML');
    await driver.field('Secret access key').fill(secretAccessKey);
    await driver.button('Keep the new key').click();
    await expect(driver.button('The new key works')).toBeVisible();
    for (const check of ['old-access-key', 'two-active-keys']) {
      await press(check, 'Continue rotation');
      await expect(heading('Deploy')).toBeVisible();
      await expect(driver.button('The new key works')).toBeInViewport();
    }
    await picture(driver, 'health-continue-rotation');
    await expect(dialog('New access key')).toBeHidden();
  },
);

test(
  'of two active keys without a rotation the status of the older one is changed',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const today = new Date().toISOString().slice(0, 10);
    const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
    await makeAccessKey(driver, 'Newer', { accessKeyId: 'AKIAQNZGKIQY56JQ7WML', user: 'ann', createdOn: today });
    await makeAccessKey(driver, 'Older', { accessKeyId: 'AKIAQNZGKIQY56JQ7WMM', user: 'ann', createdOn: yesterday });
    await driver.goTo('Health');
    await picture(driver, 'health-two-active');
    await driver.button('Change status').click();
    await expect(driver.field('Name')).toHaveValue('Older');
    await expect(driver.page.getByLabel('Status', { exact: true })).toBeFocused();
    await expect(driver.page.getByLabel('Status', { exact: true })).toBeInViewport({ ratio: 1 });
    await picture(driver, 'health-change-status');
    await driver.choose('Status', 'Inactive');
    await driver.button('Save').click();
    await driver.goTo('Health');
    await expect(driver.page.getByText('Newer')).toHaveCount(0);
    await expect(driver.page.locator('[data-check="two-active-keys"]')).toHaveCount(0);
  },
);
