import { spawnSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { AppDriver } from '../support/app-driver';
import { type UserApp, prepareUserApp } from '../support/user-app';
import { electron, password, root } from './support';

let userApp: UserApp;
test.beforeAll(() => {
  userApp = prepareUserApp(electron, root);
});
test.afterAll(() => {
  userApp.remove();
});

const startArguments = () => ({
  electron: userApp.launcher,
  flags: [],
  appFolder: userApp.appFolder,
  profile: path.join(userApp.folder, 'profile'),
  home: userApp.folder,
  vaultFile: path.join(userApp.folder, 'test.coffer'),
  env: {},
});

test('as an ordinary user the page runs inside the Chromium sandbox', async () => {
  test.setTimeout(60_000);
  if (!userApp.hasNamespaces) {
    console.warn('this machine denies user namespaces: tested is only that Coffer does not run without its sandbox');
    const { vaultFile, electron: program, appFolder } = startArguments();
    const { status, error, stderr } = spawnSync(program, [appFolder, vaultFile], { timeout: 20_000, encoding: 'utf8' });
    // Chromium ends itself and says why; one that runs without its sandbox would be ended after the time, which is an error.
    expect(error).toBeUndefined();
    expect(status).not.toBe(0);
    expect(stderr).toMatch(/sandbox/i);
    return;
  }
  const driver = await AppDriver.start(startArguments());
  try {
    await driver.createVault(password);
    const [page] = await driver.app.evaluate(({ webContents }) =>
      webContents.getAllWebContents().map((contents) => contents.getOSProcessId()),
    );
    const main = String(await driver.app.evaluate(() => process.pid));
    const statusOf = (pid: string) => readFileSync(`/proc/${pid}/status`, 'utf8');
    const namespaceOf = (pid: string) => readlinkSync(`/proc/${pid}/ns/user`);
    expect(statusOf(main)).not.toMatch(/^Uid:\t0\t/m);
    expect(statusOf(String(page))).toMatch(/^Seccomp:\t2$/m);
    expect(statusOf(String(page))).toMatch(/^NoNewPrivs:\t1$/m);
    expect(namespaceOf(String(page))).not.toBe(namespaceOf(main));
  } finally {
    await driver.close();
  }
});
