/** Makes the unpacked form of the package for this machine, with the Electron that runs here. */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { node24 } from '../lib/packages.mjs';
import { root, runQuietly, say } from '../lib/steps.mjs';

const platforms = {
  linux: { option: '--linux', folder: 'linux', program: (name) => name.toLowerCase().replaceAll(' ', '-') },
  win32: { option: '--win', folder: 'win', program: (name) => `${name}.exe` },
  darwin: { option: '--mac', folder: 'mac', program: (name) => `${name}.app/Contents/MacOS/${name}` },
};
const frameworkOfMac = '../Frameworks/Electron Framework.framework/Electron Framework';
// Inside out/main, so that the next build takes away what a killed run left there.
const evaluationFolder = path.join(root, 'out/main/evaluation');

/**
 * @typedef {object} Package A package as a folder.
 * @property {string} folder - Holds everything.
 * @property {string} program - To be run.
 * @property {string} fuseFile - The file with the fuses.
 * @property {string} archive - The app.asar.
 * @property {boolean} isEvaluation - Whether it is for trying only.
 */

/**
 * Packs what `ensureBuilt` built. With the evaluation runtime the package has another name and profile, says what it is, and loads that
 * runtime's build of better-sqlite3.
 *
 * @param {import('../lib/electron.mjs').ElectronRuntime} electron - From resolveElectron.
 * @returns {Promise<Package>} Below dist/.
 */
export async function packFolder(electron) {
  const isEvaluation = electron.kind === 'evaluation';
  const name = isEvaluation ? 'Coffer Evaluation' : 'Coffer';
  const platform = platforms[process.platform];
  const output = path.join(root, 'dist', isEvaluation ? 'evaluation' : 'check');
  await rm(output, { recursive: true, force: true });
  if (isEvaluation) await addEvaluationStart(electron);
  try {
    say(`packaging ${name} with the Electron that runs here`);
    const builder = path.join(root, 'node_modules/electron-builder/cli.js');
    const dist = process.platform === 'darwin' ? '../../..' : '.';
    const options = {
      electronDist: path.resolve(path.dirname(electron.program), dist),
      electronVersion: await versionOf(electron),
      'directories.output': output,
      ...(isEvaluation ? evaluationOptions(name) : {}),
    };
    const given = Object.entries(options).map(([key, value]) => `-c.${key}=${value}`);
    await runQuietly(
      [node24, builder, platform.option, 'dir', ...given],
      'electron-builder',
      'read what it says above',
    );
  } finally {
    await rm(evaluationFolder, { recursive: true, force: true });
  }
  return placesIn(path.join(output, folderOf(platform.folder)), platform.program(name), isEvaluation);
}

function evaluationOptions(name) {
  return {
    appId: 'org.coffer.CofferEvaluation',
    productName: name,
    'linux.executableName': 'coffer-evaluation',
    'extraMetadata.productName': name,
    'extraMetadata.main': 'out/main/evaluation/start.mjs',
  };
}

async function addEvaluationStart({ nodeModule }) {
  await mkdir(evaluationFolder, { recursive: true });
  await copyFile(path.join(root, 'scripts/package/evaluation-start.mjs'), path.join(evaluationFolder, 'start.mjs'));
  for (const file of [nodeModule, path.join(path.dirname(nodeModule), 'better_sqlite3.node')]) {
    await copyFile(file, path.join(evaluationFolder, path.basename(file)));
  }
}

async function versionOf({ program, env }) {
  const output = await runQuietly(
    [program, '-p', 'process.versions.electron'],
    'asking Electron its version',
    'run npm start',
    {
      env: { ...process.env, ...env, ELECTRON_RUN_AS_NODE: '1' },
    },
  );
  return output.trim();
}

/** electron-builder names the folder after the processor where that is not x64; a Mac's is the bundle's parent. */
function folderOf(platform) {
  const suffix = process.arch === 'x64' ? '' : `-${process.arch}`;
  return platform === 'mac' ? `mac${suffix}` : `${platform}${suffix}-unpacked`;
}

function placesIn(folder, name, isEvaluation) {
  const program = path.join(folder, name);
  const isMac = process.platform === 'darwin';
  const resources = isMac ? path.join(program, '../../Resources') : path.join(folder, 'resources');
  const fuseFile = isMac ? path.join(path.dirname(program), frameworkOfMac) : program;
  return { folder, program, fuseFile, archive: path.join(resources, 'app.asar'), isEvaluation };
}
