import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

interface PageSize {
  readonly checkPageSize: (folder: string) => number;
}
const module = path.join(import.meta.dirname, '../../scripts/lib/page-size.mjs');
const { checkPageSize } = (await import(module)) as PageSize;

let folder: string;
const write = (name: string, content: Uint8Array | string) => {
  writeFileSync(path.join(folder, name), content);
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'coffer-pages-'));
  mkdirSync(path.join(folder, 'assets'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

test('scripts, styles and markup count as gzip makes them, in every folder; fonts do not', () => {
  write('index.html', '<p>'.repeat(10_000));
  write('assets/font.woff2', randomBytes(400_000));
  const [script, style] = [randomBytes(20_000), randomBytes(10_000)];
  write('assets/index.js', script);
  write('assets/index.css', style);
  // What is random can't be compressed; what is said over and over takes next to nothing.
  const kB = checkPageSize(folder);
  expect(kB).toBeGreaterThan(30);
  expect(kB).toBeLessThan(31);
});

test('the size is said up to the limit, and refused above it', () => {
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  write('assets/index.js', randomBytes(295_000));
  checkPageSize(folder);
  const [line] = printed.mock.lastCall ?? [];
  printed.mockRestore();
  expect(line).toMatch(/pages: 29\d\.\d kB gzip, of 300 kB at most/);
  write('assets/more.js', randomBytes(6000));
  expect(() => checkPageSize(folder)).toThrow(/pages: 30\d\.\d kB gzip, of 300 kB at most/);
});

test('where nothing was built there is nothing to pass', () => {
  expect(() => checkPageSize(folder)).toThrow('no pages were built');
});
