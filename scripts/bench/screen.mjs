/** What the eye sees of a large vault: frames while a list scrolls, and how soon a letter or a click shows its result. */
import { setTimeout as sleep } from 'node:timers/promises';

const scrollTicks = 120;
const tickMs = 16;
const tickPixels = 160;
const slowFrameMs = 25;
const settleMs = 3000;
const pauseMs = 400;
/** Letters, and taking them back: between them every length of a result, up to all records. */
const typed = [...'server', ...Array(6).fill('Backspace'), ...'prod', ...Array(4).fill('Backspace')];
const opened = 12;
const bareRows = `<style>body{margin:0}#rows{height:100vh;overflow-y:auto}#rows div{height:5200000px;
  background:repeating-linear-gradient(#fff 0 51px,#ccc 51px 52px)}</style><div id="rows"><div></div></div>`;

/**
 * Scrolls the list of the app as a wheel does, and a page that has nothing but something tall, for comparison.
 *
 * @param {import('@playwright/test').Page} page - Unlocked, with the list on screen.
 * @param {import('@playwright/test').Page} barePage - Of an empty window of the same size; gets new content.
 * @param {number} n - Records in the vault.
 * @returns {Promise<import('./core.mjs').Measure[]>} Percent of the frames that came later than 25 ms after the one before.
 */
export async function measureScrolling(page, barePage, n) {
  await barePage.setContent(bareRows);
  const of = async (name, at, selector) => {
    await sleep(settleMs);
    return { name, value: await slowFrames(at, selector), unit: '%', n };
  };
  return [
    await of('scroll-slow-frames', page, '[role=listbox]'),
    await of('scroll-slow-frames-bare', barePage, '#rows'),
  ];
}

async function slowFrames(page, selector) {
  const box = await page.locator(selector).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.evaluate(() => {
    const intervals = [];
    let last = null;
    const frame = (nowMs) => {
      if (last !== null) intervals.push(nowMs - last);
      last = nowMs;
      if (page.coffersFrames === intervals) requestAnimationFrame(frame);
    };
    const page = /** @type {any} */ (window);
    page.coffersFrames = intervals;
    requestAnimationFrame(frame);
  });
  const before = await page.locator(selector).evaluate(({ scrollTop }) => scrollTop);
  const startMs = performance.now();
  for (let tick = 1; tick <= scrollTicks; tick++) {
    // Not awaited one by one: a wheel does not wait for the page either.
    void page.mouse.wheel(0, tickPixels).catch(() => undefined);
    await sleep(Math.max(0, startMs + tick * tickMs - performance.now()));
  }
  const intervals = await page.evaluate(() => {
    const page = /** @type {any} */ (window);
    const found = page.coffersFrames;
    delete page.coffersFrames;
    return found;
  });
  const moved = (await page.locator(selector).evaluate(({ scrollTop }) => scrollTop)) - before;
  if (moved < (scrollTicks * tickPixels) / 2 || intervals.length < scrollTicks / 4)
    throw new Error('bench: the list did not scroll');
  return (intervals.filter((ms) => ms > slowFrameMs).length / intervals.length) * 100;
}

/**
 * Types into the search, letter by letter, and opens records by a click.
 *
 * @param {import('@playwright/test').Page} page - Unlocked, with the list on screen.
 * @param {number} n - Records in the vault.
 * @returns {Promise<import('./core.mjs').Measure[]>} From the key or click, as the system stamped it, until the result is painted.
 */
export async function measureAnswers(page, n) {
  await page.getByRole('searchbox').click();
  const search = [];
  for (const key of typed) {
    await sleep(pauseMs);
    search.push(await untilPainted(page, 'keydown', () => page.keyboard.press(key)));
  }
  const open = [];
  await page.locator('[role=listbox]').evaluate((element) => (element.scrollTop = 0));
  for (let place = 0; place < opened; place++) {
    await sleep(pauseMs);
    const row = page.locator(`[data-index="${place}"]`);
    open.push(await untilPainted(page, 'pointerup', () => row.click()));
  }
  return [...percentiles('search-shown', search, n), ...percentiles('open-shown', open, n)];
}

/** Milliseconds from an event's own time until what changed in an element is on screen: the last change within a while. */
async function untilPainted(page, type, act) {
  await page.evaluate((eventType) => {
    const seen = { startMs: null, paintedMs: null, end: () => undefined };
    /** @type {any} */ (window).coffersSeen = seen;
    window.addEventListener(eventType, (event) => (seen.startMs ??= event.timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (seen.startMs === null) return;
      // After the frame that shows it.
      requestAnimationFrame(() => setTimeout(() => (seen.paintedMs = performance.now()), 0));
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    seen.end = () => observer.disconnect();
  }, type);
  await act();
  await sleep(pauseMs);
  const { startMs, paintedMs } = await page.evaluate(() => {
    const { end, ...times } = /** @type {any} */ (window).coffersSeen;
    end();
    return times;
  });
  if (startMs === null || paintedMs === null) throw new Error(`bench: nothing changed after a ${type}`);
  return paintedMs - startMs;
}

function percentiles(name, values, n) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  return [
    { name: `${name}-p50`, value: at(0.5), unit: 'ms', n },
    { name: `${name}-max`, value: sorted.at(-1), unit: 'ms', n },
  ];
}
