/** The parts of the bench that need the real app in its window. */
import { startXvfb } from '../lib/display.mjs';
import { launchFlags } from '../lib/electron.mjs';
import { node24 } from '../lib/packages.mjs';
import { StepError, root, run, say } from '../lib/steps.mjs';
import path from 'node:path';

/**
 * @param {import('../lib/electron.mjs').ElectronRuntime} electron - From prepareApp.
 * @param {string} folder - With the vaults that measureCore made.
 * @returns {Promise<import('./core.mjs').Measure[]>} The time until the window is there, memory, and what it costs while nobody uses it.
 */
export async function measureApp(electron, folder) {
  say('bench: the app: time until its window is there, memory, and minutes in which nobody uses it');
  const display = process.platform === 'linux' ? await startXvfb() : { env: {}, stop: async () => undefined };
  try {
    const { code, output } = await run([node24, path.join(root, 'scripts/bench/drive.mjs'), folder], {
      capture: true,
      env: {
        ...process.env,
        ...electron.env,
        ...display.env,
        COFFER_ELECTRON: electron.program,
        COFFER_ELECTRON_FLAGS: JSON.stringify(launchFlags()),
      },
    });
    const last = output.trim().split('\n').at(-1);
    if (code !== 0) throw new StepError(`bench: driving the app failed:\n${output}`, 'run npm test, then try again');
    return JSON.parse(last);
  } finally {
    await display.stop();
  }
}
