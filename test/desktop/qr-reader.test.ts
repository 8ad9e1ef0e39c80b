import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { inflateSync } from 'node:zlib';
import { encodeQR } from 'qr';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pictureSizeOf } from '../../main/desktop/picture-size';
import { type Pixels, readQr } from '../../main/desktop/qr-reader';

const project = path.join(import.meta.dirname, '../..');
const text = 'otpauth://totp/Amazon%20Web%20Services:ann@acme?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=AWS';
/** Whether a point of the unit square is dark; outside of it everything is light. */
type Picture = (x: number, y: number) => boolean;

let built: string;
let workerUrl: URL;

beforeAll(async () => {
  mkdirSync(path.join(project, 'out'), { recursive: true });
  built = mkdtempSync(path.join(project, 'out/qr-'));
  await build({
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: path.join(project, 'main/desktop/qr-worker.ts'), outDir: built, target: 'node20' },
  });
  workerUrl = pathToFileURL(path.join(built, 'qr-worker.js'));
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

describe('a QR code', () => {
  test('of the program qrencode is read, and the pixels are wiped', async () => {
    const pixels = paint(300, pictureOf(qrencode('.png')));
    expect(await read(pixels)).toBe(text);
    expect(pixels.data.every((byte) => byte === 0)).toBe(true);
  });

  test.each([10, 45, 90, 180, 200, 270])('turned by %i degrees is read', async (degrees) => {
    const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
    const code = drawn();
    const turned: Picture = (x, y) => {
      const [dx, dy] = [(x - 0.5) * 1.5, (y - 0.5) * 1.5];
      return code(cosine * dx - sine * dy + 0.5, sine * dx + cosine * dy + 0.5);
    };
    expect(await read(paint(700, turned))).toBe(text);
  });

  test('small in a large screenshot is read', async () => {
    const code = drawn();
    expect(await read(paint(2000, (x, y) => code((x - 0.7) * 8, (y - 0.2) * 8)))).toBe(text);
  });

  test('on nothing, as on a transparent picture, is read', async () => {
    expect(await read(paint(400, drawn(), 0))).toBe(text);
  });

  test('is not seen in a picture that has none, nor in noise', async () => {
    expect(await read(paint(300, () => false))).toBeNull();
    let state = 1;
    const noise: Picture = () => (state = (state * 48271) % 0x7fffffff) % 2 === 0;
    const startedAtMs = performance.now();
    expect(await read(paint(2000, noise))).toBeNull();
    expect(performance.now() - startedAtMs).toBeLessThan(6000);
  });

  test('is an error of ours where the thread is not to be had', async () => {
    const missing = pathToFileURL(path.join(built, 'missing.js'));
    await expect(
      readQr(
        missing,
        paint(10, () => false),
      ),
    ).rejects.toMatchObject({ code: 'internal' });
  });

  async function read(pixels: Pixels): Promise<string | null> {
    const bytes = await readQr(workerUrl, pixels);
    return bytes === null ? null : new TextDecoder().decode(bytes);
  }
});

describe('the size of a picture', () => {
  test('is read of a PNG', () => {
    const png = qrencode('.png');
    expect(pictureSizeOf(png)).toEqual({ width: pngRows(png).length, height: pngRows(png).length });
  });

  const start = [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2];
  const frame = [0, 17, 8, 0x0b, 0xd0, 0x0f, 0xc0, 3];

  test.each([
    ['with a usual frame', [...start, 0xff, 0xc0, ...frame]],
    ['with a progressive one', [...start, 0xff, 0xc2, ...frame]],
    ['behind tables and fill bytes', [...start, 0xff, 0xff, 0xff, 0xc4, 0, 3, 9, 0xff, 0xc1, ...frame]],
  ])('is read of a JPEG %s', (_name, bytes) => {
    expect(pictureSizeOf(Uint8Array.from(bytes))).toEqual({ width: 4032, height: 3024 });
  });

  test.each([
    ['nothing', []],
    ['a GIF', [...Buffer.from('GIF89a0000000000')]],
    ['a JPEG that ends', start],
    ['a JPEG whose segments lead nowhere', [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xc0, ...frame]],
    ['a scan before any frame', [0xff, 0xd8, 0xff, 0xda, 0, 4, 1, 2, 0xff, 0xc0, ...frame]],
    ['a JPEG of no height', [...start, 0xff, 0xc0, 0, 17, 8, 0, 0, 0x0f, 0xc0, 3]],
  ])('is not there in %s', (_name, bytes) => {
    expect(pictureSizeOf(Uint8Array.from(bytes))).toBeNull();
  });

  test('is told of a bomb before anything is unpacked', () => {
    const png = qrencode('.png');
    new DataView(png.buffer).setUint32(16, 0xffffffff);
    expect(pictureSizeOf(png)?.width).toBe(0xffffffff);
  });
});

function qrencode(ending: string): Uint8Array {
  const file = path.join(built, `code${ending}`);
  execFileSync('qrencode', ['-o', file, '-s', '1', text]);
  return Uint8Array.from(readFileSync(file));
}

/** The rows of a PNG with one bit a pixel, as qrencode writes it; true is dark. */
function pngRows(png: Uint8Array): boolean[][] {
  const file = Buffer.from(png);
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)];
  const data: Buffer[] = [];
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      data.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(data));
  const stride = 1 + Math.ceil(width / 8);
  return Array.from({ length: height }, (_, y) => {
    expect(raw[y * stride]).toBe(0); // no filter
    return Array.from(
      { length: width },
      (_unused, x) => (((raw[y * stride + 1 + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1) === 0,
    );
  });
}

function pictureOf(png: Uint8Array): Picture {
  return squares(pngRows(png));
}

function drawn(): Picture {
  return squares(encodeQR(text, 'raw', { ecc: 'medium', border: 4 }));
}

function squares(rows: readonly (readonly boolean[])[]): Picture {
  return (x, y) => rows[Math.floor(y * rows.length)]?.[Math.floor(x * rows.length)] ?? false;
}

function paint(side: number, isDark: Picture, lightAlpha = 0xff): Pixels {
  const data = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const dark = isDark((x + 0.5) / side, (y + 0.5) / side);
      const at = (y * side + x) * 4;
      data.fill(dark ? 0 : lightAlpha, at, at + 3);
      data[at + 3] = dark ? 0xff : lightAlpha;
    }
  }
  return { data, width: side, height: side };
}
