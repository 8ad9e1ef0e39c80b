/** One credential of each kind but key pairs, by the screens, with every export. */
import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { exportRecord, saveRecord } from './exporting.mjs';

const account = 'Demo account';
const accountId = '029608264753';
const web = 'Demo web server';
const instanceId = 'i-0123456789abcdef0';

/** @param {object} demo - Driver, report and out folder of the running demo. */
export async function showKinds(demo) {
  mkdirSync(path.join(demo.out, 'exports'), { recursive: true });
  await showAccount(demo);
  await showSignIn(demo);
  await showAccessKey(demo);
  await showCertificate(demo);
  await showMoreOfKeyPairs(demo);
  await showWindowsPassword(demo);
}

async function showAccount({ driver, report }) {
  await report.step('note an AWS account', async () => {
    await driver.newItem('AWS account');
    await driver.field('Name').fill(account);
    await driver.field('Account ID').fill('0296-0826-4753');
    await driver.field('Account alias').fill('coffer-demo');
    await driver.field('Canonical user ID').fill('79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be');
    await report.picture('account-form');
    await saveRecord({ driver, report }, { kind: 'account', title: account, fingerprints: { accountId } });
    await report.picture('account');
  });
}

async function showSignIn({ driver, report }) {
  const title = 'Demo administrator';
  await report.step('note a sign-in with its MFA device, and show a code', async () => {
    await driver.newItem('Sign-in');
    await driver.field('Name').fill(title);
    await driver.choose('AWS account', account);
    await driver.field('IAM user').fill('admin');
    await driver.page.getByText('Generate a password').click();
    await driver.button('Generate').click();
    await report.picture('sign-in-form');
    const record = await saveRecord({ driver, report }, { kind: 'sign-in', title });
    await driver.button('Add MFA device').click();
    await driver.field('Secret').fill(base32(randomBytes(20)));
    await driver.field('Device name').fill('phone');
    await report.picture('mfa-device');
    await driver.button('Add device').click();
    await report.picture('sign-in-hidden');
    await driver.button('Reveal code of phone').click();
    const code = driver.page.getByLabel('Code of phone', { exact: true });
    await driver.page.waitForFunction(() =>
      /^\d{3} \d{3}$/.test(document.querySelector('[data-device] [role=group]')?.textContent ?? ''),
    );
    report.set({ codes: [{ record, atMs: Date.now(), code: (await code.textContent()).replace(' ', '') }] });
    await report.picture('sign-in');
  });
}

async function showAccessKey(demo) {
  const { driver, report } = demo;
  const title = 'Demo access key';
  let record = '';
  await report.step('note an access key', async () => {
    await driver.newItem('Access key');
    await driver.field('Name').fill(title);
    await driver.choose('AWS account', account);
    await driver.field('IAM user').fill('admin');
    await driver.field('Access key ID').fill('AKIAQNZGKIQY56JQ7WML');
    await driver.field('Secret access key').fill(randomBytes(30).toString('base64'));
    await driver.field('Region').fill('eu-west-1');
    await report.picture('access-key-form');
    record = await saveRecord({ driver, report }, { kind: 'access-key', title });
    await report.picture('access-key');
  });
  const merges = [
    ['aws-credentials', 'Profile in ~/.aws/credentials', 'home/.aws/credentials'],
    ['aws-config', 'Region in ~/.aws/config', 'home/.aws/config'],
  ];
  for (const [format, label, file] of merges) {
    await report.step(`export the access key as ${format}`, async () => {
      const fields = { Profile: 'demo' };
      await exportRecord(demo, { record, format, label, file, place: 'Merge into the file', fields });
    });
  }
  const files = [
    ['env-sh', 'Lines for sh, bash and zsh', 'demo-access-key.sh'],
    ['env-powershell', 'Lines for PowerShell', 'demo-access-key.ps1'],
    ['env-fish', 'Lines for fish', 'demo-access-key.fish'],
    ['access-key-csv', 'accessKeys.csv, as AWS hands out', 'accessKeys.csv'],
  ];
  for (const [format, label, name] of files) {
    await report.step(`export the access key as ${format}`, () =>
      exportRecord(demo, { record, format, label, file: path.join('exports', name) }),
    );
  }
}

async function showCertificate(demo) {
  const { driver, report } = demo;
  const title = 'Demo signing certificate';
  let record = '';
  await report.step('make an X.509 signing certificate', async () => {
    await driver.newItem('X.509 signing certificate');
    await driver.field('Name').fill(title);
    await driver.field('Common name').fill('admin');
    await driver.choose('AWS account', account);
    await driver.field('IAM user').fill('admin');
    await report.picture('certificate-form');
    const kind = 'certificate';
    record = await saveRecord({ driver, report }, { kind, title }, 'Make');
    await report.picture('certificate');
  });
  const passphrase = `pass ${randomBytes(9).toString('base64url')}`;
  const files = [
    { format: 'x509-key', label: 'Private key (pk-….pem)', name: 'pk-demo.pem' },
    { format: 'x509-cert', label: 'Certificate (cert-….pem)', name: 'cert-demo.pem', isPublic: true },
    { format: 'pkcs12', label: 'PKCS#12 (.p12)', name: 'demo.p12', passphrase },
    { format: 'pkcs12-legacy', label: 'PKCS#12 for old Windows', name: 'demo-old.p12', passphrase },
    { format: 'env-ec2-sh', label: 'Lines for sh', name: 'ec2.sh', isPublic: true },
    { format: 'env-ec2-powershell', label: 'Lines for PowerShell', name: 'ec2.ps1', isPublic: true },
    { format: 'env-ec2-fish', label: 'Lines for fish', name: 'ec2.fish', isPublic: true },
  ];
  for (const { name, ...wanted } of files) {
    await report.step(`export the certificate as ${wanted.format}`, () =>
      exportRecord(demo, { record, ...wanted, file: path.join('exports', name) }),
    );
  }
}

async function showMoreOfKeyPairs(demo) {
  const { driver, report } = demo;
  await driver.row(web).click();
  const record = await driver.page.locator('article[data-record-id]').getAttribute('data-record-id');
  const passphrase = `pass ${randomBytes(9).toString('base64url')}`;
  const files = [
    { format: 'ppk3', label: 'PuTTY .ppk', name: 'demo-web-server.ppk', passphrase },
    { format: 'ppk2', label: 'PuTTY .ppk, old (PPK 2)', name: 'demo-web-server-v2.ppk', passphrase },
    { format: 'authorized-keys', label: 'Line for authorized_keys', name: 'authorized_keys', isPublic: true },
    { format: 'cloud-init', label: 'User data for cloud-init', name: 'cloud-init.yaml', isPublic: true },
  ];
  for (const { name, ...wanted } of files) {
    await report.step(`export RSA 2048 as ${wanted.format}`, () =>
      exportRecord(demo, { record, ...wanted, file: path.join('exports', name) }),
    );
  }
  await report.step('write a Host entry for ssh', async () => {
    const fields = { 'Host alias': 'demo-web', Address: 'web.example.com', User: 'ec2-user' };
    const merged = { format: 'ssh-config', label: 'Host entry in ~/.ssh/config', file: 'home/.ssh/config' };
    await exportRecord(demo, { record, ...merged, place: 'Merge into the file', fields });
  });
}

async function showWindowsPassword(demo) {
  const { driver, report, out } = demo;
  const title = 'Demo Windows server';
  const password = `W${randomBytes(9).toString('base64url')}!`;
  await report.step('decrypt the password of a Windows instance', async () => {
    await driver.newItem('Windows password');
    await driver.field('Name').fill(title);
    await driver.field('Instance').fill(instanceId);
    await driver.field('Address').fill('windows.example.com');
    await report.picture('windows-password-form');
    const record = await saveRecord({ driver, report }, { kind: 'windows-password', title });
    const key = createPublicKey(readFileSync(path.join(out, 'exports', 'demo-web-server.pem')));
    const sealed = publicEncrypt({ key, padding: constants.RSA_PKCS1_PADDING }, Buffer.from(password));
    await driver.button('Decrypt password…').click();
    await driver.field('Password data').fill(sealed.toString('base64'));
    await report.picture('windows-decrypt');
    await driver.button('Decrypt').click();
    await driver.button('Reveal').click();
    const shown = await driver.page.locator('[data-field=password] pre').textContent();
    if (shown !== password) throw new Error('the password of the Windows instance is another one');
    report.set({ windowsPasswords: [{ instance: instanceId, password: shown }] });
    await report.picture('windows-password');
    await driver.button('Hide').click();
    const label = 'Remote Desktop file (.rdp)';
    await exportRecord(demo, { record, format: 'rdp', label, file: 'exports/demo-windows-server.rdp', isPublic: true });
  });
}

/** RFC 4648 §6. */
function base32(bytes) {
  let bits = BigInt(`0x${bytes.toString('hex')}`);
  let text = '';
  for (let n = 0; n < (bytes.length * 8) / 5; n++) {
    text = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number(bits & 31n)] + text;
    bits >>= 5n;
  }
  return text;
}
