import { existsSync } from 'node:fs';
import { expect } from '@playwright/test';
import type { AppDriver } from '../support/app-driver';
import { Buses } from '../support/buses';
import { password, test } from './support';

let buses: Buses;
test.beforeEach(async () => void (buses = await Buses.start()));
test.afterEach(() => buses.stop());

/** Does something until the app locks: its connections to the buses are made some moments after its window. */
async function untilLocked(driver: AppDriver, trigger: () => Promise<void> | void) {
  await driver.whileLocking(async (hasLocked) => {
    for (let tries = 0; tries < 20 && !hasLocked(); tries++) {
      await trigger();
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  });
  await driver.button('Unlock').waitFor();
}

test('the vault locks when a screen saver or logind says so', async ({ desk }) => {
  const driver = await desk.start({ env: buses.env });
  await driver.createVault(password);
  await untilLocked(driver, () => buses.sendActiveChanged(true));

  await driver.unlock(password);
  await driver.button('Lock').waitFor();
  await buses.sendActiveChanged(false);
  buses.sendLogind('unlocked-hint');
  buses.sendLogind('lock-other');
  await expect(driver.button('Lock')).toBeVisible();
  await untilLocked(driver, () => buses.sendLogind('locked-hint'));

  await driver.unlock(password);
  await driver.button('Lock').waitFor();
  await untilLocked(driver, () => buses.sendLogind('user-switch'));
});

test('the vault locks when its page crashes, and a fresh page is there', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start({ env: buses.env });
  await driver.createVault(password);
  const crash = () =>
    driver.app.evaluate(({ webContents }) => webContents.getAllWebContents()[0]?.forcefullyCrashRenderer());
  await driver.whileLocking(crash);
  await driver.button('Unlock').waitFor();
  // Also where there is nothing to lock.
  await driver.whileLocking(crash);
  await driver.unlock(password);
  await driver.button('Lock').waitFor();
});

test(
  'a screen lock that was chosen not to count does not lock; sleep still does',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start({ env: buses.env });
    await driver.createVault(password);
    await driver.goTo('Settings');
    await driver.page.getByLabel('The screen locks').uncheck();
    await driver.page.getByText('Saved').waitFor();
    for (let times = 0; times < 5; times++) {
      await buses.sendActiveChanged(true);
      buses.sendLogind('lock');
      await driver.page.waitForTimeout(200);
    }
    await expect(driver.button('Lock')).toBeVisible();
    // Playwright does not see a page that is made while Chromium thinks that the computer sleeps: a locked vault is one file.
    const log = `${desk.vaultFile}-wal`;
    await expect.poll(() => existsSync(log)).toBe(true);
    buses.sendLogind('sleep');
    await expect.poll(() => existsSync(log)).toBe(false);
  },
);

test(
  'without any bus it starts, stays quiet about it, and locks by idle time and shortcut',
  { tag: '@long' },
  async ({ desk }) => {
    const nowhere = 'unix:path=/nonexistent/bus';
    const driver = await desk.start({
      env: { DBUS_SESSION_BUS_ADDRESS: nowhere, DBUS_SYSTEM_BUS_ADDRESS: nowhere, XDG_SESSION_ID: '' },
    });
    await driver.createVault(password);
    expect(driver.output.filter((line) => line.includes('coffer:'))).toEqual([]);
    // The page is gone before the key is up.
    await driver.whileLocking(() => driver.page.keyboard.press('Control+l'));
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
    await driver.whileLocking(() => driver.pretendIdle(10_000));
    await driver.button('Unlock').waitFor();
  },
);
