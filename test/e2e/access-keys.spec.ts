import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { type Desk, password, picture, test } from './support';

const secret = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
/** Keys of account 0296-0826-4753, which their IDs tell. */
const [oldId, newId, thirdId] = ['AKIAQNZGKIQY56JQ7WML', 'AKIAQNZGKIQY56JQ7WMM', 'AKIAQNZGKIQY56JQ7WMN'] as const;

const theirCredentials = '# keep me\r\n[other]\r\naws_access_key_id=AKIAIOSFODNN7EXAMPLE ; theirs\r\n';
const theirConfig = '# mine\n[default]\nregion = us-east-1\n\n[profile other]\nregion=us-west-2\n';

async function fillKey(driver: AppDriver, name: string, id: string) {
  await driver.newItem('Access key');
  await driver.field('Name').fill(name);
  await driver.choose('AWS account', 'Acme');
  await driver.field('IAM user').fill('ann');
  await driver.field('Access key ID').fill(id);
  await driver.field('Secret access key').fill(secret);
  await driver.field('Region').fill('eu-west-1');
}

async function startWithKey(desk: Desk): Promise<AppDriver> {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.newItem('AWS account');
  await driver.field('Name').fill('Acme');
  await driver.field('Account ID').fill('029608264753');
  await driver.button('Save').click();
  await fillKey(driver, 'Ann', oldId);
  await driver.button('Save').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Ann', exact: true }).waitFor();
  return driver;
}

async function chooseExport(driver: AppDriver, label: string, profile: string | null) {
  await driver.button('Export…').click();
  await driver.page.getByRole('radio', { name: label }).check();
  if (profile !== null) await driver.field('Profile').fill(profile);
  await driver.button('Export').click();
}

test(
  'a key is replaced by another in order, each step is noted and can be undone; a third is refused with the way out',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await startWithKey(desk);
    await driver.button('Begin').click();
    await driver.field('Access key ID').fill(newId);
    await driver.field('Secret access key').fill(secret);
    await driver.button('Keep the new key').click();
    const steps = driver.page.locator('ol.card li span');
    await expect(steps).toHaveText(['New key made']);

    await fillKey(driver, 'Third', thirdId);
    await driver.button('Save').click();
    await expect(driver.page.getByRole('alert')).toContainText(
      /at most two, and both are here\. Deactivate and delete one/,
    );
    await driver.button('Cancel').click();

    await expect(driver.button('Old key is deactivated')).toHaveCount(0);
    await driver.button('The new key works').click();
    await expect(driver.button('Old key is deleted')).toHaveCount(0);
    await driver.button('Old key is deactivated').click();
    await expect(driver.page.locator('[data-field=status]')).toHaveText('Inactive');
    await driver.button('Undo: old key is active again').click();
    await expect(driver.page.locator('[data-field=status]')).toHaveText('Active');
    await driver.button('Old key is deactivated').click();
    await picture(driver, 'rotation');
    await driver.button('Old key is deleted').click();
    await expect(driver.page.locator('[data-field=status]')).toHaveText('Deleted at AWS');
    await expect(steps).toHaveText([
      'New key made',
      'New key tested',
      'Old key deactivated',
      'Old key activated again',
      'Old key deactivated',
      'Old key deleted',
    ]);
    expect(await driver.page.content()).not.toContain(secret);
    // There is room for another one now.
    await fillKey(driver, 'Third', thirdId);
    await driver.button('Save').click();
    await driver.page.getByRole('heading', { level: 2, name: 'Third', exact: true }).waitFor();
  },
);

test('a key that is held already is told before it is kept twice', { tag: '@long' }, async ({ desk }) => {
  const driver = await startWithKey(desk);
  await fillKey(driver, 'Again', oldId);
  await driver.button('Save').click();
  await expect(driver.page.getByRole('alert')).toContainText('The vault has this credential already');
  await picture(driver, 'same-credential');
  await driver.page.getByRole('dialog').getByRole('button', { name: 'Ann', exact: true }).click();
  await driver.page.getByRole('heading', { level: 2, name: 'Ann', exact: true }).waitFor();
  await expect(driver.page.getByRole('dialog')).toHaveCount(0);
  await fillKey(driver, 'Again', oldId);
  await driver.button('Save').click();
  await driver.button('Keep both').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Again', exact: true }).waitFor();
  await expect(driver.page.locator('[data-same]')).toContainText('Ann');
  await picture(driver, 'same-kept-twice');
});

test('a profile is merged into the files of aws, which reads it, and is taken out again; nothing else is touched', async ({
  desk,
}) => {
  const home = path.join(desk.folder, 'home');
  const inAws = (name: string) => path.join(home, '.aws', name);
  const read = (name: string) => readFileSync(inAws(name), 'utf8');
  const copies = () => readdirSync(path.join(home, '.aws')).filter((name) => name.includes('before-coffer'));
  /** Debian's; another one may come first on the PATH. */
  const aws = (...args: string[]) =>
    execFileSync('/usr/bin/aws', args, { env: { HOME: home, AWS_EC2_METADATA_DISABLED: 'true' }, encoding: 'utf8' });
  mkdirSync(path.join(home, '.aws'));
  const taken = `${theirCredentials}[ann]\naws_access_key_id = AKIAIOSFODNN7SOMEONE\naws_secret_access_key = x\n`;
  writeFileSync(inAws('credentials'), taken);
  writeFileSync(inAws('config'), theirConfig);

  const driver = await startWithKey(desk);
  await chooseExport(driver, 'Profile in ~/.aws/credentials', 'ann');
  await driver.answerReplaceQuestion(false, 'Replace entry');
  await expect(driver.button('Export')).toBeEnabled();
  expect(read('credentials')).toBe(taken);
  writeFileSync(inAws('credentials'), theirCredentials);
  await driver.button('Export').click();
  await driver.page.getByText('The file as it was is kept beside it').waitFor();
  await picture(driver, 'merged');
  await driver.button('Done').click();
  await chooseExport(driver, 'Region in ~/.aws/config', 'ann');
  await driver.button('Done').click();

  expect(read('credentials').startsWith(theirCredentials)).toBe(true);
  expect(read('config').startsWith(theirConfig)).toBe(true);
  expect(copies().map(read).sort()).toEqual([theirConfig, theirCredentials].sort());
  expect(aws('configure', 'get', 'aws_access_key_id', '--profile', 'ann').trim()).toBe(oldId);
  expect(aws('configure', 'get', 'aws_secret_access_key', '--profile', 'ann').trim()).toBe(secret);
  expect(aws('configure', 'get', 'region', '--profile', 'ann').trim()).toBe('eu-west-1');
  expect(aws('configure', 'list-profiles').trim().split('\n').sort()).toEqual(['ann', 'default', 'other']);

  await driver.goTo('Exported files');
  const row = (text: string) => driver.page.locator('tbody tr').filter({ hasText: text });
  await expect(row('AWS credentials')).toHaveAttribute('data-state', 'there');
  await expect(driver.page.locator('tbody tr')).toHaveCount(4);
  await picture(driver, 'exported-files');
  const whole = read('credentials');
  writeFileSync(inAws('credentials'), whole.replace(oldId, thirdId));
  await driver.goTo('All items');
  await driver.goTo('Exported files');
  await expect(row('AWS credentials')).toHaveAttribute('data-state', 'changed');
  await picture(driver, 'exported-files-changed');
  await row('AWS credentials').getByRole('button', { name: 'Take off the list…' }).click();
  await picture(driver, 'take-off-the-list');
  await driver.button('Cancel').click();
  writeFileSync(inAws('credentials'), whole);
  await driver.goTo('All items');
  await driver.goTo('Exported files');
  await row('AWS credentials').getByRole('button', { name: 'Take out' }).click();
  await picture(driver, 'take-out');
  await driver.page.getByRole('alertdialog').getByRole('button', { name: 'Take out' }).click();
  await expect(row('AWS credentials')).toHaveCount(0);
  const newest = copies().find((name) => read(name) === whole) ?? '';
  await driver.page.getByText(`Taken out. The file as it was is kept beside it and listed here: ${newest}`).waitFor();
  await picture(driver, 'taken-out');
  // A copy that was edited since is shown so, and can be forgotten; it stays.
  writeFileSync(inAws(newest), 'edited');
  await driver.goTo('All items');
  await driver.goTo('Exported files');
  await expect(row(newest)).toContainText('Changed since; look at it and delete it yourself');
  await row(newest).getByRole('button', { name: 'Take off the list…' }).click();
  await picture(driver, 'forget-file');
  await driver.page.getByRole('alertdialog').getByRole('button', { name: 'Take off the list' }).click();
  await expect(row(newest)).toHaveCount(0);
  expect(read(newest)).toBe('edited');
  expect(read('credentials').startsWith(theirCredentials)).toBe(true);
  expect(read('credentials')).not.toContain(oldId);
  expect(aws('configure', 'get', 'aws_access_key_id', '--profile', 'other')).toContain('AKIAIOSFODNN7EXAMPLE');
});

test('accessKeys.csv is written as AWS hands it out', { tag: '@long' }, async ({ desk }) => {
  const driver = await startWithKey(desk);
  await chooseExport(driver, 'accessKeys.csv, as AWS hands out', null);
  const file = path.join(desk.folder, 'accessKeys.csv');
  await driver.answerFileDialog('Export a secret', file);
  await driver.button('Done').click();
  expect(readFileSync(file, 'utf8')).toBe(`Access key ID,Secret access key\r\n${oldId},${secret}\r\n`);
});
