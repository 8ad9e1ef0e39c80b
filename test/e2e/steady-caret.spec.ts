import { expect } from '@playwright/test';
import { password, test } from './support';

/** More than a blink: half a second on, half a second off. */
const looks = 8;
const pauseMs = 200;

test(
  'the caret of a locked vault stands still: a blinking one is most of what the app costs',
  { tag: '@long' },
  async ({ desk }) => {
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.lock();
    const field = driver.field('Password');
    await expect(field).toBeFocused();
    const look = async () => (await field.screenshot({ caret: 'initial', animations: 'allow' })).toString('base64');
    await driver.page.waitForTimeout(1000);
    const seen = new Set<string>();
    for (let n = 0; n < looks; n++) {
      seen.add(await look());
      await driver.page.waitForTimeout(pauseMs);
    }
    expect(seen.size).toBe(1);
    // It is there, and would have been seen to go.
    await field.evaluate((input: HTMLElement) => (input.style.caretColor = 'transparent'));
    expect(seen.has(await look())).toBe(false);
    expect(await driver.app.evaluate(() => process.env['XDG_CONFIG_DIRS'] ?? '')).toBe(
      process.env['XDG_CONFIG_DIRS'] ?? '',
    );
  },
);
