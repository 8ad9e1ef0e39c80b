import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { svelte } from '@sveltejs/vite-plugin-svelte';
import { type TestProjectInlineConfiguration, defineConfig } from 'vitest/config';
import type { PoolOptions, PoolWorker, WorkerRequest } from 'vitest/node';
import { help } from './scripts/lib/help.ts';

// Both set by the scripts that run tests: the Electron in use, and the module it must load first, if any.
const { COFFER_ELECTRON: electron, COFFER_ELECTRON_REQUIRE: requireFirst } = process.env;
// A worker that does not end when asked to is killed, as Vitest's own pools do.
const killAfterMs = 500;

// Needs Electron's crypto, SQLite or Node in the product. `npm test` runs it there, and of it in Node what published vectors are held against;
// the rest of it runs in Node in `npm run test:long`.
const ofElectron = ['crypto', 'keys', 'credentials', 'store', 'vault', 'files', 'dbus'];
const inNodeToo = ['crypto'];
const testsIn = (folders: readonly string[]) => folders.map((folder) => `test/${folder}/**/*.test.ts`);
const leftForLong = testsIn(ofElectron.filter((folder) => !inNodeToo.includes(folder)));

const projects: TestProjectInlineConfiguration[] = [
  {
    extends: true,
    test: {
      name: 'node',
      include: ['test/**/*.test.ts'],
      exclude: ['test/{crash,e2e,long,renderer}/**', ...leftForLong],
    },
  },
  { extends: true, test: { name: 'node-long', include: leftForLong } },
  {
    extends: true,
    plugins: [svelte({ configFile: false }), help()],
    resolve: { conditions: ['browser'] },
    test: { name: 'renderer', include: ['test/renderer/**/*.test.ts'] },
  },
  {
    extends: true,
    test: { name: 'crash', include: ['test/crash/**/*.test.ts'], testTimeout: 900_000, hookTimeout: 300_000 },
  },
  {
    extends: true,
    test: { name: 'long', include: ['test/long/**/*.test.ts'], testTimeout: 900_000, hookTimeout: 300_000 },
  },
];

if (electron !== undefined) {
  projects.push({
    extends: true,
    test: {
      name: 'electron',
      include: testsIn(ofElectron),
      pool: { name: 'electron', createPoolWorker: (options) => new ElectronWorker(electron, options) },
    },
  });
}

/**
 * Runs test files in an Electron in Node mode instead of the Node that Vitest itself runs in: same files, same reports, but
 * Electron's V8, Node and BoringSSL.
 */
class ElectronWorker implements PoolWorker {
  readonly name = 'electron';
  readonly cacheFs = true;
  readonly #program: string;
  readonly #options: PoolOptions;
  #child: ChildProcess | null = null;

  constructor(program: string, options: PoolOptions) {
    this.#program = program;
    this.#options = options;
  }

  start(): Promise<void> {
    const { distPath, env, execArgv, project } = this.#options;
    const child = fork(path.join(distPath, 'workers/forks.js'), [], {
      execPath: this.#program,
      execArgv: [...(requireFirst === undefined ? [] : ['--require', requireFirst]), ...execArgv],
      env: { ...env, ELECTRON_RUN_AS_NODE: '1' },
      stdio: 'pipe',
      serialization: 'advanced',
    });
    child.stdout?.pipe(project.vitest.logger.outputStream, { end: false });
    child.stderr?.pipe(project.vitest.logger.errorStream, { end: false });
    this.#child = child;
    return Promise.resolve();
  }

  async stop(): Promise<void> {
    const child = this.#running();
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      const killTimer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
      child.kill();
      await ended;
      clearTimeout(killTimer);
    }
    this.#child = null;
  }

  send(message: WorkerRequest): void {
    this.#running().send(message);
  }

  on(event: string, callback: (...args: unknown[]) => void): void {
    this.#running().on(event, callback);
  }

  off(event: string, callback: (...args: unknown[]) => void): void {
    this.#running().off(event, callback);
  }

  deserialize(data: unknown): unknown {
    return data;
  }

  #running(): ChildProcess {
    if (this.#child === null) throw new Error('the Electron worker is not running');
    return this.#child;
  }
}

export default defineConfig({
  // One for each core: Vitest would leave one free for watching.
  test: { projects, maxWorkers: availableParallelism(), testTimeout: 60_000, hookTimeout: 60_000, restoreMocks: true },
});
