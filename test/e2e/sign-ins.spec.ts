import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { readClipboard } from '../support/x-clipboard';
import { picture, password, test } from './support';

const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
const otpauth = `otpauth://totp/Amazon%20Web%20Services:owner?secret=${secret}&issuer=AWS`;

test(
  'an account, its root sign-in with a generated password, and the codes of a QR picture',
  { tag: '@long' },
  async ({ desk }) => {
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
    execFileSync('qrencode', ['-o', file, '-s', '8', otpauth]);
    await driver.button('Add MFA device').click();
    await driver.page.getByRole('radio', { name: 'Picture in a file' }).check();
    await driver.button('Choose a picture…').click();
    await driver.answerFileDialog('Open the picture of a QR code', file);
    await driver.page.getByText('Code found · AWS · owner').waitFor();
    await picture(driver, 'add-mfa');
    await driver.button('Add device').click();
    // Hidden until it is asked for, and then told of without its digits, which change unasked.
    const device = driver.page.locator('[data-device=owner]');
    const code = device.getByLabel('Code of owner', { exact: true });
    await expect(device.getByRole('img', { name: 'Hidden' })).toBeVisible();
    await expect(code).toHaveCount(0);
    await picture(driver, 'sign-in-hidden');
    await driver.button('Copy code of owner').click();
    await driver.page.getByText('Code copied').waitFor();
    const expected = () => execFileSync('oathtool', ['--totp', '--base32', secret], { encoding: 'utf8' }).trim();
    await expect.poll(() => readClipboard() === expected()).toBe(true);
    await expect(code).toHaveCount(0);
    await driver.button('Reveal code of owner').click();
    await expect(code).toHaveText(/^\d{3} \d{3}$/);
    await expect(async () => {
      expect((await code.textContent())?.replace(' ', '')).toBe(expected());
    }).toPass({ timeout: 10_000 });
    const live = device.locator('[role=status], [role=alert], [aria-live], output');
    await expect(live).toHaveText(['Code of owner is shown']);
    await picture(driver, 'sign-in');
    expect(await driver.page.content()).not.toContain(secret);
    await driver.button('Hide code of owner').click();
    await expect(code).toHaveCount(0);
    await expect(live).toHaveText(['Code of owner is hidden']);

    // The same code as a photograph of twelve megapixels, and as a transparent picture on the clipboard.
    const photograph = path.join(desk.folder, 'qr.jpg');
    const transparent = path.join(desk.folder, 'transparent.png');
    execFileSync('qrencode', ['-o', transparent, '-s', '8', '--background=00000000', otpauth]);
    writeFileSync(photograph, await photographOf(driver, transparent));
    await driver.button('Add MFA device').click();
    await driver.page.getByRole('radio', { name: 'Picture in a file' }).check();
    await driver.button('Add device').click();
    await driver.page.getByText('Read the picture of a QR code first.').waitFor();
    await driver.button('Choose a picture…').click();
    await driver.answerFileDialog('Open the picture of a QR code', photograph);
    await driver.page.getByText('Code found · AWS · owner').waitFor();
    await driver.page.getByRole('radio', { name: 'Picture on the clipboard' }).check();
    const clipboard = spawn('xclip', ['-quiet', '-selection', 'clipboard', '-t', 'image/png', '-i', transparent]);
    await expect(async () => {
      await driver.button('Read the clipboard').click();
      await expect(driver.page.getByRole('alert')).toHaveCount(0, { timeout: 500 });
    }).toPass({ timeout: 10_000 });
    await driver.page.getByText('Code found · AWS · owner').waitFor();
    clipboard.kill();
    await driver.field('Device name').fill('tablet');
    await driver.button('Add device').click();
    await driver.button('Reveal code of tablet').click();
    await expect(driver.page.getByLabel('Code of tablet', { exact: true })).toHaveText(/^\d{3} \d{3}$/);
    await driver.button('Remove owner').click();
    await expect(driver.page.locator('[data-device]')).toHaveCount(1);
    await picture(driver, 'removed-mfa');
    await driver.button('Undo').click();
    await expect(driver.page.locator('[data-device]')).toHaveCount(2);
    await driver.button('Reveal code of owner').click();
    await expect(driver.page.getByLabel('Code of owner', { exact: true })).toHaveText(/^\d{3} \d{3}$/);
  },
);

/** A JPEG of 4,032 by 3,024 pixels with the picture in its middle. */
async function photographOf(driver: AppDriver, file: string): Promise<Buffer> {
  const base64 = await driver.app.evaluate(({ nativeImage }, png) => {
    const code = nativeImage.createFromPath(png).resize({ width: 900, height: 900 }).toBitmap();
    const [width, height] = [4032, 3024];
    const pixels = Buffer.alloc(width * height * 4, 0xff);
    for (let y = 0; y < 900; y++) {
      for (let x = 0; x < 900; x++) {
        const from = (y * 900 + x) * 4;
        const rest = 0xff - (code[from + 3] ?? 0);
        for (let colour = 0; colour < 3; colour++) {
          pixels[((y + 1000) * width + x + 1500) * 4 + colour] = Math.min(0xff, (code[from + colour] ?? 0) + rest);
        }
      }
    }
    return nativeImage.createFromBitmap(pixels, { width, height }).toJPEG(80).toString('base64');
  }, file);
  return Buffer.from(base64, 'base64');
}
