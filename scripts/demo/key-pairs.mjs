/** Generating key pairs and exporting them in every format. */
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { showHeld } from './holding.mjs';

const pairs = [
  {
    title: 'Demo web server',
    type: 'RSA 2048',
    region: 'eu-west-1',
    tags: ['demo', 'web'],
    formats: ['pkcs1', 'pkcs8', 'openssh', 'public'],
    labels: { pkcs1: 'RSA .pem, as AWS hands out', pkcs8: 'PKCS#8 .pem' },
  },
  {
    title: 'Demo build host',
    type: 'Ed25519',
    region: 'us-east-1',
    tags: ['demo'],
    formats: ['openssh', 'pkcs8', 'public'],
    labels: { pkcs8: 'PKCS#8 .pem (not for ssh)' },
  },
];
const labelOf = { openssh: 'OpenSSH private key', public: 'OpenSSH public key (.pub)' };

/** @param {object} demo - Driver, report and out folder of the running demo. */
export async function showKeyPairs(demo) {
  for (const pair of pairs) {
    const recordId = await generate(demo, pair);
    for (const format of pair.formats) {
      await exportKey(demo, { pair, recordId, format, passphrase: null });
      if (format === 'public') continue;
      await exportKey(demo, { pair, recordId, format, passphrase: `pass ${randomBytes(9).toString('base64url')}` });
    }
  }
  await lookAround(demo);
}

async function generate(demo, { title, type, region, tags }) {
  const { driver, report } = demo;
  let recordId = '';
  await report.step(`generate an ${type} key pair`, async () => {
    await driver.newItem('EC2 key pair');
    await driver.field('Name').fill(title);
    await driver.page.getByRole('radio', { name: type }).check();
    await driver.field('Region').fill(region);
    for (const tag of tags) {
      await driver.field('Tags').fill(tag);
      await driver.field('Tags').press('Enter');
    }
    await driver.field('Notes').fill(`Made by the demo for ${title}.`);
    await report.picture('generate');
    await showHeld(demo, {
      name: 'generating',
      channel: 'key-pair:generate',
      begin: () => driver.button('Generate').click(),
      busy: () => driver.page.getByText('Generating the key pair…').waitFor(),
    });
    await driver.page.getByRole('heading', { level: 2, name: title }).waitFor();
    await report.picture('key-pair');
    recordId = await driver.page.locator('article[data-record-id]').getAttribute('data-record-id');
    report.addRecord({ id: recordId, kind: 'key-pair', title, fingerprints: await fingerprints(driver, type) });
  });
  return recordId;
}

async function fingerprints(driver, type) {
  const openssh = await driver.detail('openssh');
  if (type === 'Ed25519') {
    const aws = await driver.detail('awsFingerprint');
    return { awsCreated: aws, awsImported: aws, openssh };
  }
  return { awsCreated: await driver.detail('awsCreated'), awsImported: await driver.detail('awsImported'), openssh };
}

async function exportKey({ driver, report, out }, { pair, recordId, format, passphrase }) {
  const label = pair.labels[format] ?? labelOf[format];
  const stem = pair.title.toLowerCase().replaceAll(' ', '-');
  const protection = passphrase === null ? '' : '-protected';
  const ending = { pkcs1: '.pem', pkcs8: '-pkcs8.pem', openssh: '-openssh', public: '.pub' }[format];
  const file = path.join('exports', `${stem}${protection}${ending}`);
  await report.step(`export ${pair.type} as ${format}${passphrase === null ? '' : ' under a passphrase'}`, async () => {
    await driver.button('Export…').click();
    await driver.page.getByRole('radio', { name: label, exact: true }).check();
    if (passphrase !== null) {
      await driver.field('Passphrase').fill(passphrase);
      await driver.field('Repeat passphrase').fill(passphrase);
    }
    if (format === 'openssh') await report.picture(`export-${protection === '' ? 'plain' : 'protected'}`);
    await driver.button('Export').click();
    const title = format === 'public' ? 'Export' : 'Export a secret';
    await driver.answerFileDialog(title, path.join(out, file));
    await driver.button('Done').waitFor();
    if (format === 'pkcs1') await report.picture(`exported${protection}`);
    await driver.button('Done').click();
    if (!existsSync(path.join(out, file))) throw new Error(`${file} was not written`);
    report.addExport({ record: recordId, format, file, ...(passphrase === null ? {} : { passphrase }) });
  });
}

async function lookAround({ driver, report }) {
  await report.step('search the list', async () => {
    await driver.page.getByRole('searchbox', { name: 'Search' }).fill('web');
    await driver.row('Demo build host').waitFor({ state: 'hidden' });
    await report.picture('search');
    await driver.page.getByRole('searchbox', { name: 'Search' }).fill('');
  });
  await report.step('reveal a private key, and hide it', async () => {
    await driver.row('Demo web server').click();
    await driver.button('Reveal').click();
    await driver.button('Hide').click();
    await report.picture('hidden-again');
  });
  await report.step('list the exported files', async () => {
    await driver.button('Exported files').click();
    await driver.page.getByText('demo-web-server.pem').first().waitFor();
    await report.picture('exported-files');
    await driver.button('All items').click();
  });
}
