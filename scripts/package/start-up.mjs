/** The package's main job, by real keys and with files as witnesses: with its fuses set, no test driver gets into it. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { XScreen } from '../../test/support/x-screen.ts';
import { familyOf } from '../lib/processes.mjs';
import { StepError, endWithScript, run } from '../lib/steps.mjs';

const password = 'correct horse battery';
const keyName = 'Packaged key';
const exportTitle = 'Export a secret';
// Time for what leaves no trace outside of the window: a screen that is drawn, a dialog that opens.
const drawnMs = 1000;
// An RSA 2048 key takes some tenths of a second.
const madeMs = 6000;

/**
 * Creates a vault and a key pair, locks, unlocks, and exports the key through the system's dialog.
 *
 * @param {import('./refusals.mjs').Desk} desk - Where.
 * @returns {Promise<string[]>} A line for each thing that was seen to work.
 */
export async function checkStartUp({ program, user, env }) {
  const vault = path.join(user.home, 'check.coffer');
  const log = `${vault}-wal`;
  const exported = path.join(user.home, 'exported.pem');
  const screen = new XScreen(env);
  const lines = [];
  const [first, ...rest] = [...user.prefix, program, vault];
  const child = spawn(first, rest, { cwd: user.home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithScript(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    await screen.focus(await screen.windowNamed('Coffer'));
    await sleep(drawnMs);
    lines.push(sandboxOf(child.pid, user.hasNamespaces));

    await again(
      'create a vault',
      () => existsSync(vault),
      async () => {
        await typeInto(screen, password);
        // Past the button that shows what is typed.
        await screen.press('Tab', 'Tab');
        await typeInto(screen, password);
        // A form that is refused gives the focus back to its first field.
        await screen.press('Return');
      },
    );
    await again(
      'open it',
      () => existsSync(log),
      () => sleep(drawnMs),
    );
    lines.push('created a vault');

    const before = statSync(log).size;
    await again(
      'make a key pair',
      () => statSync(log).size > before,
      async () => {
        await screen.press('Escape', 'ctrl+n');
        await sleep(drawnMs);
        await screen.type(keyName);
        await screen.press('Return');
        // The log grows by the note that the vault was made, too: the key itself leaves no other trace outside of the window.
        await sleep(madeMs);
      },
    );
    lines.push('made a key pair');

    await again(
      'lock: one file at rest',
      () => !existsSync(log),
      () => screen.press('Escape', 'ctrl+l'),
    );
    lines.push('locked');

    await again(
      'unlock',
      () => existsSync(log),
      async () => {
        await sleep(drawnMs);
        await typeInto(screen, password);
        await screen.press('Return');
      },
    );
    lines.push('unlocked');

    await again(
      'open the dialog of the export',
      () => screen.find(exportTitle),
      async () => {
        await sleep(drawnMs);
        // From the search to the only row, which is opened; then the star, and Export.
        await screen.press('Escape', 'ctrl+f', 'Down');
        await sleep(drawnMs);
        await screen.press('Return');
        await sleep(drawnMs);
        await screen.press('Tab', 'Tab', 'Return');
        await sleep(drawnMs);
        // From the button that closes the dialog to its first format.
        await screen.press('Tab', 'Return');
      },
    );
    await screen.answerFileDialog(exportTitle, exported);
    await again(
      'export the key',
      () => existsSync(exported),
      () => sleep(drawnMs),
    );
    lines.push(`exported: ${await readBySshKeygen(exported)}`);
  } catch (error) {
    throw new StepError(`${error.message}\n${said.trim()}`, 'run the package by hand: its program is named above');
  } finally {
    child.kill();
    await ended;
  }
  if (existsSync(log)) throw new StepError('a write-ahead log is left after quitting', 'look at what quitting does');
  lines.push('quit, with one file at rest');
  return lines;
}

/** Acts, and waits until that can be seen; acts again where the window was not ready for keys. */
async function again(what, isDone, act) {
  for (let tries = 0; tries < 4; tries++) {
    await act();
    for (let looks = 0; looks < 100; looks++) {
      if (await isDone()) return;
      await sleep(200);
    }
  }
  throw new Error(`could not ${what}`);
}

async function typeInto(screen, text) {
  await screen.press('ctrl+a');
  await screen.type(text);
}

/**
 * The page's process must be in Chromium's sandbox: a filter on system calls, no new rights and, where this machine lets the user make
 * one, a user namespace of its own.
 */
function sandboxOf(pid, hasNamespaces) {
  const processes = familyOf(pid).map((id) => ({
    id,
    // Chromium's helpers rewrite theirs, with spaces between the arguments.
    command: readFileSync(`/proc/${id}/cmdline`, 'utf8').split(/[\0 ]/),
    status: readFileSync(`/proc/${id}/status`, 'utf8'),
  }));
  if (processes.some(({ command }) => command.includes('--no-sandbox'))) throw new Error('it runs with --no-sandbox');
  const page = processes.find(({ command }) => command.includes('--type=renderer'));
  if (page === undefined) throw new Error('the page has no process');
  const isFiltered = /^Seccomp:\t2$/m.test(page.status) && /^NoNewPrivs:\t1$/m.test(page.status);
  if (!isFiltered || /^Uid:\t0\t/m.test(page.status)) throw new Error('the page is not in the sandbox');
  const namespaceOf = (id) => readlinkSync(`/proc/${id}/ns/user`);
  if (hasNamespaces && namespaceOf(page.id) === namespaceOf(pid))
    throw new Error('the page has no user namespace of its own');
  return `runs as an ordinary user, its page in the Chromium sandbox${hasNamespaces ? '' : ' (no user namespaces here)'}`;
}

async function readBySshKeygen(file) {
  const { code, output } = await run(['ssh-keygen', '-y', '-f', file], { capture: true });
  if (code !== 0 || !output.startsWith('ssh-rsa '))
    throw new Error(`ssh-keygen does not read the exported key: ${output}`);
  const mode = (statSync(file).mode & 0o777).toString(8).padStart(4, '0');
  return `ssh-keygen reads the key, mode ${mode}`;
}
