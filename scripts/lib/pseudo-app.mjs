/** Coffer in the pseudo-language: the same sources, built beside the usual app with other words. */
import { cpSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { electronVite } from './build.mjs';
import { node24 } from './packages.mjs';
import { root, runQuietly, say } from './steps.mjs';

/**
 * @param {string} folder - Empty; the app is made in it.
 * @returns {Promise<void>}
 */
export async function buildPseudoApp(folder) {
  say('building in the pseudo-language');
  await runQuietly(
    [node24, electronVite, 'build', '--logLevel', 'warn'],
    'the build in the pseudo-language',
    'correct what the lines above name; `npm run check` says more',
    { env: { ...process.env, NODE_ENV: 'production', COFFER_PSEUDO: path.join(folder, 'out') } },
  );
  cpSync(path.join(root, 'package.json'), path.join(folder, 'package.json'));
  for (const name of ['assets', 'node_modules']) symlinkSync(path.join(root, name), path.join(folder, name));
}
