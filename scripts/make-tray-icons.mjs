/** `node scripts/make-tray-icons.mjs`: draws the pictures of the tray icon from assets/tray/*.svg, by Electron on a virtual screen. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { _electron } from '@playwright/test';
import { hasDisplay, startXvfb } from './lib/display.mjs';
import { launchFlags, resolveElectron } from './lib/electron.mjs';
import { main, root } from './lib/steps.mjs';

const folder = path.join(root, 'assets/tray');
/** Sizes of one system: that of its icons in pixels, and the scales that Electron finds by the file's name. */
const systems = {
  linux: { size: 22, scales: [1, 1.5, 2] },
  windows: { size: 16, scales: [1, 1.5, 2, 3] },
  mac: { size: 18, scales: [1, 2] },
};
// A rim of the other brightness keeps each readable on a panel that is not what the system says. Unlocked has a colour of its own.
const looks = {
  'light-panel': { locked: '#171d21', unlocked: '#0b6b63', rim: 'rgb(255 255 255 / 0.55)' },
  'dark-panel': { locked: '#f4f6f7', unlocked: '#6fd9cc', rim: 'rgb(0 0 0 / 0.45)' },
};

await main(async () => {
  const electron = await resolveElectron();
  const screen = hasDisplay() ? { env: {}, stop: async () => undefined } : await startXvfb();
  const app = await _electron.launch({
    executablePath: electron.program,
    args: [...launchFlags(), path.join(root, 'scripts/bench/bare')],
    env: { ...process.env, ...screen.env },
    chromiumSandbox: true,
  });
  try {
    const page = await app.firstWindow();
    for (const [system, { size, scales }] of Object.entries(systems)) {
      mkdirSync(path.join(folder, system), { recursive: true });
      for (const state of ['locked', 'unlocked']) {
        // macOS paints templates itself: black, and nothing around it.
        const variants =
          system === 'mac'
            ? { [`${state}Template`]: { ink: '#000000', rim: 'none' } }
            : Object.fromEntries(
                Object.entries(looks).map(([panel, look]) => [
                  `${state}-${panel}`,
                  { ink: look[state], rim: look.rim },
                ]),
              );
        for (const [name, { ink, rim }] of Object.entries(variants)) {
          const svg = readFileSync(path.join(folder, `${state}.svg`), 'utf8')
            .replace(/<!--.*-->/, '')
            .replaceAll('INK', ink)
            .replaceAll('HALO', rim);
          for (const scale of scales) {
            const file = `${name}${scale === 1 ? '' : `@${scale}x`}.png`;
            writeFileSync(path.join(folder, system, file), await draw(page, svg, Math.round(size * scale)));
          }
        }
      }
    }
  } finally {
    await app.close();
    await screen.stop();
  }
});

/** @returns {Promise<Buffer>} A PNG file of that size. */
async function draw(page, svg, pixels) {
  const dataUrl = await page.evaluate(
    async ({ source, size }) => {
      const image = new Image(size, size);
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = new OffscreenCanvas(size, size);
      canvas.getContext('2d').drawImage(image, 0, 0, size, size);
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
      return btoa(String.fromCharCode(...bytes));
    },
    { source: svg, size: pixels },
  );
  return Buffer.from(dataUrl, 'base64');
}
