/** The parts of the bench that need no window: each in a fresh Electron in Node mode. */
import { copyFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { StepError, root, run, say } from '../lib/steps.mjs';
import { countSyncs } from './trace.mjs';

const sizes = [1000, 10_000, 100_000];
const opens = 7;

/** @typedef {{ name: string, value: number, unit: string, n: number }} Measure One line of the report. */
/** @typedef {{ file: string, records: number }} Vault - What a part is told of a vault, among other things. */

/**
 * @param {import('../lib/electron.mjs').ElectronRuntime} electron - From prepareApp.
 * @param {string} folder - For the vaults, on the disk that is measured; `100000.coffer` and the others stay there.
 * @returns {Promise<Measure[]>} All but what the app's window has to do with.
 */
export async function measureCore(electron, folder) {
  const ask = (name, input) => runPart(electron, [name, JSON.stringify({ folder, ...input })]);
  const part = async (name, input = {}) => /** @type {Measure[]} */ (await ask(name, input));
  const build = async (records) => /** @type {Vault} */ (await ask('build', { records }));
  const vaults = new Map();
  for (const records of sizes) {
    say(`bench: making a vault with ${records} records`);
    vaults.set(records, await build(records));
  }
  const [small, middle, large] = sizes.map((records) => vaults.get(records));
  const measures = [];
  say('bench: key derivation, key pairs');
  measures.push(...(await part('kdf')), ...(await part('keys')), ...(await part('file', { vault: middle })));
  say('bench: unlocking');
  for (const vault of [small, middle, large]) {
    const runs = [];
    // Each in a process of its own: people unlock once after the start, with nothing compiled.
    for (let n = 0; n < opens; n++) runs.push(...(await part('open', { vault })));
    measures.push(medianOf(runs));
  }
  say('bench: searching');
  measures.push(...(await part('search', { vault: large })));
  say('bench: saving');
  measures.push(...(await part('commits', { small, vault: large })));
  if (process.platform === 'linux') measures.push(...(await traceSaves(electron, folder, middle)));
  say('bench: a new vault key');
  const file = path.join(folder, 'rekey.coffer');
  copyFileSync(middle.file, file);
  measures.push(...(await part('rekey', { vault: { ...middle, file } })));
  rmSync(file);
  return measures;
}

async function traceSaves(electron, folder, vault) {
  const file = path.join(folder, 'strace.txt');
  const strace = [
    'strace',
    '-f',
    '-qq',
    '-o',
    file,
    '-e',
    'trace=access,faccessat,faccessat2,fsync,fdatasync,pwrite64,write,pwritev',
  ];
  await runPart(electron, ['saves', JSON.stringify({ folder, vault })], strace);
  return countSyncs(file, vault.records);
}

/**
 * Runs one part in Electron's Node.
 *
 * @param {import('../lib/electron.mjs').ElectronRuntime} electron - From prepareApp.
 * @param {string[]} args - Name of the part, and its input as JSON.
 * @param {string[]} wrapper - A program that runs it, with its options.
 * @returns {Promise<unknown>} What the part says: measures, or of `build` the vault.
 */
async function runPart({ program, nodeModule, env }, args, wrapper = []) {
  const first = nodeModule === null ? [] : ['--require', nodeModule];
  const { code, output } = await run([...wrapper, program, ...first, path.join(root, 'out/bench/core.js'), ...args], {
    capture: true,
    env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
  });
  if (code !== 0) throw new StepError(`bench: ${args[0]} failed:\n${output}`, 'run npm test, then try again');
  return JSON.parse(output.trim().split('\n').at(-1));
}

/** @param {Measure[]} runs - Of one measure. */
function medianOf(runs) {
  return [...runs].sort((a, b) => a.value - b.value)[Math.floor(runs.length / 2)];
}
