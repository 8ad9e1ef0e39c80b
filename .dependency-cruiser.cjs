/** Who may import whom: the table of the architecture, one line a folder. Everything that a line does not name is forbidden. */
const errors = '^main/errors[.]ts$';
const contract = '^preload/((channels|contract|shapes|format-shapes|way-shapes|request-spec)|requests/[a-z-]+)[.]ts$';
// Data that both sides of the bridge read.
const shortcuts = '^preload/shortcuts[.]ts$';
// The messages, a leaf: every folder of main/ may say something.
const words = '^preload/words/((say|first)[.]ts|[a-z-]+[.]json)$';
// What is read before there is a window.
const firstOfIpc = '(early-calls|first-answer|app-status|gate|plain-objects|wire-errors)[.]ts$';
const firstFiles = ['^main/index[.]ts$', `^main/ipc/${firstOfIpc}`];
// With all messages and the library, which is too much for what stands before the window.
const allWords = '^preload/words/say[.]ts$';
const npm = (...names) => `^node_modules/(@types/)?(${names.join('|')})/`;
const core = (...names) => `^(node:)?(${names.join('|')})$`;
// Parts of Node that reach no file, network or process.
const pure = core('buffer', 'events', 'path', 'timers', 'timers/promises', 'url', 'util', 'worker_threads');

const mayImport = {
  // v8, vm: to reach the garbage collector (collect-garbage.ts).
  crypto: [core('crypto', 'v8', 'vm'), npm('argon2'), errors],
  keys: ['^main/crypto/', core('crypto'), npm('bcrypt-pbkdf', 'node-forge'), errors],
  store: [npm('better-sqlite3'), errors],
  // child_process: Windows sets access lists by a program of its own, icacls (owner-only.ts).
  files: [core('fs', 'fs/promises', 'path', 'os', 'child_process'), errors],
  vault: ['^main/(crypto|store|files)/', errors],
  credentials: ['^main/keys/', errors],
  ipc: [
    '^main/(vault|credentials|keys|files)/',
    errors,
    contract,
    core('electron'),
    npm('electron', 'zod', 'papaparse'),
  ],
  dbus: [core('net'), errors],
  desktop: [core('electron'), npm('electron'), '^main/(files|dbus)/', shortcuts, errors],
};

/** Worker entries: bundles of their own, so that a package of theirs never loads in the main thread. */
const workers = {
  '^main/vault/strength-worker[.]ts$': [npm('@zxcvbn-ts/[^/]+'), pure],
  '^main/desktop/qr-worker[.]ts$': [npm('qr'), pure],
};
const workerFiles = Object.keys(workers);

const folderRules = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `main-${folder}`,
  severity: 'error',
  comment: `main/${folder} imports what its line of the table names, and itself`,
  from: { path: `^main/${folder}/`, pathNot: workerFiles },
  to: { pathNot: [`^main/${folder}/`, pure, words, ...allowed] },
}));

const workerRules = Object.entries(workers).map(([file, allowed], at) => ({
  name: `worker-${at + 1}`,
  severity: 'error',
  comment: 'a worker entry imports what its line names',
  from: { path: file },
  to: { pathNot: allowed },
}));

const rule = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to });

module.exports = {
  forbidden: [
    ...folderRules,
    ...workerRules,
    rule('main-errors', 'the error type imports nothing', { path: errors }, { path: '.' }),
    rule(
      'main-root',
      'main/ holds folders, errors.ts and the two halves of the composition root',
      { path: '^main/[^/]+$', pathNot: [errors, '^main/(index|compose)[.]ts$'] },
      { path: '.' },
    ),
    rule(
      'main-index',
      'the composition root imports main/, electron and Node',
      { path: '^main/(index|compose)[.]ts$' },
      { pathNot: ['^main/', words, core('electron'), npm('electron')], dependencyTypesNot: ['core'] },
    ),
    rule(
      'nobody-imports-an-entry',
      'entry files are started, not imported',
      {},
      {
        path: ['^(main|preload)/index[.]ts$', ...workerFiles],
      },
    ),
    rule(
      'preload-index',
      'the preload imports electron and the contract',
      { path: '^preload/index[.]ts$' },
      {
        pathNot: [core('electron'), npm('electron'), contract],
      },
    ),
    rule(
      'preload-without-schemas',
      'of the contract the preload knows names and types: requests are parsed where they are answered',
      { path: '^preload/index[.]ts$' },
      { path: contract, pathNot: '^preload/channels[.]ts$', dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'start-stays-small',
      'what stands before the window waits for no packages, no schemas and nothing of the vault',
      { path: firstFiles },
      {
        path: ['^main/(crypto|keys|store|vault|credentials)/', `^main/ipc/(?!${firstOfIpc})`, contract, allWords],
        pathNot: '^preload/channels[.]ts$',
        dependencyTypesNot: ['type-only'],
        dynamic: false,
      },
    ),
    rule('preload-shortcuts', 'the table of shortcuts imports words', { path: shortcuts }, { pathNot: words }),
    rule(
      'preload-words',
      'the words import the library that reads them',
      { path: words },
      { pathNot: [words, npm('intl-messageformat')] },
    ),
    rule('preload-contract', 'the contract imports zod', { path: contract }, { pathNot: [contract, npm('zod')] }),
    rule(
      'renderer',
      'the view imports Svelte, its libraries and itself',
      { path: '^renderer/' },
      {
        pathNot: [
          '^renderer/',
          contract,
          shortcuts,
          words,
          npm('svelte', 'bits-ui', '@lucide/svelte', '@fontsource-variable/[^/]+', 'qr', 'virtua'),
        ],
      },
    ),
    rule(
      'renderer-contract-types',
      'of the contract the view knows only types',
      { path: '^renderer/' },
      {
        path: contract,
        dependencyTypesNot: ['type-only'],
      },
    ),
    rule(
      'renderer-ui',
      'a part knows neither screens nor state',
      { path: '^renderer/ui/' },
      {
        path: '^renderer/(?!ui/)',
      },
    ),
    rule(
      'renderer-state',
      'state knows neither screens nor parts',
      { path: '^renderer/state/' },
      {
        path: '^renderer/(?!state/)',
      },
    ),
    rule(
      'renderer-features',
      'a screen imports state and parts',
      { path: '^renderer/features/' },
      {
        path: '^renderer/(?!(features|state|ui)/)',
      },
    ),
    rule(
      'product-only',
      'the product imports nothing of tests and scripts',
      { path: '^(main|preload|renderer)/' },
      {
        path: '^(test|scripts)/',
      },
    ),
    rule(
      'shipped-packages',
      'what main/ loads at run time is a dependency; bundled workers and Electron itself are not shipped as packages',
      { path: '^main/', pathNot: workerFiles },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: [npm('electron')] },
    ),
    rule('no-cycles', 'no file imports itself, however far the way', {}, { circular: true }),
    rule('resolvable', 'every import leads to a file or a package', {}, { couldNotResolve: true }),
    rule(
      'declared-packages',
      'every package is named in package.json',
      {},
      {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown'],
      },
    ),
  ],
  options: {
    doNotFollow: { path: '^(node_modules|out)/' },
    exclude: { path: '[.]css$|[.]woff2$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    builtInModules: { add: ['electron'] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.cjs', '.svelte', '.d.ts', '.json'],
    },
  },
};
