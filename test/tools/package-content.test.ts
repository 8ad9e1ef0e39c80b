import path from 'node:path';
import { expect, test } from 'vitest';

interface Entry {
  readonly path: string;
  readonly size: number;
  readonly isUnpacked: boolean;
}
interface Content {
  readonly faultsIn: (
    entries: readonly Entry[],
    made: { platform: string; arch: string; isEvaluation: boolean },
  ) => string[];
}
const module = path.join(import.meta.dirname, '../../scripts/package/content.mjs');
const { faultsIn } = (await import(module)) as Content;
const made = { platform: 'linux', arch: 'x64', isEvaluation: false };

const file = (name: string, isUnpacked = name.endsWith('.node')): Entry => ({ path: name, size: 1, isUnpacked });
const good = [
  'package.json',
  'assets/icons/256x256.png',
  'out/main/index.js',
  'out/main/compose-abc.js',
  'out/main/strength-worker.js',
  'out/main/qr-worker.js',
  'out/preload/index.cjs',
  'out/main/notices.json',
  'out/renderer/index.html',
  'out/renderer/notices.json',
  'out/renderer/quick-access.html',
  'out/renderer/security-key.html',
  'out/renderer/sheet.html',
  'out/renderer/assets/index-abc.js',
  'node_modules/argon2/argon2.cjs',
  'node_modules/argon2/prebuilds/linux-x64/argon2.glibc.node',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/better-sqlite3/prebuilds/linux-x64.node',
].map((name) => file(name));

test('a package with what runs, and nothing else, is good', () => {
  expect(faultsIn(good, made)).toEqual([]);
});

test.each([
  'main/index.ts',
  'out/main/index.js.map',
  'out/main/evaluation/start.mjs',
  'out/bench/core.js',
  'out/renderer/parts.html',
  'test/vaults/password.json',
  'README.md',
  '.npmrc',
  'node_modules/zod/index.js',
  'node_modules/better-sqlite3/src/better_sqlite3.cpp',
  'node_modules/better-sqlite3/prebuilds/win32-x64.node',
  'node_modules/argon2/prebuilds/darwin-arm64/argon2.armv8.glibc.node',
  'node_modules/argon2/prebuilds/linux-x64/argon2.musl.node',
])('%s has no business there', (name) => {
  expect(faultsIn([...good, file(name)], made)).toEqual([`${name}: has no business in a package`]);
});

test.each(good.map((entry) => entry.path).filter((name) => !name.includes('abc')))(
  'without %s it is refused',
  (name) => {
    expect(
      faultsIn(
        good.filter((entry) => entry.path !== name),
        made,
      ).join(),
    ).toContain('missing');
  },
);

test('code outside of the archive, whose integrity is checked, is refused; so is an addon inside, which could not be loaded', () => {
  const changed = good.map((entry) =>
    /argon2\.cjs|linux-x64\.node/.test(entry.path) ? { ...entry, isUnpacked: !entry.isUnpacked } : entry,
  );
  expect(faultsIn(changed, made)).toEqual([
    'node_modules/argon2/argon2.cjs: outside the archive',
    'node_modules/better-sqlite3/prebuilds/linux-x64.node: inside the archive',
  ]);
});
