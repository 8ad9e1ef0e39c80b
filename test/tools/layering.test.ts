import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const config = path.join(root, '.dependency-cruiser.cjs');
const shipped = ['argon2', 'bcrypt-pbkdf', 'better-sqlite3', 'node-forge', 'zod'];
const tools = ['electron', 'svelte', 'bits-ui', 'intl-messageformat', '@zxcvbn-ts/core'];

// What the table of the architecture allows: none of these may be reported.
const allowed: Record<string, string[]> = {
  'main/index.ts': ['./compose', './ipc/early-calls', './desktop/windows', 'electron', 'node:path'],
  'main/compose.ts': ['./vault/vault', './ipc/register', './desktop/windows', 'electron', 'node:path'],
  'main/crypto/kdf.ts': ['node:crypto', 'argon2', '../errors'],
  'main/keys/pem.ts': ['../crypto/kdf', 'node:crypto', 'bcrypt-pbkdf', 'node-forge', '../errors'],
  'main/store/rows.ts': ['better-sqlite3', '../errors'],
  'main/files/write.ts': ['node:fs', 'node:path', '../errors'],
  'main/vault/vault.ts': ['../crypto/kdf', '../store/rows', '../files/write', '../errors'],
  'main/vault/strength-worker.ts': ['@zxcvbn-ts/core', 'node:worker_threads'],
  'main/desktop/qr-worker.ts': ['node:worker_threads'],
  'main/credentials/key-pair.ts': ['../keys/pem', '../errors'],
  'main/ipc/register.ts': [
    '../vault/vault',
    '../credentials/key-pair',
    '../keys/pem',
    '../../preload/contract',
    'electron',
  ],
  'main/ipc/early-calls.ts': ['../../preload/channels', 'type electron'],
  'main/dbus/listen.ts': ['node:net', '../errors'],
  'main/desktop/windows.ts': ['electron', '../files/write', '../dbus/listen', '../../preload/shortcuts', '../errors'],
  'main/errors.ts': [],
  'preload/channels.ts': [],
  'preload/shortcuts.ts': ['./words/say'],
  'preload/words/say.ts': ['intl-messageformat'],
  'preload/contract.ts': ['zod', 'type ./channels'],
  'preload/index.ts': ['electron', './channels', 'type ./contract'],
  'renderer/main.ts': ['svelte', './features/list', './state/session'],
  'renderer/features/list.ts': ['../state/session', '../ui/button', 'bits-ui'],
  'renderer/state/session.ts': [
    'type ../../preload/contract',
    '../../preload/shortcuts',
    '../../preload/words/say',
    'svelte',
  ],
  'renderer/ui/button.ts': ['bits-ui'],
  'test/support/small.ts': ['../../main/vault/vault'],
};

// One file for each way to break a rule, and the rules that must say so.
const forbidden: [file: string, imported: string, ...rules: string[]][] = [
  ['main/crypto/a.ts', 'node:fs', 'main-crypto'],
  ['main/crypto/b.ts', '../vault/vault', 'main-crypto'],
  ['main/keys/a.ts', '../vault/vault', 'main-keys'],
  ['main/keys/b.ts', 'better-sqlite3', 'main-keys'],
  ['main/store/a.ts', '../crypto/kdf', 'main-store'],
  ['main/files/a.ts', 'electron', 'main-files'],
  ['main/vault/a.ts', 'better-sqlite3', 'main-vault'],
  ['main/vault/b.ts', '../ipc/register', 'main-vault'],
  ['main/vault/c.ts', 'type ../credentials/key-pair', 'main-vault'],
  ['main/credentials/a.ts', '../vault/vault', 'main-credentials'],
  ['main/credentials/b.ts', '../files/write', 'main-credentials'],
  ['main/ipc/a.ts', '../desktop/windows', 'main-ipc'],
  ['main/ipc/b.ts', '../store/rows', 'main-ipc'],
  ['main/dbus/a.ts', 'electron', 'main-dbus'],
  ['main/desktop/a.ts', '../vault/vault', 'main-desktop'],
  ['main/desktop/b.ts', '../../preload/contract', 'main-desktop'],
  ['main/desktop/d.ts', 'node:net', 'main-desktop'],
  ['main/desktop/c.ts', '../index', 'main-desktop', 'nobody-imports-an-entry'],
  ['main/vault/d.ts', './strength-worker', 'nobody-imports-an-entry'],
  ['main/vault/e.ts', '@zxcvbn-ts/core', 'main-vault', 'shipped-packages'],
  ['main/loose.ts', './errors', 'main-root'],
  ['preload/shapes.ts', 'electron', 'preload-contract'],
  ['renderer/a.ts', '../main/errors', 'renderer'],
  ['renderer/b.ts', 'electron', 'renderer'],
  ['renderer/c.ts', 'node:fs', 'renderer'],
  ['renderer/state/a.ts', '../../preload/contract', 'renderer-contract-types'],
  ['renderer/state/b.ts', '../ui/button', 'renderer-state'],
  ['renderer/state/c.ts', '../features/list', 'renderer-state'],
  ['renderer/ui/a.ts', '../state/session', 'renderer-ui'],
  ['renderer/ui/b.ts', '../features/list', 'renderer-ui'],
  ['renderer/features/a.ts', '../main', 'renderer-features'],
  ['renderer/d.ts', '../test/support/small', 'product-only', 'renderer'],
  ['main/store/b.ts', './missing', 'main-store', 'resolvable'],
  ['main/files/round.ts', './round-trip'], // a cycle is reported once, at the file that comes first
  ['main/files/round-trip.ts', './round', 'no-cycles'],
  ['test/support/undeclared.ts', 'undeclared', 'declared-packages'],
];

// Entries and single files can be broken only by changing them; each is a tree of its own.
const changed: [file: string, imported: string, ...rules: string[]][] = [
  ['main/errors.ts', 'node:fs', 'main-errors'],
  ['main/index.ts', 'zod', 'main-index'],
  ['main/index.ts', './vault/vault', 'start-stays-small'],
  ['main/index.ts', './ipc/register', 'start-stays-small'],
  ['main/index.ts', '../preload/words/say', 'start-stays-small'],
  ['main/ipc/early-calls.ts', '../../preload/contract', 'start-stays-small'],
  ['main/compose.ts', 'zod', 'main-index'],
  ['main/vault/strength-worker.ts', 'argon2', 'worker-1'],
  ['main/desktop/qr-worker.ts', 'argon2', 'worker-2'],
  ['preload/index.ts', 'node:fs', 'preload-index'],
  ['preload/index.ts', './contract', 'preload-without-schemas'],
  ['preload/shortcuts.ts', 'zod', 'preload-shortcuts'],
  ['preload/words/say.ts', 'zod', 'preload-words'],
];

let folder = '';
beforeAll(() => (folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'coffer-layering-')))));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('what the table allows is not reported, and each other way is reported by its rule', () => {
  const files = { ...allowed };
  for (const [file, imported] of forbidden) files[file] = [imported];
  const expected = forbidden.flatMap(([file, , ...rules]) => rules.map((rule) => `${file}: ${rule}`));
  expect(violationsOf('all', files)).toEqual(expected.sort());
});

for (const [file, imported, ...rules] of changed) {
  test(`${file} importing ${imported} is reported`, () => {
    const files = { ...allowed, [file]: [imported] };
    expect(violationsOf(file, files)).toEqual(rules.map((rule) => `${file}: ${rule}`));
  });
}

test('every rule of the configuration is seen to bite here', () => {
  const { forbidden: rules } = createRequire(import.meta.url)(config) as { forbidden: { name: string }[] };
  const seen = new Set([...forbidden, ...changed].flatMap(([, , ...names]) => names));
  expect(rules.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
});

function violationsOf(name: string, files: Record<string, string[]>): string[] {
  const base = path.join(folder, name.replaceAll('/', '-'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(base, file)), { recursive: true });
    writeFileSync(path.join(base, file), text);
  };
  for (const [file, imports] of Object.entries(files)) {
    const lines = imports.map((from, at) =>
      from.startsWith('type ') ? `import type { t${at} } from '${from.slice(5)}';` : `import '${from}';`,
    );
    write(file, `${lines.join('\n')}\nexport const here = 1;\n`);
  }
  for (const packageName of [...shipped, ...tools, 'undeclared']) {
    write(`node_modules/${packageName}/package.json`, JSON.stringify({ name: packageName, main: 'index.js' }));
    write(`node_modules/${packageName}/index.js`, '');
  }
  const versions = (names: string[]) => Object.fromEntries(names.map((packageName) => [packageName, '1.0.0']));
  write('package.json', JSON.stringify({ dependencies: versions(shipped), devDependencies: versions(tools) }));
  write('tsconfig.json', '{}');
  return cruise(base);
}

function cruise(base: string): string[] {
  const program = path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const args = [program, 'main', 'preload', 'renderer', 'test', '--config', config, '--output-type', 'json'];
  const output = execFileSync(process.execPath, args, { cwd: base, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const report = JSON.parse(output) as { summary: { violations: { from: string; rule: { name: string } }[] } };
  return report.summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`).sort();
}
