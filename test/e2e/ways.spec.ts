import path from 'node:path';
import { writeFileSync } from 'node:fs';
import { expect } from '@playwright/test';
import { Authenticator } from '../support/authenticator';
import {
  addItem,
  closeSheet,
  enrolCodes,
  fillWayDialog,
  finishWithSheet,
  makeRecoveryCode,
  openWayDialog,
  readSheet,
} from '../support/ways-driver';
import { password, test } from './support';

const refusal = 'alert';

test('codes take part in unlocking: a wrong one and a used one are refused in their own words', async ({ desk }) => {
  test.setTimeout(240_000);
  const driver = await desk.start();
  await driver.createVault(password);
  let authenticator: Authenticator | null = null;
  await enrolCodes(driver, password, (secretText) => (authenticator = new Authenticator(secretText)));
  const app = authenticator as Authenticator | null;
  if (app === null) throw new Error('no secret was shown');
  await expect(driver.page.getByText(/Codes open this vault until .* \((59|60) days left\)/)).toBeVisible();
  await driver.lock();

  await driver.field('Code').fill('12345');
  await driver.unlock(password);
  await expect(driver.page.getByRole(refusal)).toContainText('Type the six digits');
  const code = await app.nextCode();
  await driver.unlockWithCode(password, app.codeAt(Date.now(), 50));
  await expect(driver.page.getByRole(refusal)).toContainText('Password and code: together they do not open this vault');
  await driver.unlockWithCode(`${password}!`, code);
  await expect(driver.page.getByRole(refusal)).toContainText('Password and code: together they do not open this vault');
  const next = await app.nextCode();
  await driver.unlockWithCode(password, next);
  await driver.button('Lock').waitFor();
  await driver.lock();
  await driver.unlockWithCode(password, next);
  await expect(driver.page.getByRole(refusal)).toContainText(/this one was used; the next comes in \d+ s/);
  await driver.unlockWithCode(password, await app.freshCode());
  await expect(driver.button('Lock')).toBeVisible();
});

test('codes that were not proved do not count, and a wrong proof is refused', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await openWayDialog(driver, 'Change password or factors…');
  const filled = fillWayDialog(driver, {
    current: password,
    factors: ['Code from an authenticator app'],
    onCodes: () => Promise.resolve(['000000', '000001']),
  });
  filled.catch(() => undefined);
  await expect(driver.page.getByRole('dialog').getByRole(refusal)).toContainText('not two in a row of this secret');
  await driver.button('Close').click();
  await driver.lock();
  await filled.catch(() => undefined);
  await driver.unlock(password);
  await expect(driver.button('Lock')).toBeVisible();
});

test(
  'the recovery code opens once: then new ways in are chosen, a new sheet comes, and the old code is refused',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const newPassword = 'another horse battery';
    const driver = await desk.start();
    await driver.createVault(password);
    await addItem(driver, 'Survivor');
    const code = await makeRecoveryCode(driver, password);
    await driver.lock();

    await driver.chooseWay('Recovery code');
    const typo = `${code.startsWith('0') ? '1' : '0'}${code.slice(1)}`;
    await driver.field('Recovery code').fill(typo);
    await driver.button('Unlock').click();
    await expect(driver.page.getByRole(refusal)).toContainText('typing mistake');
    await driver.field('Recovery code').fill(code.toLowerCase().replaceAll(' ', '-'));
    await driver.button('Unlock').click();
    await driver.page.getByRole('heading', { name: 'Choose new ways in' }).waitFor();
    const list = await driver.page.evaluate(() =>
      window.coffer.record.list({ query: '', view: 'all', sort: 'title', offset: 0, limit: 10 }),
    );
    expect(list).toMatchObject({ ok: false, error: { code: 'vault-locked' } });
    await fillWayDialog(driver, { current: null, newPassword, factors: [] });
    const sheet = await finishWithSheet(driver);
    const newCode = await readSheet(sheet);
    expect(newCode).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){6}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(newCode).not.toBe(code);
    await closeSheet(sheet);
    await expect(driver.row('Survivor')).toBeVisible();
    await driver.lock();

    await driver.unlockWithRecoveryCode(code);
    await expect(driver.page.getByRole(refusal)).toContainText('it may be one of an older sheet');
    await driver.chooseWay('Password');
    await driver.unlock(password);
    await expect(driver.page.getByRole(refusal)).toContainText('does not open this vault');
    // The second failure costs a wait of one second.
    await driver.page.waitForTimeout(1100);
    await driver.unlock(newPassword);
    await expect(driver.row('Survivor')).toBeVisible();
  },
);

test(
  'a key file is made by the dialog and asked for; a way in is added with a warning, and removed',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const keyFile = path.join(desk.folder, 'home', 'my.coffer-key');
    const otherFile = path.join(desk.folder, 'home', 'other.bin');
    writeFileSync(otherFile, Buffer.alloc(32, 7));
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.goTo('Ways in');
    await expect(driver.page.getByText('This is the only way in, so it can’t be removed.')).toBeVisible();
    await expect(driver.page.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
    await openWayDialog(driver, 'Add another way in…');
    await fillWayDialog(driver, { current: password, factors: ['Key file'], newKeyFile: keyFile });
    await expect(driver.page.getByText('Anyone with only the password still gets in.')).toBeVisible();
    await driver.button('Add this way in').click();
    await driver.button('Done').click();
    await expect(driver.page.getByText(/Anyone with only the password still gets in/).first()).toBeVisible();
    await driver.lock();

    await driver.chooseWay('Password and key file');
    await driver.unlock(password);
    await expect(driver.page.getByRole(refusal)).toContainText('Choose the key file.');
    await driver.unlockWithKeyFile(password, otherFile);
    await expect(driver.page.getByRole(refusal)).toContainText('Password and key file: together they do not open');
    await driver.button('Choose another…').click();
    await driver.answerFileDialog('Choose the key file', keyFile);
    await driver.page.getByText('my.coffer-key').waitFor();
    await driver.unlock(password);
    await driver.button('Lock').waitFor();

    await openWayDialog(driver, 'Remove “Password”…');
    await fillWayDialog(driver, { current: password, factors: ['Key file'], newKeyFile: `${keyFile}2` });
    await closeSheet(await finishWithSheet(driver, 'Remove and renew'));
    await driver.button('Done').click();
    await expect(driver.page.locator('[data-way]')).toHaveCount(2);
    await driver.lock();
    await driver.unlockWithKeyFile(password, keyFile);
    await expect(driver.page.getByRole(refusal)).toContainText('together they do not open');
    await driver.button('Choose another…').click();
    await driver.answerFileDialog('Choose the key file', `${keyFile}2`);
    await driver.page.getByText('my.coffer-key2').waitFor();
    await driver.unlock(password);
    await expect(driver.button('Lock')).toBeVisible();
  },
);
