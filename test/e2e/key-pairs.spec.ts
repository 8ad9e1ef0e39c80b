import { execFileSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import { generateKeyPair, password, test } from './support';

const publicKeyOf = (file: string, passphrase = '') =>
  execFileSync('ssh-keygen', ['-y', '-P', passphrase, '-f', file], { encoding: 'utf8' }).trim();

test('a key pair is generated, exported to ~/.ssh, and ssh-keygen reads it', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');
  await driver.button('Export…').click();
  await driver.page.getByRole('radio', { name: 'Save to ~/.ssh' }).check();
  await driver.button('Export').click();
  await expect(driver.page.getByText('web-server')).not.toHaveCount(0);
  await driver.button('Done').click();
  const file = path.join(desk.folder, 'home/.ssh/web-server');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(publicKeyOf(file)).toBe(await driver.detail('publicKey'));
});

test('an export never replaces a file unasked', async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');
  const file = path.join(desk.folder, 'precious');
  writeFileSync(file, 'precious');
  await driver.button('Export…').click();
  await driver.button('Export').click();
  await driver.answerFileDialog('Export a secret', file);
  await driver.answerReplaceQuestion(false);
  expect(readFileSync(file, 'utf8')).toBe('precious');
  await driver.button('Export').click();
  await driver.answerFileDialog('Export a secret', file);
  await driver.answerReplaceQuestion(true);
  await driver.button('Done').click();
  expect(publicKeyOf(file)).toBe(await driver.detail('publicKey'));
});

test('a closed dialog exports nothing', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');
  await driver.button('Export…').click();
  await driver.button('Export').click();
  await driver.cancelFileDialog('Export a secret');
  await expect(driver.button('Export')).toBeEnabled();
});

test('a key of ssh-keygen under a passphrase is imported from a file', { tag: '@long' }, async ({ desk }) => {
  const file = path.join(desk.folder, 'theirs');
  execFileSync('ssh-keygen', ['-q', '-t', 'rsa', '-b', '2048', '-N', 'pass phrase', '-C', 'me@laptop', '-f', file]);
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.button('Import…').first().click();
  await driver.button('Open files…').click();
  await driver.answerFileDialog('Import', file);
  await driver.field('Passphrase of theirs').fill('pass phrase');
  await driver.button('Unlock').click();
  await driver.button('Import 1').click();
  await driver.page.getByText('1 imported.').waitFor();
  await driver.button('Done').click();
  await driver.row('theirs').click();
  expect(await driver.detail('publicKey')).toBe(readFileSync(`${file}.pub`, 'utf8').trim());
  expect(await driver.detail('openssh')).toBe(
    execFileSync('ssh-keygen', ['-lf', `${file}.pub`], { encoding: 'utf8' }).split(' ')[1],
  );
});

test('a secret is shown on request, hidden again, and gone from the page when the window loses focus', async ({
  desk,
}) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');
  const html = () => driver.page.content();
  expect(await html()).not.toContain('PRIVATE KEY-----');
  await driver.button('Reveal').click();
  await expect.poll(html).toContain('BEGIN OPENSSH PRIVATE KEY-----');
  await driver.button('Hide').click();
  await expect.poll(html).not.toContain('PRIVATE KEY-----');
  await driver.button('Reveal').click();
  await expect.poll(html).toContain('PRIVATE KEY-----');
  await driver.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect.poll(html).not.toContain('PRIVATE KEY-----');
});

test('the public key is copied to the real clipboard', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');
  await driver.button('Copy Public key').click();
  const read = () => execFileSync('xclip', ['-selection', 'clipboard', '-o'], { encoding: 'utf8' });
  const expected = await driver.detail('publicKey');
  await expect.poll(read).toBe(expected);
});

test('RSA 4096 shows that it is busy, and can be cancelled', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  // A lucky key is there before the button can be pressed; five of them in a row are no luck.
  for (let tries = 1; ; tries++) {
    await driver.newItem('EC2 key pair');
    await driver.field('Name').fill(`Long ${tries}`);
    await driver.page.getByRole('radio', { name: 'RSA 4096' }).check();
    // Looked for from before the click on.
    const isBusy = driver.page.getByRole('status').filter({ hasText: /generating/i });
    await Promise.all([isBusy.waitFor(), driver.button('Generate').click()]);
    const pressed = driver.button('Cancel').click({ timeout: 5000 });
    const isCancelled = await pressed.then(
      () => true,
      () => false,
    );
    if (isCancelled) {
      // The form stays, for another try.
      await expect(isBusy).toHaveCount(0);
      await expect(driver.button('Generate')).toBeVisible();
      await expect(driver.row(`Long ${tries}`)).toHaveCount(0);
      return;
    }
    expect(tries).toBeLessThan(5);
    await expect(driver.row(`Long ${tries}`)).toHaveCount(1);
  }
});

test('trash: moved, restored, deleted for ever', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await generateKeyPair(driver, 'Web server');
  await driver.button('Move to trash').click();
  await expect(driver.row('Web server')).toHaveCount(0);
  await driver.button('Trash').click();
  await driver.row('Web server').click();
  await driver.button('Restore').click();
  await driver.button('All items').click();
  await driver.row('Web server').click();
  await driver.button('Move to trash').click();
  await driver.button('Trash').click();
  await driver.row('Web server').click();
  await driver.button('Delete for ever').click();
  await driver.page
    .getByRole('alertdialog')
    .or(driver.page.getByRole('dialog'))
    .getByRole('button', { name: 'Delete for ever' })
    .click();
  await expect(driver.row('Web server')).toHaveCount(0);
});

test('hostile names and notes are text everywhere, and come back exactly', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  const names = [
    '<img src=x onerror="document.title=\'owned\'">',
    '\u202egnp.tluaf\u202c 😀 \u05d0\u05d1\u05d2',
    `'; DROP TABLE secret; --`,
    'x'.repeat(10_000),
  ];
  for (const [index, name] of names.entries()) {
    await driver.newItem('EC2 key pair');
    await driver.field('Name').fill(name);
    await driver.field('EC2 key pair name').fill(`key-${index}`);
    await driver.page.getByRole('radio', { name: 'Ed25519' }).check();
    await driver.field('Notes').fill(`${name}\nsecond line`);
    await driver.button('Generate').click();
    await driver.page.locator('article[data-record-id]').waitFor();
    await expect(driver.page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(name);
    expect(await driver.page.locator('[data-field="notes"]').textContent()).toBe(`${name}\nsecond line`);
  }
  expect(await driver.page.title()).toBe('test – Coffer');
  expect(await driver.page.locator('img').count()).toBe(0);
  const overflow = await driver.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
