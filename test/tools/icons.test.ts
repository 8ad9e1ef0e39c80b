import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';

const assets = path.join(import.meta.dirname, '../../assets');
// Another version of the rasteriser may round edges otherwise.
const mostMeanDifference = 2;

/** Bytes of a PNG with eight bits of red, green, blue and alpha for each pixel, as rsvg-convert writes it. */
function pixelsOf(png: Buffer): { readonly width: number; readonly height: number; readonly bytes: Uint8Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  expect([...png.subarray(24, 29)]).toEqual([8, 6, 0, 0, 0]);
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = 4 * width;
  const bytes = new Uint8Array(stride * height);
  const valueAt = (row: number, n: number) => (row < 0 || n < 0 ? 0 : bytes[row * stride + n]!);
  for (let row = 0; row < height; row++) {
    const filter = raw[row * (stride + 1)]!;
    for (let n = 0; n < stride; n++) {
      const [left, up] = [valueAt(row, n - 4), valueAt(row - 1, n)];
      const corner = n < 4 ? 0 : valueAt(row - 1, n - 4);
      const guess = guessOf(filter, left, up, corner);
      bytes[row * stride + n] = raw[row * (stride + 1) + 1 + n]! + guess;
    }
  }
  return { width, height, bytes };
}

/** PNG, third edition, §9.2. */
function guessOf(filter: number, left: number, up: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return up;
  return filter === 3 ? (left + up) >> 1 : paeth(left, up, corner);
}

/** PNG, third edition, §9.4. */
function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const toLeft = Math.abs(estimate - left);
  const toUp = Math.abs(estimate - up);
  const toCorner = Math.abs(estimate - corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, value, n) => sum + Math.abs(value - b[n]!), 0) / a.length;
}

test.each(readdirSync(path.join(assets, 'icons')))('icons/%s is what icon.svg looks like', (name) => {
  const size = /^(\d+)x\1\.png$/.exec(name)![1]!;
  const drawn = execFileSync('rsvg-convert', ['--width', size, '--height', size, path.join(assets, 'icon.svg')]);
  const [kept, fresh] = [pixelsOf(readFileSync(path.join(assets, 'icons', name))), pixelsOf(drawn)];
  expect([kept.width, kept.height]).toEqual([Number(size), Number(size)]);
  expect(meanDifference(kept.bytes, fresh.bytes)).toBeLessThan(mostMeanDifference);
});

test.each([
  ['icon.ico', [16, 24, 32, 48, 64, 128, 256]],
  ['icon.icns', [32, 64, 128, 256, 256, 512, 512, 1024]],
])('%s holds the same pictures', (name, sizes) => {
  const container = readFileSync(path.join(assets, name));
  for (const size of sizes) {
    const picture = readFileSync(path.join(assets, `icons/${size}x${size}.png`));
    expect(container.includes(picture)).toBe(true);
  }
  const pictures = container.toString('latin1').split('\x89PNG').length - 1;
  expect(pictures).toBe(sizes.length);
});
