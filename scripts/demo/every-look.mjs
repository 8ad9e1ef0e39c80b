/** `--screens`: each screen in every theme and at two sizes, and what axe finds on it. */
import path from 'node:path';
import axe from 'axe-core';
import { clippedOn } from './clipped.mjs';

const sizes = [
  [1280, 800],
  [720, 480],
];
/**
 * Pictures are taken of the first two; axe looks at all: by all of its rules at the first, at the others by those of colours.
 *
 * @type {{ theme: string, media: { colorScheme: 'light' | 'dark', contrast: 'no-preference' | 'more' }, isPictured: boolean }[]}
 */
const themes = [
  { theme: 'light', media: { colorScheme: 'light', contrast: 'no-preference' }, isPictured: true },
  { theme: 'dark', media: { colorScheme: 'dark', contrast: 'no-preference' }, isPictured: true },
  { theme: 'light-high-contrast', media: { colorScheme: 'light', contrast: 'more' }, isPictured: false },
  { theme: 'dark-high-contrast', media: { colorScheme: 'dark', contrast: 'more' }, isPictured: false },
];
/** How a page is left, as it was found. */
const asBefore = { colorScheme: null, contrast: null, reducedMotion: null };

/** @typedef {{ screen: string, theme: string, violations: { id: string, impact: string, help: string, nodes: string[] }[] }} AxeResult What axe found on one screen in one theme. */

/**
 * Takes the pictures of one screen, if wanted, and has axe look at it.
 *
 * @param {import('../../test/support/app-driver.ts').AppDriver} driver - The running app, whose window is 1280 x 800 now and afterwards.
 * @param {{ screen: string, folder: string | null, page?: import('@playwright/test').Page }} what - Name of the screen, and folder of the
 *   pictures; null for none. `page`: of another window than the app's, which keeps its size.
 * @returns {Promise<AxeResult[]>} One for each theme.
 */
export async function lookAt(driver, { screen, folder, page = driver.page }) {
  const isMain = page === driver.page;
  const results = [];
  for (const { theme, media, isPictured } of themes) {
    // What still moves has no colours yet.
    await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
    if (isPictured && folder !== null) {
      for (const [width, height] of isMain ? sizes.toReversed() : [[0, 0]]) {
        if (isMain) await driver.resize(width, height);
        const size = isMain ? `-${width}x${height}` : '';
        await page.screenshot({ path: path.join(folder, `${screen}-${theme}${size}.png`), animations: 'disabled' });
      }
    }
    results.push({ screen, theme, violations: await violationsOn(page, results.length > 0) });
  }
  await page.emulateMedia(asBefore);
  return results;
}

/**
 * Looks at one screen in the pseudo-language, at each size, and keeps a picture where something is cut off.
 *
 * @param {import('../../test/support/app-driver.ts').AppDriver} driver - As for lookAt.
 * @param {{ screen: string, folder: string, page?: import('@playwright/test').Page }} what - As for lookAt.
 * @returns {Promise<{ screen: string, size: string, clipped: string[], plain: string[] }[]>} One for each size.
 */
export async function lookForClipped(driver, { screen, folder, page = driver.page }) {
  const isMain = page === driver.page || page.url() === driver.page.url();
  const results = [];
  for (const [width, height] of isMain ? sizes.toReversed() : [[0, 0]]) {
    if (isMain) await driver.resize(width, height);
    const size = isMain ? `${width}x${height}` : 'own';
    const found = await clippedOn(page);
    results.push({ screen, size, ...found });
    await page.screenshot({ path: path.join(folder, `${screen}-${size}.png`), animations: 'disabled' });
  }
  return results;
}

/** What breaks rules of axe, best practices too: of all of them, or of those that depend on the theme. */
async function violationsOn(page, isOfColours) {
  // By the debugger, which the page's policy does not bind.
  if (!isOfColours) await page.evaluate(axe.source);
  return page.evaluate(async (/** @type {object} */ rules) => {
    const { violations } = await /** @type {any} */ (window).axe.run(document, {
      ...rules,
      resultTypes: ['violations'],
    });
    return violations.map(({ id, impact, help, nodes }) => ({
      ...{ id, impact, help },
      nodes: nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`.trim()),
    }));
  }, rulesOf(isOfColours));
}

/** Named, as a tag brings in rules that are off by default, too. */
function rulesOf(isOfColours) {
  return isOfColours ? { runOnly: ['color-contrast', 'link-in-text-block'] } : {};
}
