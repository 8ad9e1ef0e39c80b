/** One-line reports of what a script does, and one way to fail: what went wrong and what to do about it. */
import { spawn } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';

/** The project's root folder. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** Downloads, compiled parts and stamps live here; git ignores it, and deleting it costs only time. */
export const runtimeFolder = path.join(root, '.runtime');

/** Prints one line about a step. */
export function say(line) {
  process.stdout.write(`coffer: ${line}\n`);
}

/** A step that failed for a reason that the user can act on. */
export class StepError extends Error {
  /**
   * @param what - What failed, in a few words.
   * @param todo - What the user should do.
   */
  constructor(what, todo) {
    super(`${what}\n        what to do: ${todo}`);
  }
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 };
const children = new Set();

/** Makes sure that a child does not outlive this script, however it ends; the child may end before it. */
export function endWithScript(child) {
  children.add(child);
  child.once('exit', () => children.delete(child));
}

/** Runs a script's main function; a StepError is printed without a stack, anything else with it. */
export async function main(body) {
  for (const [signal, number] of Object.entries(signalNumbers)) process.on(signal, () => process.exit(128 + number));
  process.once('exit', () => {
    for (const child of children) child.kill();
  });
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    process.stderr.write(`coffer: ${error instanceof StepError ? error.message : error.stack}\n`);
    process.exitCode = 1;
  }
}

/** @typedef {import('node:child_process').SpawnOptions & { capture?: boolean }} RunOptions - `capture` keeps the output instead of showing it. */

/**
 * Runs a program to its end.
 *
 * @param {string[]} command - Program and arguments.
 * @param {RunOptions} options - How to run it.
 * @returns {Promise<{ code: number, signal: string | null, output: string }>} Exit code (128 if a signal ended it) and captured
 *   output (both streams, in order of arrival).
 */
export function run(command, { capture = false, ...options } = {}) {
  const [program, ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: root,
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      ...options,
    });
    endWithScript(child);
    let output = '';
    if (capture) {
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? 128, signal, output }));
  });
}

/**
 * Runs a program whose output matters only when it fails; then its last lines and the advice are shown.
 *
 * @param {string[]} command - Program and arguments.
 * @param {string} what - What it does, in a few words.
 * @param {string} todo - What the user should do if it fails.
 * @param {RunOptions} options - How to run it.
 * @returns {Promise<string>} What it printed.
 */
export async function runQuietly(command, what, todo, options = {}) {
  const { code, output } = await run(command, { capture: true, ...options }).catch((error) => ({
    code: 127,
    output: error.message,
  }));
  if (code !== 0) {
    const lastLines = stripVTControlCharacters(output).trimEnd().split('\n').slice(-25).join('\n');
    throw new StepError(`${what} failed (exit code ${code}):\n${lastLines}`, todo);
  }
  return output;
}
