import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Locator, expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { dropFiles } from '../support/drop-files';
import { type Desk, password, picture, test } from './support';

const keyId = 'AKIAQNZGKIQY56JQ7WML';
const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const table = (id: string) => `Access key ID,Secret access key\n${id},${secret}\n`;
/** As AWS handed out the key of a root user. */
const keyLines = (id: string) => `AWSAccessKeyId=${id}\nAWSSecretKey=${secret}\n`;

/** Writes a file into the home folder that the app sees. */
function put(desk: Desk, name: string, content: string): string {
  const file = path.join(desk.folder, 'home', name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content, { mode: 0o600 });
  return file;
}

function keygen(desk: Desk, name: string, passphrase = '', type = 'ed25519'): string {
  const file = path.join(desk.folder, 'home', name);
  mkdirSync(path.dirname(file), { recursive: true });
  execFileSync('ssh-keygen', ['-q', '-t', type, '-N', passphrase, '-C', 'me@desk', '-f', file]);
  return file;
}

async function startImport(driver: AppDriver): Promise<void> {
  await driver.button('Import…').first().click();
  await driver.page.getByRole('dialog').waitFor();
}

/** What stands in the list of what was found: file, state, message. */
const rows = (driver: AppDriver) => driver.page.getByRole('list', { name: 'Found' }).getByRole('listitem');
const rowOf = (driver: AppDriver, file: string): Locator =>
  rows(driver).and(driver.page.locator(`[data-file="${file}"]`));
const submit = async (driver: AppDriver, count: number) => {
  await driver.button(`Import ${count}`).click();
  await driver.page.getByText(`${count} imported.`, { exact: true }).waitFor();
};

test(
  'a look on this computer: found, protected, held, refused; picked, taken in, and only copies elsewhere deleted',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    keygen(desk, '.ssh/id_ed25519');
    keygen(desk, '.ssh/id_locked', 'pass phrase');
    keygen(desk, '.ssh/id_ecdsa', '', 'ecdsa');
    put(desk, '.ssh/config', 'Host web\n');
    put(desk, '.aws/credentials', `[work]\naws_access_key_id=${keyId}\naws_secret_access_key=${secret}\n`);
    const certificate = ['-keyout', path.join(desk.folder, 'home/.ec2/pk-A.pem'), '-subj', '/CN=me', '-days', '400'];
    mkdirSync(path.join(desk.folder, 'home/.ec2'));
    const out = path.join(desk.folder, 'home/.ec2/cert-A.pem');
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...certificate, '-out', out], {
      stdio: 'ignore',
    });
    const loose = keygen(desk, 'Downloads/loose.pem');
    put(desk, 'Downloads/cut.pem', '-----BEGIN RSA PRIVATE KEY-----\nMIIE');
    put(desk, 'Downloads/letter.txt', 'Dear Jo');

    await startImport(driver);
    await driver.button('Look on this computer').click();
    await rows(driver).first().waitFor();
    await expect(rowOf(driver, 'letter.txt')).toHaveCount(0);
    await expect(rowOf(driver, 'config')).toHaveCount(0);
    await expect(rowOf(driver, 'id_ed25519')).toContainText('not protected');
    await expect(rowOf(driver, 'id_ed25519.pub')).toContainText('The public half of id_ed25519');
    await expect(rowOf(driver, 'pk-A.pem')).toContainText('The private key of cert-A.pem');
    await expect(rowOf(driver, 'id_ecdsa')).toContainText('ECDSA');
    await expect(rowOf(driver, 'cut.pem')).toContainText('END line');
    await expect(rowOf(driver, 'id_locked.pub').getByRole('checkbox')).not.toBeChecked();
    await picture(driver, 'look');

    await driver.field('Passphrase of id_locked').fill('wrong');
    await rowOf(driver, 'id_locked').getByRole('button', { name: 'Unlock' }).click();
    await expect(rowOf(driver, 'id_locked')).toContainText('does not open');
    await driver.field('Passphrase of id_locked').fill('pass phrase');
    await rowOf(driver, 'id_locked').getByRole('button', { name: 'Unlock' }).click();
    await expect(rowOf(driver, 'id_locked')).toContainText('protected by a passphrase');
    await expect(rowOf(driver, 'id_locked').getByRole('checkbox')).toBeChecked();
    await rowOf(driver, 'cert-A.pem').getByRole('checkbox').uncheck();
    await submit(driver, 4);
    await expect(rowOf(driver, 'cert-A.pem')).toHaveAttribute('data-state', 'ready');

    const originals = driver.page.getByRole('group', { name: /Delete the files/ });
    await expect(originals.getByRole('checkbox')).toHaveCount(2);
    await expect(originals.getByRole('checkbox').first()).not.toBeChecked();
    await expect(originals).not.toContainText('.ssh');
    await expect(originals).not.toContainText('.aws');
    await picture(driver, 'originals');
    const backups = () => readdirSync(path.join(desk.folder, 'test backups')).length;
    const before = existsSync(path.join(desk.folder, 'test backups')) ? backups() : 0;
    await expect(driver.button('Delete chosen files')).toBeDisabled();
    await originals.getByRole('checkbox', { name: /loose\.pem$/ }).check();
    await driver.button('Delete chosen files').click();
    await driver.answerDeleteQuestion(true);
    await driver.page.getByText('1 deleted.').waitFor();
    expect([existsSync(loose), existsSync(`${loose}.pub`), backups() > before]).toEqual([false, true, true]);
    await driver.button('Done').click();

    await startImport(driver);
    await driver.button('Look on this computer').click();
    await expect(rowOf(driver, 'id_ed25519')).toContainText('Held already: id_ed25519');
    await expect(rowOf(driver, 'credentials').getByRole('checkbox')).toBeDisabled();
  },
);

test(
  'files opened by the system’s dialog, dropped, and pasted; an account and a user are chosen',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.newItem('AWS account');
    await driver.field('Name').fill('Acme');
    await driver.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await driver.page.getByRole('heading', { level: 2, name: 'Acme' }).waitFor();

    await startImport(driver);
    await driver.button('Open files…').click();
    await driver.answerFileDialog('Import', put(desk, 'rootkey.csv', keyLines(keyId)));
    await rowOf(driver, 'rootkey.csv').getByRole('button', { name: 'Belongs to: no account, root user' }).click();
    await driver.choose('AWS account of rootkey', 'Acme');
    await driver.field('IAM user of rootkey').fill('ann');
    await picture(driver, 'owner');
    await submit(driver, 1);
    await driver.button('Done').click();
    await driver.row('rootkey').click();
    await driver.page.getByRole('heading', { level: 2, name: 'rootkey' }).waitFor();
    expect([await driver.detail('account'), await driver.detail('user')]).toEqual(['Acme', 'ann']);

    const half = keygen(desk, 'web');
    await dropFiles(driver.page, [`${half}.pub`, put(desk, 'picture.pem', 'GIF89a'), put(desk, 'empty', '')]);
    await expect(rowOf(driver, 'picture.pem')).toContainText('a picture');
    await expect(rowOf(driver, 'empty')).toContainText('empty');
    await submit(driver, 1);
    // Dropped again, on the open dialog.
    await dropFiles(driver.page, [half]);
    await expect(rowOf(driver, 'web')).toContainText('Completes “web”');
    await submit(driver, 1);
    await expect(driver.page.getByRole('group', { name: /Delete the files/ })).toHaveCount(0);
    await driver.button('Paste text').click();
    await driver.field('Text').fill(readFileSync(half, 'utf8'));
    await driver.button('Look at it').click();
    await expect(rowOf(driver, 'Pasted text')).toContainText('Held already: web');
    await driver.button('Cancel').click();
    await expect(driver.row('web')).toHaveCount(1);
  },
);

test('a folder of many files, of every outcome', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.newItem('AWS account');
  await driver.field('Name').fill('Acme, the account with a rather long name for its list');
  await driver.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
  await driver.page.getByRole('heading', { level: 2, name: /Acme/ }).waitFor();
  const long = `the-key-of-a-machine-that-somebody-gave-${'a-very-long-name-'.repeat(8)}`;
  const files = [
    ...Array.from({ length: 14 }, (_, n) => keygen(desk, `pairs/${n % 5 === 0 ? `${long}${n}` : `web-${n}`}`)),
    ...Array.from({ length: 4 }, (_, n) => keygen(desk, `locked/locked-${n}.pem`, 'pass phrase')),
    ...Array.from({ length: 8 }, (_, n) =>
      put(desk, `keys/key-${n}.csv`, table(`AKIAIOSFODNN7AAAAAA${'ABCDEFGH'[n] ?? ''}`)),
    ),
    ...['GIF89a', '%PDF-1.7', 'PK\x03\x04', 'Dear Jo'].map((text, n) => put(desk, `others/${n}.pem`, text)),
  ];
  await dropFiles(driver.page, files);
  await expect(rows(driver)).toHaveCount(30);
  await expect(driver.page.getByText('30 found: 22 ready, 4 behind a passphrase, 4 not taken.')).toBeVisible();
  await picture(driver, 'many');
  await driver.button('Choose none').click();
  await expect(driver.button('Import')).toBeDisabled();
  await driver.button('Choose all').click();
  await driver.choose('AWS account', 'Acme');
  await driver.button('Import 22').click();
  // No file tells whose these keys are, so that none is one too many.
  await driver.page.getByText('22 imported.', { exact: true }).waitFor();
  await picture(driver, 'many-done');
});
