/** Makes the package and tries it: what `npm run package` does, and the last stage of `npm test`. */
import path from 'node:path';
import { ensurePrograms } from '../lib/apt.mjs';
import { node24 } from '../lib/packages.mjs';
import { root, run, say } from '../lib/steps.mjs';
import { checkContent } from './content.mjs';
import { checkFuses } from './fuses.mjs';
import { packFolder } from './pack.mjs';

const programs = {
  Xvfb: 'xvfb',
  xdotool: 'xdotool',
  setpriv: 'util-linux',
  unshare: 'util-linux',
  'ssh-keygen': 'openssh-client',
};

/**
 * Packages what was built, prints each fuse as read from the program, looks through the archive, and on Linux drives the package with
 * real keys as a throw-away user.
 *
 * @param {import('../lib/electron.mjs').ElectronRuntime} electron - From resolveElectron.
 * @returns {Promise<import('../lib/stages.mjs').Outcome>} One test for each of the three.
 */
export async function testPackage(electron) {
  const made = await packFolder(electron);
  for (const line of await checkFuses(made.fuseFile)) say(`fuse ${line}`);
  say(`archive: ${await checkContent(made)}`);
  if (process.platform !== 'linux') {
    say(`${made.program}: docs/RELEASING.md says what to check by hand on this system`);
    return { passed: 2, failed: 0 };
  }
  await ensurePrograms(programs, 'the start-up check');
  const { code } = await run([node24, path.join(root, 'scripts/package/check.mjs'), JSON.stringify(made)]);
  const forWhom = made.isEvaluation ? '; for evaluation only' : '';
  if (code === 0) say(`${path.relative(root, made.program)} passed its start-up check${forWhom}`);
  return { passed: 2 + Number(code === 0), failed: Number(code !== 0), details: 'start-up check: see above' };
}
