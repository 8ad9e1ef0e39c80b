import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer as createNetServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from '@playwright/test';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { createServer } from 'vite';
import { picture, root, test } from './support';

const out = path.join(root, 'out');

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
  const server = createNetServer().listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Serves the pages as `npm run dev` does, and gives the address. */
async function withDevServer(run: (url: string) => Promise<void>) {
  const port = await freePort();
  const cacheDir = mkdtempSync(path.join(tmpdir(), 'coffer-vite-'));
  const server = await createServer({
    configFile: false,
    root: path.join(root, 'renderer'),
    cacheDir,
    logLevel: 'error',
    plugins: [svelte({ configFile: false, compilerOptions: { runes: true } })],
    // Told to reload once it knows which packages the pages need, as the page lives on another origin than the server.
    server: { host: 'localhost', port, strictPort: true, hmr: { protocol: 'ws', host: 'localhost', clientPort: port } },
  });
  try {
    await server.listen();
    await run(`http://localhost:${port}/`);
  } finally {
    await server.close();
    rmSync(cacheDir, { recursive: true });
  }
}

test('no build has the page of all parts', { tag: '@long' }, () => {
  expect(existsSync(path.join(out, 'renderer/index.html'))).toBe(true);
  for (const file of readdirSync(out, { recursive: true, encoding: 'utf8' })) {
    expect(file).not.toMatch(/parts/i);
    if (/\.(js|html)$/.test(file)) expect(readFileSync(path.join(out, file), 'utf8'), file).not.toContain('All parts');
  }
});

test('the page of all parts draws each of them, in every look', { tag: '@long' }, async ({ desk }) => {
  test.setTimeout(180_000);
  await withDevServer(async (url) => {
    const driver = await desk.start({ env: { ELECTRON_RENDERER_URL: url } });
    const { page } = driver;
    await page.goto('https://coffer.localhost/parts');
    await page.getByRole('heading', { level: 1, name: 'All parts' }).waitFor({ timeout: 60_000 });
    const parts = readdirSync(path.join(root, 'renderer/ui')).filter((file) => file.endsWith('.svelte'));
    const names = parts.map((file) => path.basename(file, '.svelte')).sort();
    const drawn = await page
      .locator('[data-part]')
      .evaluateAll((sections) => sections.map((section) => section.getAttribute('data-part') ?? ''));
    expect(drawn.sort()).toEqual(names);
    for (const name of names) await expect(page.getByRole('heading', { level: 2, name, exact: true })).toHaveCount(1);
    await picture(driver, 'parts');

    // What stands in front of the page.
    for (const state of ['plain', 'busy', 'failed', 'long text']) {
      await page.getByRole('button', { name: `Dialog, ${state}`, exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await picture(driver, `parts-dialog-${state.replace(' ', '-')}`);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    }
    for (const state of ['dangerous', 'harmless']) {
      await page.getByRole('button', { name: `Question, ${state}`, exact: true }).click();
      await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel' }).click();
    }
    await page.getByRole('button', { name: 'Show messages' }).click();
    await expect(page.getByRole('status', { name: 'Messages' })).toContainText('Moved to trash');
    await page.getByRole('button', { name: 'Hide messages' }).click();

    // The switches.
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    await page.getByRole('radio', { name: 'Light' }).check();
    const light = await ground();
    await page.getByRole('radio', { name: 'Dark' }).check();
    expect(await ground()).not.toBe(light);
    const text = () => page.evaluate(() => getComputedStyle(document.body).color);
    const usual = await text();
    await page.getByRole('checkbox', { name: 'High contrast' }).check();
    expect(await text()).not.toBe(usual);
    await page.getByRole('checkbox', { name: 'High contrast' }).uncheck();
    expect(await text()).toBe(usual);
    await page.getByRole('checkbox', { name: 'Text at 200 %' }).check();
    expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('28px');
    const overflow = () => page.evaluate(() => document.querySelector('main')!.scrollWidth - innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await picture(driver, 'parts-200');
  });
});

test(
  'with forced colours it stays to be seen what is chosen, under way and focused',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(180_000);
    await withDevServer(async (url) => {
      const driver = await desk.start({ env: { ELECTRON_RENDERER_URL: url } });
      const { page } = driver;
      await page.goto('https://coffer.localhost/parts');
      await page.getByRole('heading', { level: 1, name: 'All parts' }).waitFor({ timeout: 60_000 });
      await page.emulateMedia({ forcedColors: 'active' });
      await picture(driver, 'parts-forced');
      const part = (name: string) => page.locator(`[data-part="${name}"]`);
      const background = (selector: string) =>
        page
          .locator(selector)
          .first()
          .evaluate((element) => getComputedStyle(element).backgroundColor);
      const cards = '[data-part="RadioCards"] .option';
      expect(await background(`${cards}:has(:checked)`)).not.toBe(await background(`${cards}:not(:has(:checked))`));
      const ring = await page.evaluate(() => getComputedStyle(document.querySelector('.ring')!).borderTopColor);
      expect(ring).not.toBe(
        await page.evaluate(() => getComputedStyle(document.querySelector('.ring')!).borderLeftColor),
      );
      await part('Button').getByRole('button').first().focus();
      await page.keyboard.press('Tab');
      await expect(page.locator(':focus-visible')).toHaveCSS('outline-width', '3px');
      const busy = part('Button').locator('[aria-disabled]').first();
      const plain = part('Button').getByRole('button').first();
      const colour = (element: Element) => getComputedStyle(element).color;
      expect(await busy.evaluate(colour)).not.toBe(await plain.evaluate(colour));
    });
  },
);
