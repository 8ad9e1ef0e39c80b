/** Builds the app into out/ when its sources have changed. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprintOf, isStamped, stamp } from './stamp.mjs';
import { node24 } from './packages.mjs';
import { root, runQuietly, say } from './steps.mjs';

const inputs = [
  'main',
  'preload',
  'renderer',
  'assets',
  'docs/user',
  'scripts/lib/help.ts',
  'electron.vite.config.ts',
  'tsconfig.json',
  'package-lock.json',
];
const outputs = ['out/main', 'out/preload', 'out/renderer'];
const stampFile = path.join(root, 'out/.stamp');

/** Where electron-vite's program is. */
export const electronVite = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js');

/** Builds unless out/ is what these sources gave last time. */
export async function ensureBuilt() {
  if (isStamped(stampFile, currentState())) return;
  say('building');
  await runQuietly(
    [node24, electronVite, 'build', '--logLevel', 'warn'],
    'the build',
    'correct what the lines above name; `npm run check` says more',
    { env: { ...process.env, NODE_ENV: 'production' } },
  );
  stamp(stampFile, currentState());
}

/** Sources and results together: a development server or a hand that touched out/ leads to a new build. */
function currentState() {
  const paths = (names) => names.map((name) => path.join(root, name));
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  return `${version} ${fingerprintOf(paths(inputs))} ${fingerprintOf(paths(outputs))}`;
}
