import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { DropTarget } from '../support/drop-target';
import { type Desk, generateKeyPair, password, picture, test } from './support';

let target: DropTarget;
test.beforeAll(async () => {
  target = await DropTarget.start();
});
test.afterAll(() => target.stop());

/** Starts an app whose session has a folder of its own, and makes a vault. */
async function startWithVault(desk: Desk) {
  const folder = path.join(desk.folder, 'run');
  mkdirSync(folder, { mode: 0o700 });
  const start = () => desk.start({ env: { XDG_RUNTIME_DIR: folder } });
  const driver = await start();
  await driver.createVault(password);
  return { driver, folder, start };
}

const rowHandle = (driver: AppDriver) => driver.page.locator('[role="option"] [data-drag-handle]');
const fileHandle = (driver: AppDriver) => driver.page.locator('article [data-drag-handle]');
const filesIn = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true });
/** The drag has begun, which on a busy machine is some time after the mouse moved. */
const untilBegun = (folder: string) => expect.poll(() => filesIn(folder), { timeout: 15_000 }).toHaveLength(2);
const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);

/** The public half of a dropped private key, as ssh-keygen reads it. */
function publicKeyOf(desk: Desk, text: string): string {
  const file = path.join(desk.folder, 'received');
  writeFileSync(file, text, { mode: 0o600 });
  return execFileSync('ssh-keygen', ['-y', '-P', '', '-f', file], { encoding: 'utf8' }).trim();
}

test(
  'a key is dragged from the list into a second program, and its file is gone after a minute',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const { driver, folder } = await startWithVault(desk);
    await generateKeyPair(driver, 'Web server', 'RSA 2048');
    await picture(driver, 'drag-key-pair');
    const found: { path: string; mode: string }[] = [];
    const beganMs = Date.now();
    const files = await target.drag(driver, rowHandle(driver), async () => {
      await untilBegun(folder);
      for (const entry of filesIn(folder)) {
        const full = path.join(entry.parentPath, entry.name);
        found.push({ path: path.relative(folder, full), mode: modeOf(full) });
      }
    });
    expect(found).toEqual([
      { path: expect.stringMatching(/^coffer-drag-\d+-\w{6}$/), mode: '700' },
      { path: `${found[0]?.path ?? ''}/web-server.pem`, mode: '600' },
    ]);
    expect(files.map(({ name }) => name)).toEqual(['web-server.pem']);
    expect(publicKeyOf(desk, files[0]?.text ?? '')).toBe(await driver.detail('publicKey'));
    await driver.page.getByText('web-server.pem: a copy without protection').waitFor();
    await driver.goTo('Exported files');
    await expect(driver.page.getByRole('row', { name: /web-server\.pem/ })).toContainText('Where you dropped it');
    await picture(driver, 'drag-exported-files');
    await new Promise((resolve) => setTimeout(resolve, beganMs + 50_000 - Date.now()));
    expect(filesIn(folder)).toHaveLength(2);
    await expect.poll(() => filesIn(folder), { timeout: 30_000 }).toEqual([]);
    const goneAfterMs = Date.now() - beganMs;
    // From the moment at which the drag began, which is up to some seconds after the mouse began to move.
    expect(goneAfterMs).toBeLessThan(80_000);
  },
);

test('a certificate and its key are dragged together, and gone at lock', async ({ desk }) => {
  const { driver, folder } = await startWithVault(desk);
  await driver.newItem('X.509 signing certificate');
  await driver.field('Name').fill('Signing');
  await driver.field('Common name').fill('admin');
  await driver.button('Make').click();
  await driver.page.getByRole('heading', { level: 2, name: 'Signing' }).waitFor();
  await picture(driver, 'drag-certificate');
  const files = await target.drag(driver, fileHandle(driver));
  expect(files.map(({ name }) => name)).toEqual([
    expect.stringMatching(/^pk-\w+\.pem$/),
    expect.stringMatching(/^cert-\w+\.pem$/),
  ]);
  const modulus = (tool: string, input = '') =>
    execFileSync('openssl', [tool, '-noout', '-modulus'], { input, encoding: 'utf8' });
  expect(modulus('rsa', files[0]?.text)).toBe(modulus('x509', files[1]?.text));
  expect(filesIn(folder)).toHaveLength(3);
  await driver.lock();
  expect(filesIn(folder)).toEqual([]);
});

test(
  'a file that is held for more than a minute goes, and Coffer locks all the same',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(240_000);
    const { driver, folder } = await startWithVault(desk);
    await generateKeyPair(driver, 'Web server');
    await driver.page.evaluate(async () => {
      const settings = await window.coffer.settings.get({});
      if (settings.ok) await window.coffer.settings.set({ ...settings.value, lockAfterMinutes: 1 });
    });
    const next = driver.app.waitForEvent('window', { timeout: 200_000 });
    const files = await target.drag(driver, fileHandle(driver), async () => {
      await untilBegun(folder);
      await expect.poll(() => filesIn(folder), { timeout: 100_000 }).toEqual([]);
      await new Promise((resolve) => setTimeout(resolve, 12_000));
    });
    expect(files).toEqual([]);
    driver.page = await next;
    await driver.unlock(password);
    await expect(driver.row('Web server')).toBeVisible();
  },
);

test('what a killed Coffer left is gone when the next one starts', { tag: '@long' }, async ({ desk }) => {
  const { driver, folder, start } = await startWithVault(desk);
  await generateKeyPair(driver, 'Build host');
  await driver.choose('Format to drag', 'PuTTY .ppk');
  const files = await target.drag(driver, fileHandle(driver));
  expect(files.map(({ name }) => name)).toEqual(['build-host.ppk']);
  const dropped = path.join(desk.folder, 'dropped.ppk');
  writeFileSync(dropped, files[0]?.text ?? '', { mode: 0o600 });
  const line = execFileSync('puttygen', [dropped, '-L'], { encoding: 'utf8' });
  expect((await driver.detail('publicKey')).split(' ')[1]).toBe(line.split(' ')[1]);

  const killed = new Promise((resolve) => driver.app.process().once('exit', resolve));
  driver.app.process().kill('SIGKILL');
  await killed;
  const [left] = filesIn(folder).filter((entry) => entry.isFile());
  expect(readFileSync(path.join(left?.parentPath ?? '', left?.name ?? ''), 'utf8')).toBe(files[0]?.text);
  const next = await start();
  await next.button('Unlock').waitFor();
  expect(filesIn(folder)).toEqual([]);
  expect(existsSync(desk.vaultFile)).toBe(true);
});

test(
  'the handle is a button for the keyboard, which exports; a click on it drags nothing',
  { tag: '@long' },
  async ({ desk }) => {
    const { driver, folder } = await startWithVault(desk);
    await generateKeyPair(driver, 'Web server');
    await driver.choose('Format to drag', 'OpenSSH public key');
    await driver.button('web-server.pub: drag it out of the window, or press to export').press('Enter');
    await expect(driver.page.getByRole('radio', { name: 'OpenSSH public key (.pub)' })).toBeChecked();
    await driver.button('Cancel').click();
    await rowHandle(driver).click();
    expect(filesIn(folder)).toEqual([]);
  },
);

test('a page alone, without a button that is held, drags nothing', { tag: '@long' }, async ({ desk }) => {
  const { driver, folder } = await startWithVault(desk);
  await generateKeyPair(driver, 'Web server');
  const id = await driver.page.locator('article[data-record-id]').getAttribute('data-record-id');
  const start = () =>
    driver.page.evaluate(async (record) => {
      await window.coffer.drag.prepare({ id: record, format: null });
      return window.coffer.drag.start({});
    }, id ?? '');
  expect(await start()).toEqual({ ok: true, value: { files: [] } });
  await rowHandle(driver).click();
  expect(await start()).toEqual({ ok: true, value: { files: [] } });
  expect(filesIn(folder)).toEqual([]);
});
