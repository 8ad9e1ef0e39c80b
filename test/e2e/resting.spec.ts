import { execFileSync } from 'node:child_process';
import { expect } from '@playwright/test';
import { password, picture, test } from './support';

const keys = (...args: string[]) => execFileSync('xdotool', args);

test(
  'the caret of a locked vault rests while nobody uses it, and the field takes every key',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    const driver = await desk.start();
    await driver.createVault(password);
    await driver.lock();
    const input = driver.field('Password');
    await expect(input).toBeFocused();
    await expect(input).toHaveAttribute('data-resting', '', { timeout: 30_000 });
    await expect(input).toBeFocused();
    await picture(driver, 'unlock-resting');
    // Typed into the window, as a person does who comes back.
    keys('type', '--delay', '20', password);
    await expect(input).toHaveValue(password);
    await expect(input).toBeFocused();
    keys('key', 'Return');
    await driver.button('Lock').waitFor();
    await driver.lock();
    const again = driver.field('Password');
    await expect(again).toHaveAttribute('data-resting', '', { timeout: 30_000 });
    await again.fill('something');
    // What is half typed is shown as it is.
    await driver.page.waitForTimeout(12_000);
    await expect(again).not.toHaveAttribute('data-resting');
  },
);

test('a field whose caret rests takes an accent as the first key', { tag: '@long' }, async ({ desk }) => {
  const driver = await desk.start();
  await driver.createVault(password);
  await driver.lock();
  const input = driver.field('Password');
  execFileSync('setxkbmap', ['us', '-variant', 'intl']);
  try {
    await expect(input).toHaveAttribute('data-resting', '', { timeout: 30_000 });
    keys('key', 'dead_acute');
    keys('key', 'e');
    await expect(input).toHaveValue('é');
  } finally {
    execFileSync('setxkbmap', ['us']);
  }
});
