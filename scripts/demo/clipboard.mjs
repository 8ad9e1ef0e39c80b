/** A copied password that leaves the clipboard again, as another program sees it; and a screen that locks. */
import { setTimeout as pause } from 'node:timers/promises';
import { readClipboard } from '../../test/support/x-clipboard.ts';

const keepSeconds = '5';

/** @param {object} demo - Driver and report of the running demo, which has a sign-in. */
export async function showClipboard({ driver, report }) {
  await report.step('copy a password, which xclip sees and then no more', async () => {
    await driver.goTo('Settings');
    await driver.field('Clear copied secrets after').fill(keepSeconds);
    await driver.field('Clear copied secrets after').press('Enter');
    await driver.page.getByText('Saved').waitFor();
    await driver.goTo('All items');
    await driver.row('Demo administrator').click();
    await driver.button('Copy Password').click();
    await driver.page.getByText('leaves the clipboard in').waitFor();
    const before = readClipboard();
    await report.picture('clipboard-countdown');
    await driver.page.getByText('Clipboard cleared').waitFor();
    report.set({ clipboard: { before, after: readClipboard() } });
  });
}

/** @param {object} demo - Driver, report, password and buses of the running demo. */
export async function showScreenLock({ driver, report, password, buses }) {
  await report.step('lock when the screen locks, and unlock again', async () => {
    await driver.whileLocking(async (hasLocked) => {
      for (let tries = 0; tries < 20 && !hasLocked(); tries++) {
        await buses.sendActiveChanged(true);
        await pause(250);
      }
    });
    await driver.button('Unlock').waitFor();
    await report.picture('locked-with-the-screen');
    await driver.unlock(password);
    await driver.button('Lock').waitFor();
  });
}
