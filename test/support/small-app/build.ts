import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';

/**
 * Builds the small app with the given pages.
 *
 * @param folder - Where to; must not be there.
 * @param pages - Names and texts of files, at least `index.html`.
 */
export async function buildSmallApp(folder: string, pages: Readonly<Record<string, string>>): Promise<void> {
  const root = path.resolve(import.meta.dirname, '../../..');
  const bundle = (entry: string, format: 'es' | 'cjs', fileName: string) =>
    build({
      configFile: false,
      root,
      logLevel: 'silent',
      ssr: { noExternal: true, external: ['electron'] },
      build: {
        ssr: path.join(root, entry),
        outDir: folder,
        emptyOutDir: false,
        target: 'node20.18',
        rolldownOptions: { external: ['electron'], output: { format, entryFileNames: fileName } },
      },
    });
  await bundle('test/support/small-app/main.ts', 'es', 'main.js');
  await bundle('preload/index.ts', 'cjs', 'preload.cjs');
  mkdirSync(path.join(folder, 'pages'));
  for (const [name, text] of Object.entries(pages)) writeFileSync(path.join(folder, 'pages', name), text);
  const manifest = { name: 'coffer-test', version: '0.0.0', type: 'module', main: 'main.js' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
}
