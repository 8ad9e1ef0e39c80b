import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { password, test } from './support';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';

test('an account, its root sign-in with a generated password, and the codes of a QR picture', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.newItem('AWS account');
  await driver.field('Name').fill('Acme');
  await driver.field('Account ID').fill('123456789012');
  await driver.button('Save').click();
  await expect(driver.page.locator('[data-field=accountId]')).toHaveText('1234-5678-9012');

  await driver.newItem('Sign-in');
  await driver.field('Name').fill('Acme root');
  await driver.choose('AWS account', 'Acme');
  await driver.field('E-mail address').fill('owner@example.com');
  await driver.page.getByText('Generate a password').click();
  await driver.button('Generate').click();
  await expect(driver.field('Password')).toHaveValue(/^.{20}$/);
  await picture(driver, 'new-sign-in');
  await driver.button('Save').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Acme root' }).waitFor();
  await expect(driver.page.locator('[data-field=account]')).toHaveText('Acme');

  const file = path.join(desk.folder, 'qr.png');
  execFileSync('qrencode', [
    '-o',
    file,
    '-s',
    '8',
    `otpauth://totp/Amazon%20Web%20Services:owner?secret=${secret}&issuer=AWS`,
  ]);
  await driver.button('Add MFA device').click();
  await driver.page.getByRole('radio', { name: 'Picture in a file' }).check();
  await driver.button('Choose a picture…').click();
  await driver.answerFileDialog('Open the picture of a QR code', file);
  await driver.page.getByText('Code found · AWS · owner').waitFor();
  await picture(driver, 'add-mfa');
  await driver.button('Add device').click();
  const code = driver.page.getByLabel('Code of owner', { exact: true });
  await expect(code).toHaveText(/^\d{3} \d{3}$/);
  await expect(async () => {
    const expected = execFileSync('oathtool', ['--totp', '--base32', secret], { encoding: 'utf8' }).trim();
    expect((await code.textContent())?.replace(' ', '')).toBe(expected);
  }).toPass({ timeout: 10_000 });
  await picture(driver, 'sign-in');
  expect(await driver.page.content()).not.toContain(secret);
});

async function picture(driver: AppDriver, name: string) {
  const folder = process.env['COFFER_PICTURES'];
  if (folder !== undefined) await driver.page.screenshot({ path: path.join(folder, `${name}.png`) });
}
