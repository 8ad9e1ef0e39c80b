/** `npm run bench -- --json FILE`: measures Coffer inside Electron; docs/PERFORMANCE.md explains each line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { prepareApp } from './lib/app.mjs';
import { ensurePrograms } from './lib/apt.mjs';
import { node24 } from './lib/packages.mjs';
import { main, root, runQuietly, say } from './lib/steps.mjs';
import { measureApp } from './bench/app.mjs';
import { measureCore } from './bench/core.mjs';
import { tableOf } from './bench/targets.mjs';

await main(async () => {
  const { values } = parseArgs({ options: { json: { type: 'string' } } });
  const electron = await prepareApp();
  if (process.platform === 'linux') await ensurePrograms({ strace: 'strace' }, 'counting what a save writes');
  say('bench: bundling');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const bundle = ['build', '--configLoader', 'native', '--ssr', 'test/bench/core.ts', '--outDir', 'out/bench'];
  await runQuietly([node24, vite, ...bundle, '--logLevel', 'warn'], 'bundling the bench', '`npm run check` says more');
  // On the project's disk: the system's folder for temporary files may be memory.
  const folder = mkdtempSync(path.join(root, 'out/bench-'));
  try {
    const measures = await measureCore(electron, folder);
    measures.push(...(await measureApp(electron, folder)));
    if (values.json !== undefined) {
      const file = path.resolve(process.env.INIT_CWD ?? process.cwd(), values.json);
      writeFileSync(file, measures.map((measure) => `${JSON.stringify(measure)}\n`).join(''));
    }
    process.stdout.write(tableOf(measures));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return 0;
});
