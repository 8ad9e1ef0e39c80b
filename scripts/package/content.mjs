/** What is inside a package's archive, and whether all of it is there to run. */
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { StepError } from '../lib/steps.mjs';

/** Everything that may be there; what matches none of these is refused. */
const allowed = [
  /^package\.json$/,
  /^assets\/(icons\/256x256|tray\/[\w/@.-]+)\.png$/,
  /^out\/main\/[\w-]+\.js$/,
  // The licences of what each build holds, which About shows.
  /^out\/(main|renderer)\/notices\.json$/,
  /^out\/preload\/index\.cjs$/,
  /^out\/renderer\/(index|quick-access|security-key|sheet)\.html$/,
  /^out\/renderer\/assets\/[\w.-]+\.(js|css|woff2|svg|png)$/,
  /^node_modules\/(@phc\/format|argon2|better-sqlite3|node-gyp-build|papaparse)\/(package\.json|licen[cs]e)$/i,
  /^node_modules\/@phc\/format\/index\.js$/,
  /^node_modules\/argon2\/argon2\.cjs$/,
  /^node_modules\/argon2\/argon2\/LICENSE$/,
  /^node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/,
  /^node_modules\/node-gyp-build\/(index|node-gyp-build)\.js$/,
  /^node_modules\/papaparse\/papaparse\.js$/,
];
const ofEvaluation = /^out\/main\/evaluation\/(start\.mjs|sqlite-redirect\.cjs|better_sqlite3\.node)$/;

/** @typedef {{ path: string, size: number, isUnpacked: boolean }} Entry A file of the archive. */

/**
 * Lists an asar archive: a JSON header, whose place Chromium's Pickle format says in the first 16 bytes.
 *
 * @param {string} archive - The app.asar.
 * @returns {Promise<Entry[]>} Its files.
 */
export async function listArchive(archive) {
  const file = await open(archive);
  try {
    const { buffer: sizes } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const length = sizes.readUInt32LE(12);
    const { buffer: header } = await file.read(Buffer.alloc(length), 0, length, 16);
    return [...filesOf(JSON.parse(header.toString('utf8')), '')];
  } finally {
    await file.close();
  }
}

/**
 * @param {readonly Entry[]} entries - From listArchive.
 * @param {{ platform: string, arch: string, isEvaluation: boolean }} made - For what the package was made.
 * @returns {string[]} What should not be there, and what is missing; nothing for a good package.
 */
export function faultsIn(entries, { platform, arch, isEvaluation }) {
  const needed = [
    'package.json',
    'assets/icons/256x256.png',
    'out/main/index.js',
    'out/main/strength-worker.js',
    'out/main/qr-worker.js',
    'out/preload/index.cjs',
    'out/main/notices.json',
    'out/renderer/index.html',
    'out/renderer/notices.json',
    'out/renderer/quick-access.html',
    'out/renderer/security-key.html',
    'out/renderer/sheet.html',
    'node_modules/argon2/argon2.cjs',
    'node_modules/better-sqlite3/lib/index.js',
    `node_modules/better-sqlite3/prebuilds/${platform}-${arch}.node`,
  ];
  const addons = new RegExp(
    `^node_modules/(argon2/prebuilds/${platform}-${arch}/argon2(\\.armv8)?\\.glibc|better-sqlite3/prebuilds/${platform}-${arch})\\.node$`,
  );
  const names = entries.map((entry) => entry.path);
  const isAllowed = (name) =>
    [...allowed, addons].some((pattern) => pattern.test(name)) || (isEvaluation && ofEvaluation.test(name));
  return [
    ...names.filter((name) => !isAllowed(name)).map((name) => `${name}: has no business in a package`),
    ...needed.filter((name) => !names.includes(name)).map((name) => `${name}: missing`),
    ...entries
      .filter((entry) => entry.path.endsWith('.node') !== entry.isUnpacked)
      .map((entry) => `${entry.path}: ${entry.isUnpacked ? 'outside' : 'inside'} the archive`),
    ...(names.some((name) => /prebuilds\/[\w-]+\/argon2/.test(name)) ? [] : ["argon2's addon: missing"]),
  ];
}

/**
 * Lists a package's archive and refuses it if anything is amiss.
 *
 * @param {import('./pack.mjs').Package} made - From packFolder.
 * @returns {Promise<string>} A line about what is in it.
 */
export async function checkContent({ archive, isEvaluation }) {
  const entries = await listArchive(archive);
  const faults = faultsIn(entries, { platform: process.platform, arch: process.arch, isEvaluation });
  const settings = path.join(path.dirname(archive), 'gtk/gtk-3.0/settings.ini');
  if (process.platform === 'linux' && !existsSync(settings)) faults.push(`${settings}: missing`);
  if (faults.length > 0) {
    throw new StepError(`the archive is not right:\n${faults.join('\n')}`, 'correct `files` in electron-builder.yml');
  }
  const bytes = entries.reduce((sum, { size }) => sum + size, 0);
  return `${entries.length} files, ${(bytes / 1e6).toFixed(1)} MB`;
}

/** @returns {Generator<Entry>} Files below a folder of the header. */
function* filesOf(folder, prefix) {
  for (const [name, entry] of Object.entries(folder.files)) {
    const path = prefix + name;
    if (entry.files !== undefined) yield* filesOf(entry, `${path}/`);
    else yield { path, size: entry.size ?? 0, isUnpacked: entry.unpacked === true };
  }
}
