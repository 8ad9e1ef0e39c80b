/** A screen for Electron: the user's own, or a virtual one. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensurePrograms, hasProgram } from './apt.mjs';
import { StepError, endWithScript } from './steps.mjs';

const readyWithinMs = 20_000;
const sizeAndDepth = '1600x1200x24';

/** @returns {boolean} Whether there is a screen to open a window on. */
export function hasDisplay() {
  if (process.platform !== 'linux') return true;
  const { DISPLAY: display = '', WAYLAND_DISPLAY: wayland = '' } = process.env;
  if (wayland !== '') return true;
  const local = /^(?:unix)?:(\d+)/.exec(display);
  return local === null ? display !== '' : existsSync(`/tmp/.X11-unix/X${local[1]}`);
}

/**
 * Starts a virtual screen on a display number that is free. It ends with `stop()`, or with this script at the latest.
 *
 * @returns {Promise<{ env: Record<string, string>, stop: () => Promise<void> }>} What to add to a program's environment, and the end.
 */
export async function startXvfb() {
  await ensurePrograms({ Xvfb: 'xvfb' }, 'a virtual screen');
  // Xvfb picks the number itself and writes it to descriptor 3 once its socket takes connections.
  const command = ['Xvfb', '-displayfd', '3', '-screen', '0', sizeAndDepth, '-nolisten', 'tcp', '-noreset'];
  // Ends it even if this script is killed without a chance to clean up.
  if (hasProgram('setpriv')) command.unshift('setpriv', '--pdeathsig', 'TERM');
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  endWithScript(child);
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', resolve);
  });
  const stop = async () => {
    child.kill();
    await exited;
  };
  try {
    const number = await displayNumber(child, exited);
    return { env: { DISPLAY: `:${number}`, WAYLAND_DISPLAY: '', XDG_SESSION_TYPE: 'x11' }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function displayNumber(child, exited) {
  return new Promise((resolve, reject) => {
    let said = '';
    let complaint = '';
    const fail = (why) => reject(new StepError(`the virtual screen did not start: ${why}`, 'run Xvfb :99 by hand'));
    const timer = setTimeout(() => fail(`no answer in ${readyWithinMs / 1000} s`), readyWithinMs);
    child.stderr.on('data', (chunk) => (complaint += chunk));
    child.stdio[3].on('data', (chunk) => {
      said += chunk;
      if (!said.includes('\n')) return;
      clearTimeout(timer);
      resolve(Number(said));
    });
    void exited.then(() => {
      clearTimeout(timer);
      fail(complaint.trim() || 'it ended');
    });
  });
}
