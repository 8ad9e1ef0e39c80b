/** Runs a package as a throw-away user on a screen of its own; called by package.mjs with the package as JSON. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { makeThrowAwayUser } from '../../test/support/throw-away-user.ts';
import { startXvfb } from '../lib/display.mjs';
import { main, say } from '../lib/steps.mjs';
import { checkRefusals } from './refusals.mjs';
import { checkStartUp } from './start-up.mjs';

await main(async () => {
  /** @type {import('./pack.mjs').Package} */
  const made = JSON.parse(process.argv[2]);
  const display = await startXvfb();
  const user = makeThrowAwayUser();
  try {
    // The checkout may be for root's eyes only.
    const folder = path.join(user.folder, 'package');
    execFileSync('cp', ['-a', made.folder, folder]);
    const env = {
      ...process.env,
      ...display.env,
      HOME: user.home,
      XDG_CONFIG_HOME: '',
      XDG_RUNTIME_DIR: '',
      GSETTINGS_BACKEND: 'memory',
      COFFER_EVALUATION_RUNTIME: '',
    };
    const desk = { program: path.join(folder, path.basename(made.program)), folder, user, env };
    for (const line of await checkRefusals(desk)) say(`start-up check: ${line}`);
    for (const line of await checkStartUp(desk)) say(`start-up check: ${line}`);
  } finally {
    await display.stop();
    user.remove();
  }
  return 0;
});
