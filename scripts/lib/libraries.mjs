/** Shared libraries that Electron's Linux build needs and a fresh machine lacks. */
import path from 'node:path';
import { ensureDebianPackages } from './apt.mjs';
import { StepError, run } from './steps.mjs';

/**
 * Which Debian 12 package brings a library that `ldd` reports as missing; the rest come with libgtk-3-0.
 *
 * @type {[RegExp, string][]}
 */
const packageOf = [
  [/^lib(nss3|nssutil3|smime3|nspr4|plc4|plds4)\./, 'libnss3'],
  [/^libgbm\./, 'libgbm1'],
  [/^libasound\./, 'libasound2'],
  [/^libstdc\+\+\./, 'libstdc++6'],
];

/** Makes sure that the dynamic linker finds every library of the given Electron. */
export async function ensureSharedLibraries(electron) {
  if (process.platform !== 'linux') return;
  const missing = await missingLibraries(electron);
  if (missing.length === 0) return;
  const names = missing.map((library) => packageOf.find(([pattern]) => pattern.test(library))?.[1] ?? 'libgtk-3-0');
  await ensureDebianPackages([...new Set(names)], 'the shared libraries of Electron');
  const still = await missingLibraries(electron);
  if (still.length > 0) {
    throw new StepError(`Electron still lacks ${still.join(', ')}`, 'install the packages that bring these libraries');
  }
}

async function missingLibraries(electron) {
  const { output } = await run(['ldd', electron], {
    capture: true,
    env: { ...process.env, LD_LIBRARY_PATH: path.dirname(electron) },
  });
  return [...output.matchAll(/^\s*(\S+) => not found/gm)].map((match) => match[1]);
}
