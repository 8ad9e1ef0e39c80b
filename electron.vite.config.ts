import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'electron-vite';
import { help } from './scripts/lib/help';
import { notices } from './scripts/lib/notices';
import { words } from './scripts/lib/words';

const devPort = 5183;
// A build beside the usual one, in the pseudo-language: scripts/lib/pseudo-app.mjs.
const pseudoFolder = process.env['COFFER_PSEUDO'] ?? '';
const isPseudo = pseudoFolder !== '';
const out = isPseudo ? pseudoFolder : 'out';
const root = import.meta.dirname;
// Not in the bundle, and what they load in turn.
const loadedPackages = ['argon2', '@phc/format', 'node-gyp-build', 'better-sqlite3', 'papaparse'];
const fonts = ['@fontsource-variable/inter', '@fontsource-variable/jetbrains-mono'];
/** What the first screens share with others: two files of it in place of ten, as each is a question to the main process. */
const ofFirstScreen = new RegExp(
  [
    'node_modules/(svelte|clsx|intl-messageformat|@formatjs)/',
    'preload/words/',
    'node_modules/@lucide/svelte/dist/(Icon|context|utils/|icons/(info|key-round|triangle-alert|x)\\.)',
    'renderer/state/(answer|formats|sentence|typed-codes)\\.',
    'renderer/ui/((Banner|Button|CardScreen|IconButton|Said|Spinner)\\.|\\w+\\.css)',
  ].join('|'),
);

// Built for the older of the two runtimes (Electron 33: Chromium 130, Node 20.18), so that both can run it.
export default defineConfig({
  main: {
    plugins: [words('main', isPseudo), notices(root, loadedPackages)],
    build: {
      target: 'node20.18',
      outDir: `${out}/main`,
      sourcemap: true,
      // Loading a package file by file takes twice as long as all of Coffer. Those with native code stay outside.
      externalizeDeps: { exclude: ['bcrypt-pbkdf', 'node-forge', 'zod'] },
      rolldownOptions: {
        input: {
          index: 'main/index.ts',
          'strength-worker': 'main/vault/strength-worker.ts',
          'qr-worker': 'main/desktop/qr-worker.ts',
        },
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          chunkFileNames: '[name]-[hash].js',
          // Comments and spaces are most of the text that has to be read at the start; names stay for stack traces.
          minify: { compress: false, mangle: false, codegen: true },
        },
      },
    },
  },
  preload: {
    build: {
      target: 'node20.18',
      outDir: `${out}/preload`,
      minify: true,
      rolldownOptions: {
        input: { index: 'preload/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
      externalizeDeps: false,
    },
  },
  renderer: {
    root: 'renderer',
    build: {
      target: 'chrome130',
      outDir: `${out}/renderer`,
      minify: true,
      // The browser's own: the page's files are asked for at once, not one level of imports after the other.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: {
        // parts.html, the page of all parts, is for the server of `npm run dev` alone.
        input: Object.fromEntries(
          ['index', 'security-key', 'sheet', 'quick-access'].map((page) => [
            page,
            path.join(root, `renderer/${page}.html`),
          ]),
        ),
        output: { codeSplitting: { groups: [{ name: 'first', test: ofFirstScreen }] } },
      },
    },
    // The page lives on the app's own origin, so that it must be told where the server for hot reload is.
    server: {
      host: 'localhost',
      port: devPort,
      strictPort: true,
      hmr: { protocol: 'ws', host: 'localhost', clientPort: devPort },
    },
    plugins: [
      svelte({ configFile: false, compilerOptions: { runes: true } }),
      help(),
      words('page', isPseudo),
      notices(root, fonts),
    ],
  },
});
