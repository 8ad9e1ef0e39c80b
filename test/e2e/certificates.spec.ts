import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { password, picture, test } from './support';

test(
  'a signing certificate: made with a whole subject, and taken in from pasted text',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    const dialog = driver.page.getByRole('dialog');

    await driver.newItem('X.509 signing certificate');
    await driver.field('Name').fill('Web signing');
    await dialog.getByRole('button', { name: 'Make', exact: true }).click();
    await expect(dialog.getByRole('alert')).toContainText('Common name');
    await driver.field('Common name').fill('web.example.org');
    await driver.field('Organisation').fill('Müller & Söhne');
    await driver.field('Country').fill('de');
    await picture(driver, 'certificate-new');
    await dialog.getByRole('button', { name: 'Make', exact: true }).click();
    await driver.page.getByRole('heading', { level: 2, name: 'Web signing' }).waitFor();
    expect(await driver.detail('subject')).toContain('O=Müller & Söhne');
    expect(await driver.detail('subject')).toContain('C=DE');

    const [key, certificate] = ['k.pem', 'c.pem'].map((name) => path.join(desk.folder, name)) as [string, string];
    const made = [
      '-newkey',
      'rsa:2048',
      '-passout',
      'pass:secret',
      '-keyout',
      key,
      '-out',
      certificate,
      '-subj',
      '/CN=p',
    ];
    execFileSync('openssl', ['req', '-x509', ...made], { stdio: 'ignore' });
    await driver.newItem('X.509 signing certificate');
    await driver.field('Name').fill('From openssl');
    await dialog.getByText('Paste text').click();
    await driver
      .field('Certificate and private key')
      .fill(`${readFileSync(certificate, 'utf8')}${readFileSync(key, 'utf8')}`);
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await expect(driver.field('Passphrase')).toBeVisible();
    await picture(driver, 'certificate-paste');
    await driver.field('Passphrase').fill('secret');
    await dialog.getByRole('button', { name: 'Import', exact: true }).click();
    await driver.page.getByRole('heading', { level: 2, name: 'From openssl' }).waitFor();
    expect(await driver.detail('subject')).toBe('CN=p');
  },
);
