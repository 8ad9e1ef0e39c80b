import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { password, picture, test } from './support';

async function lockAtSleep(driver: AppDriver) {
  // The page hands over what was typed in a pause of the typing.
  await driver.page.waitForTimeout(1000);
  await driver.whileLocking(() => driver.app.evaluate(({ powerMonitor }) => void powerMonitor.emit('suspend')));
}

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
      await lockAtSleep(driver);
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

test(
  'the forms that generate a key pair and make a certificate are gone on with, with all that was typed',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.newItem('EC2 key pair');
    await driver.field('Name').fill('Web server');
    await driver.field('EC2 key pair name').fill('web-2');
    await driver.page.getByRole('radio', { name: 'Ed25519' }).check();
    await lockAtSleep(driver);
    await driver.unlock(password);
    await driver.page.getByText(/Unsaved changes from .* · EC2 key pair/).waitFor();
    expect(await driver.page.content()).not.toContain('Web server');
    await driver.button('Continue editing').click();
    await expect(driver.field('Name')).toHaveValue('Web server');
    await expect(driver.field('EC2 key pair name')).toHaveValue('web-2');
    await driver.button('Generate').click();
    await driver.page.getByRole('heading', { level: 2, name: 'Web server' }).waitFor();
    expect(await driver.detail('algorithm')).toContain('Ed25519');

    const [key, certificate] = ['k.pem', 'c.pem'].map((name) => path.join(desk.folder, name)) as [string, string];
    const made = ['-newkey', 'rsa:2048', '-passout', 'pass:secret', '-subj', '/CN=p'];
    execFileSync('openssl', ['req', '-x509', ...made, '-keyout', key, '-out', certificate], { stdio: 'ignore' });
    await driver.newItem('X.509 signing certificate');
    await driver.field('Name').fill('From openssl');
    await driver.page.getByRole('dialog').getByText('Paste text').click();
    await driver
      .field('Certificate and private key')
      .fill(`${readFileSync(certificate, 'utf8')}${readFileSync(key, 'utf8')}`);
    await lockAtSleep(driver);
    await driver.unlock(password);
    await driver.page.getByText(/Unsaved changes from .* · X.509 signing certificate/).waitFor();
    await driver.button('Continue editing').click();
    await expect(driver.field('Name')).toHaveValue('From openssl');
    await expect(driver.field('Certificate and private key')).toHaveValue('');
    await picture(driver, 'draft-certificate');
    // Of the page that came after the lock.
    const dialog = driver.page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await driver.field('Passphrase').fill('secret');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await driver.page.getByRole('heading', { level: 2, name: 'From openssl' }).waitFor();
    await driver.lock();
    await driver.unlock(password);
    await driver.row('From openssl').waitFor();
    await expect(driver.page.getByText('Unsaved changes')).toHaveCount(0);
  },
);
