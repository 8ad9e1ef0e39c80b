import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { password, test } from './support';

const windowsPassword = 'kL9?x(Zq;2&vB-pR8=tW';
const instanceId = 'i-0123456789abcdef0';

/** A key as AWS hands it out, and a password that was encrypted for it. */
function awsKey(folder: string): { readonly pem: string; readonly sealed: string } {
  const [pem, clear, out] = ['aws.pem', 'clear', 'sealed'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ];
  execFileSync('openssl', ['genrsa', '-traditional', '-out', pem, '2048'], { stdio: 'ignore' });
  writeFileSync(clear, windowsPassword);
  execFileSync('openssl', ['pkeyutl', '-encrypt', '-inkey', pem, '-in', clear, '-out', out]);
  return { pem: readFileSync(pem, 'utf8'), sealed: readFileSync(out).toString('base64') };
}

/** Takes a key in over the bridge: the import's own screens are tested elsewhere. */
async function importKey(driver: AppDriver, text: string, title: string, passphrase = ''): Promise<void> {
  const given = { text, title, passphrase };
  await driver.page.evaluate(async (key) => {
    const bytes = (of: string): Uint8Array => new TextEncoder().encode(of);
    const valueOf = <T>(answer: { ok: true; value: T } | { ok: false; error: { message: string } }): T => {
      if (!answer.ok) throw new Error(answer.error.message);
      return answer.value;
    };
    const coffer = window.coffer;
    let [found] = valueOf(await coffer.import.paste({ text: bytes(key.text) })).candidates;
    if (found?.state === 'passphrase') {
      const unlocked = await coffer.import.passphrase({ id: found.id, passphrase: bytes(key.passphrase) });
      [found] = valueOf(unlocked).candidates;
    }
    const { imported } = valueOf(await coffer.import.run({ ids: [found?.id ?? ''] }));
    const id = imported[0]?.recordId ?? '';
    valueOf(await coffer.record.update({ id, changes: { title: key.title, values: { keyName: 'a-key' } } }));
  }, given);
  await driver.row(title).click();
  await driver.page.getByRole('heading', { level: 2, name: title }).waitFor();
}

test(
  'a Windows password: not ready, then decrypted, shown, copied, and in no .rdp file',
  { tag: '@long' },
  async ({ desk }) => {
    const { pem, sealed } = awsKey(desk.folder);
    const driver = await desk.start();
    await driver.createVault(password);
    await importKey(driver, pem, 'AWS key');
    await driver.newItem('Windows password');
    await driver.field('Name').fill('Build server');
    await driver.field('Address').fill('203.0.113.25');
    await driver.page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await driver.page.getByRole('heading', { level: 2, name: 'Build server' }).waitFor();

    await driver.button('Decrypt password…').click();
    const dialog = driver.page.getByRole('dialog');
    const answer = { InstanceId: instanceId, Timestamp: '2026-11-25T06:00:00+00:00', PasswordData: '' };
    await driver.field('Password data').fill(JSON.stringify(answer));
    await driver.button('Decrypt').click();
    await expect(dialog.getByRole('alert')).toContainText('up to 15 minutes');
    await driver.field('Password data').fill(JSON.stringify({ ...answer, PasswordData: sealed }));
    await driver.button('Decrypt').click();
    await expect(dialog).toHaveCount(0);
    expect(await driver.detail('instanceId')).toBe(instanceId);
    expect(await driver.detail('keyPair')).toBe('AWS key');

    expect(await driver.page.content()).not.toContain('kL9?');
    await driver.button('Reveal').click();
    await expect(driver.page.locator('[data-field="password"]')).toHaveText(windowsPassword);
    await driver.button('Copy Password').click();
    const clipboard = () => execFileSync('xclip', ['-selection', 'clipboard', '-o'], { encoding: 'utf8' });
    await expect.poll(clipboard).toBe(windowsPassword);

    const file = path.join(desk.folder, 'build.rdp');
    await driver.button('Export…').click();
    await driver.button('Export').click();
    await driver.answerFileDialog('Export', file);
    await driver.button('Done').click();
    const rdp = readFileSync(file, 'utf8');
    expect(rdp).toContain('full address:s:203.0.113.25\r\nusername:s:Administrator\r\n');
    expect(rdp).not.toContain(windowsPassword);
  },
);

test('EC2’s key pairs are compared with those of the vault', { tag: '@long' }, async ({ desk }) => {
  const { pem } = awsKey(desk.folder);
  const driver = await desk.start();
  await driver.createVault(password);
  await importKey(driver, pem, 'AWS key');
  const fingerprint = await driver.detail('awsCreated');
  const list = {
    KeyPairs: [
      { KeyName: 'web', KeyFingerprint: fingerprint, KeyType: 'rsa', KeyPairId: 'key-0123' },
      { KeyName: 'of somebody else', KeyFingerprint: 'aa:bb', KeyType: 'rsa', KeyPairId: 'key-4567' },
    ],
  };
  await driver.button('Compare with EC2…').click();
  await driver.field('Key pairs of EC2').fill(JSON.stringify(list));
  await driver.button('Compare').click();
  const dialog = driver.page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toHaveText('EC2 has 2 key pairs. The private keys of 1 are in this vault.');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'of somebody else' })).toContainText('Not here');
  await dialog.getByRole('button', { name: 'AWS key', exact: true }).click();
  await expect(driver.page.getByRole('heading', { level: 2, name: 'AWS key' })).toBeVisible();
});

test('a PuTTY key under a passphrase comes in, and goes out again for puttygen', { tag: '@long' }, async ({ desk }) => {
  const [ppk, given, out] = ['theirs.ppk', 'given', 'ours.ppk'].map((name) => path.join(desk.folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(given, 'pass phrase\n');
  execFileSync('puttygen', ['-q', '-t', 'ed25519', '-C', 'me@desk', '-o', ppk, '--new-passphrase', given]);
  const line = execFileSync('puttygen', [ppk, '-L'], { encoding: 'utf8' }).trim();
  const driver = await desk.start();
  await driver.createVault(password);
  await importKey(driver, readFileSync(ppk, 'utf8'), 'From PuTTY', 'pass phrase');
  expect(await driver.detail('publicKey')).toBe(line);
  await driver.button('Export…').click();
  await driver.page.getByRole('radio', { name: 'PuTTY .ppk', exact: false }).first().check();
  await driver.button('Export').click();
  await driver.answerFileDialog('Export a secret', out);
  await driver.button('Done').click();
  expect(execFileSync('puttygen', [out, '-L'], { encoding: 'utf8' }).trim()).toBe(line);
});
