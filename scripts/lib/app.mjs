/** Everything that must be there before Coffer can run, and the way to run it. */
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { launchFlags, resolveElectron } from './electron.mjs';
import { ensureBuilt } from './build.mjs';
import { ensurePackages } from './packages.mjs';
import { root } from './steps.mjs';

/** A second Ctrl-C within this time, or a child that takes longer to end, ends it the hard way. */
const patienceMs = 10_000;

/**
 * Packages, Electron with its shared libraries, build; each only where something is to be done.
 *
 * @returns {Promise<import('./electron.mjs').ElectronRuntime>} The Electron to run.
 */
export async function prepareApp() {
  await ensurePackages();
  const electron = await resolveElectron();
  await ensureBuilt();
  return electron;
}

/**
 * Runs the app until it ends; Ctrl-C asks it to quit, and waits until it has locked its vault.
 *
 * @param {import('./electron.mjs').ElectronRuntime} electron - From prepareApp.
 * @param {string[]} args - For the app, such as the path of a vault, relative to where the user typed the command.
 * @returns {Promise<number>} Exit code; 0 when the user ended it.
 */
export function launchApp(electron, args) {
  const child = spawn(electron.program, [...launchFlags(), root, ...args], {
    cwd: process.env.INIT_CWD ?? process.cwd(),
    env: { ...process.env, ...electron.env },
    stdio: ['ignore', 'inherit', 'inherit'],
    // A process group of its own: the terminal's Ctrl-C reaches this script alone, which passes it on once.
    detached: true,
  });
  return new Promise((resolve, reject) => {
    let isAsked = false;
    const quit = () => {
      if (isAsked) child.kill('SIGKILL');
      child.kill('SIGTERM');
      setTimeout(() => child.kill('SIGKILL'), patienceMs).unref();
      isAsked = true;
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.removeAllListeners(signal);
      process.on(signal, quit);
    }
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(isAsked ? 0 : (code ?? 128 + constants.signals[signal])));
  });
}
