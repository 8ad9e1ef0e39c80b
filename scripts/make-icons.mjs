/** `node scripts/make-icons.mjs`: draws the app's icons from assets/icon.svg, by Debian's rsvg-convert. What it makes is committed. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensurePrograms } from './lib/apt.mjs';
import { main, root, say } from './lib/steps.mjs';

const assets = path.join(root, 'assets');
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const sizesOfWindows = [16, 24, 32, 48, 64, 128, 256];
/** Apple's four letters for a picture of so many pixels; retina kinds of half the size among them. */
const kindsOfMac = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };

await main(async () => {
  await ensurePrograms({ 'rsvg-convert': 'librsvg2-bin' }, 'drawing the icons');
  mkdirSync(path.join(assets, 'icons'), { recursive: true });
  const pictures = new Map(sizes.map((size) => [size, draw(size)]));
  for (const [size, png] of pictures) writeFileSync(path.join(assets, `icons/${size}x${size}.png`), png);
  writeFileSync(
    path.join(assets, 'icon.ico'),
    icoOf(sizesOfWindows.map((size) => ({ size, png: pictures.get(size) }))),
  );
  const ofMac = Object.entries(kindsOfMac).map(([kind, size]) => ({ kind, png: pictures.get(size) }));
  writeFileSync(path.join(assets, 'icon.icns'), icnsOf(ofMac));
  say(`icons of ${sizes.join(', ')} pixels, icon.ico and icon.icns in assets/`);
  return 0;
});

function draw(size) {
  const svg = path.join(assets, 'icon.svg');
  return execFileSync('rsvg-convert', ['--width', String(size), '--height', String(size), svg]);
}

/** Windows' format: a table of contents, then the pictures as PNG. */
function icoOf(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  pictures.forEach(({ size, png }, n) => {
    const entry = 6 + 16 * n;
    head.writeUInt8(size % 256, entry); // 0 stands for 256
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** Apple's format: each picture as PNG behind its kind and length, and the same for the whole. */
function icnsOf(pictures) {
  const parts = pictures.map(({ kind, png }) => chunk(kind, png));
  return chunk('icns', Buffer.concat(parts));
}

function chunk(kind, bytes) {
  const head = Buffer.alloc(8);
  head.write(kind, 'latin1');
  head.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([head, bytes]);
}
