/** What a package must not let itself be made to do. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StepError, run } from '../lib/steps.mjs';

const patienceMs = 30_000;
const refusal = 'Coffer does not run under a debugger.';

/**
 * @typedef {object} Desk Where the package is tried.
 * @property {string} program - The package's program, where the user can run it.
 * @property {string} folder - The package.
 * @property {import('../../test/support/throw-away-user.ts').ThrowAwayUser} user - Who runs it.
 * @property {Record<string, string>} env - With a screen, and the user's home.
 */

/**
 * Starts the package with all that could open it up. Each start also asks for remote debugging: Coffer's own refusal then shows that it
 * was Coffer which ran, and nothing else.
 *
 * @param {Desk} desk - Where.
 * @returns {Promise<string[]>} A line for each that was refused or ignored.
 */
export async function checkRefusals({ program, folder, user, env }) {
  const mark = path.join(user.home, 'foreign-code-ran');
  const foreign = path.join(user.folder, 'foreign.cjs');
  writeFileSync(
    foreign,
    `require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); console.log('foreign code ran');`,
  );
  const appFolder = path.join(folder, 'resources/app');
  mkdirSync(appFolder);
  writeFileSync(path.join(appFolder, 'package.json'), '{"main":"main.cjs"}');
  writeFileSync(path.join(appFolder, 'main.cjs'), `require(${JSON.stringify(foreign)})`);
  const debugging = '--remote-debugging-port=0';
  const attempts = [
    { name: '--remote-debugging-port', args: [debugging] },
    { name: '--remote-debugging-pipe', args: ['--remote-debugging-pipe'] },
    { name: '--inspect', args: ['--inspect=0'] },
    { name: '--inspect-brk', args: ['--inspect-brk=0'] },
    { name: 'ELECTRON_RUN_AS_NODE', args: [foreign, debugging], set: { ELECTRON_RUN_AS_NODE: '1' } },
    { name: 'NODE_OPTIONS', args: [debugging], set: { NODE_OPTIONS: `--require ${foreign}` } },
    { name: 'another app given to it', args: [appFolder, debugging] },
    { name: 'a folder `app` beside its archive', args: [debugging] },
  ];
  const lines = [];
  for (const { name, args, set = {} } of attempts) {
    const command = [...user.prefix, program, ...args];
    const options = { capture: true, cwd: user.home, env: { ...env, ...set }, timeout: patienceMs };
    const { code, output } = await run(command, options);
    const listens = /listening on|DevTools listening/i.test(output);
    if (existsSync(mark) || listens || code !== 1 || !output.includes(refusal)) {
      throw new StepError(
        `${name}: expected a refusal, got exit code ${code} and:\n${output}`,
        'look at fuses and main/index.ts',
      );
    }
    lines.push(
      `${name}: ${set === undefined || Object.keys(set).length === 0 ? 'refused' : 'ignored'}, exit code ${code}`,
    );
  }
  rmSync(appFolder, { recursive: true });
  return lines;
}
