/** Electron's fuses: what each is set to in a package, set and read in the program itself. */
import { readFile, rename, stat, writeFile } from 'node:fs/promises';
import { StepError } from '../lib/steps.mjs';

/**
 * In the order of the wire, which newer Electrons make longer: 33 ends with GrantFileProtocolExtraPrivileges, 45 with
 * WasmTrapHandlers. Own code and not `flipFuses` of @electron/fuses 1, which electron-builder brings along and which knows the first
 * eight only; what it reads back is compared in test/tools/fuses.test.ts.
 *
 * @type {readonly { name: string, isOn: boolean, why: string }[]}
 */
export const fuses = [
  {
    name: 'RunAsNode',
    isOn: false,
    why: 'ELECTRON_RUN_AS_NODE would make it a Node that runs anything under our name',
  },
  { name: 'EnableCookieEncryption', isOn: true, why: 'no cookie is kept; if one ever is, not in plain text' },
  { name: 'EnableNodeOptionsEnvironmentVariable', isOn: false, why: 'NODE_OPTIONS would load foreign code' },
  { name: 'EnableNodeCliInspectArguments', isOn: false, why: '--inspect and SIGUSR1 would open a debugger' },
  { name: 'EnableEmbeddedAsarIntegrityValidation', isOn: true, why: 'a changed archive is refused (macOS, Windows)' },
  { name: 'OnlyLoadAppFromAsar', isOn: true, why: 'a folder put beside the archive is not loaded' },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', isOn: false, why: 'there is no such snapshot' },
  { name: 'GrantFileProtocolExtraPrivileges', isOn: false, why: 'no page is loaded from file:' },
  {
    name: 'WasmTrapHandlers',
    isOn: true,
    why: "V8's guard pages around the memory of WebAssembly, which nothing here uses",
  },
];

// Electron's docs/tutorial/fuses.md: these bytes, the wire's version, its length, then one byte a fuse.
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const wireVersion = 1;
const off = 0x30;
const on = 0x31;
const removed = 0x72;

/** @typedef {{ name: string, state: 'on' | 'off' | 'removed' }} FuseState - What a program's fuse was found to be. */

/**
 * Sets every fuse of a program, which is replaced in one step.
 *
 * @param {string} file - The program; on macOS the Electron Framework's.
 * @throws {StepError} If it has a fuse that the list above does not, so that a new one is decided on and not forgotten.
 */
export async function setFuses(file) {
  const bytes = await readFile(file);
  // A universal program for macOS has two.
  for (const { start, length } of wiresOf(bytes)) {
    for (let n = 0; n < length; n++) {
      if (bytes[start + n] !== removed) bytes[start + n] = fuses[n].isOn ? on : off;
    }
  }
  const { mode } = await stat(file);
  await writeFile(`${file}.new`, bytes, { mode });
  await rename(`${file}.new`, file);
}

/**
 * @param {string} file - As for setFuses.
 * @returns {Promise<FuseState[]>} All of its fuses as they stand; those of a second wire must be the same.
 */
export async function readFuses(file) {
  const bytes = await readFile(file);
  const [wire, ...others] = wiresOf(bytes).map(({ start, length }) => [...bytes.subarray(start, start + length)]);
  if (others.some((other) => other.join() !== wire.join())) {
    throw new StepError('the two halves of the program have different fuses', 'package it again');
  }
  return wire.map((byte, n) => ({ name: fuses[n].name, state: stateOf(byte) }));
}

/**
 * Prints each fuse as it was read, and refuses a program with one that is not as it should be.
 *
 * @param {string} file - As for setFuses.
 * @returns {Promise<string[]>} A line for each.
 */
export async function checkFuses(file) {
  const found = await readFuses(file);
  const wrong = found.filter(({ state }, n) => state !== 'removed' && (state === 'on') !== fuses[n].isOn);
  if (wrong.length > 0) {
    throw new StepError(`fuses set wrongly: ${wrong.map(({ name }) => name).join(', ')}`, 'package it again');
  }
  return found.map(({ name, state }, n) => `${name.padEnd(40)} ${state.padEnd(8)} ${fuses[n].why}`);
}

function wiresOf(bytes) {
  const wires = [];
  for (let at = bytes.indexOf(sentinel); at !== -1; at = bytes.indexOf(sentinel, at + 1)) {
    const [version, length] = bytes.subarray(at + sentinel.length);
    if (version !== wireVersion)
      throw new StepError(`fuses of version ${version}`, 'bring scripts/package/fuses.mjs up to date');
    if (length > fuses.length) {
      throw new StepError(
        `this Electron has ${length} fuses, and ${fuses.length} are decided on`,
        'look the new ones up in its docs/tutorial/fuses.md, and add them to scripts/package/fuses.mjs',
      );
    }
    wires.push({ start: at + sentinel.length + 2, length });
  }
  if (wires.length === 0)
    throw new StepError('no fuses found in the program', 'package an Electron of version 12 or newer');
  return wires;
}

function stateOf(byte) {
  if (byte === removed) return 'removed';
  return byte === on ? 'on' : 'off';
}
