import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { memoryFolder } from '../support/small-vault';
import type { Case, Outcome } from './crash-child';
import { type Call, type FailMode, type KillMode, compileShim } from './faults';
import { deskIn } from './desk';
import type { Operation } from './operations';
import { judge } from './oracle';

/** A program that runs JavaScript, with what it needs. */
export interface Runtime {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const { COFFER_ELECTRON: electron, COFFER_ELECTRON_REQUIRE: requireFirst } = process.env;

/** Node, and the Electron that the scripts that run tests name. */
export const runtimes: readonly Runtime[] = [
  { name: 'Node', program: process.execPath, args: [], env: {} },
  ...(electron === undefined
    ? []
    : [
        {
          name: 'Electron',
          program: electron,
          args: requireFirst === undefined ? [] : ['--require', requireFirst],
          env: { ELECTRON_RUN_AS_NODE: '1' },
        },
      ]),
];

// Most of their time the processes start, each on one core.
const killsAtOnce = 2;

/** How a process under test ended. */
export interface Ended {
  readonly signal: NodeJS.Signals | null;
  /** What it wrote to standard output, line by line; a line that was cut short is left out. */
  readonly lines: readonly string[];
}

/** Runs operations in processes of their own, with faults, and has what they leave judged. */
export class Harness {
  /** Links resolved; faults strike below it alone. */
  readonly folder: string;
  readonly #built: string;
  readonly #shim: string;
  #cases = 0;

  private constructor(folder: string, built: string) {
    this.folder = folder;
    this.#built = built;
    this.#shim = compileShim(built);
  }

  /** Builds the program under test and the shim. */
  static async start(): Promise<Harness> {
    const out = path.join(import.meta.dirname, '../../out');
    mkdirSync(out, { recursive: true });
    // Inside the project, so that the bundle finds the packages that stay outside of it.
    const built = mkdtempSync(path.join(out, 'crash-'));
    const entry = path.join(import.meta.dirname, 'crash-child.ts');
    await build({
      configFile: false,
      logLevel: 'error',
      build: { ssr: entry, outDir: built, target: 'node20', emptyOutDir: false },
    });
    // A killed process leaves the same on any file system; in memory, thousands of syncs cost nothing.
    return new Harness(realpathSync(mkdtempSync(path.join(memoryFolder, 'coffer-crash-'))), built);
  }

  /** Removes everything. */
  end(): void {
    for (const folder of [this.folder, this.#built]) rmSync(folder, { recursive: true, force: true });
  }

  /** A folder with what an operation starts from, to be copied for each case. */
  async prepare(operation: Operation): Promise<string> {
    const folder = this.newFolder();
    await operation.prepare(deskIn(folder));
    return folder;
  }

  /** An empty folder, or a copy of one. */
  newFolder(template?: string): string {
    const folder = path.join(this.folder, String(++this.#cases));
    if (template === undefined) mkdirSync(folder);
    else cpSync(template, folder, { recursive: true, preserveTimestamps: true });
    return folder;
  }

  /** The calls that an operation makes where nothing fails. */
  async callsOf(operation: Operation, template: string, runtime: Runtime): Promise<readonly Call[]> {
    const folder = this.newFolder(template);
    const [outcome] = await this.#runCases(operation, [{ folder, fault: { at: 0, mode: 'count' } }], runtime);
    if (outcome?.failedWith !== null) throw new Error('it failed where nothing was to fail');
    const wrong = await this.#judge(operation, folder, 0, outcome);
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    return outcome.calls;
  }

  /** Kills a process at each of some calls, and judges what it left; what is wrong, one line each. */
  async kill(operation: Operation, template: string, { ats, mode, runtime }: Faults<KillMode>): Promise<string[]> {
    const left = [...ats];
    const wrong: string[] = [];
    const work = async () => {
      for (let at = left.shift(); at !== undefined; at = left.shift()) {
        const folder = this.newFolder(template);
        const cases: Case[] = [{ folder, fault: { at, mode } }];
        const { signal, lines } = await this.run([operation.name, JSON.stringify(cases)], runtime);
        if (signal !== 'SIGKILL') wrong.push(`call ${at}: it was to be killed and ended by itself`);
        wrong.push(...(await this.#judge(operation, folder, at, { steps: lines.length, probe: 'not open' })));
      }
    };
    await Promise.all(Array.from({ length: killsAtOnce }, work));
    return wrong;
  }

  /** Lets calls fail, one case after the other in one process, and judges each; what is wrong, one line each. */
  async fail(operation: Operation, template: string, { ats, mode, runtime }: Faults<FailMode>): Promise<string[]> {
    const cases = ats.map((at) => ({ folder: this.newFolder(template), fault: { at, mode } }));
    const outcomes = await this.#runCases(operation, cases, runtime);
    const wrong: string[] = [];
    for (const [index, outcome] of outcomes.entries()) {
      const { folder, fault } = cases[index]!;
      // Words of the code say what it is; anything else is not an error for users.
      const codes = [outcome.failedWith, typeof outcome.probe === 'string' ? null : outcome.probe.failedWith];
      wrong.push(...codes.filter((code) => code?.includes(' ')).map((code) => `call ${fault.at}: ${String(code)}`));
      wrong.push(...(await this.#judge(operation, folder, fault.at, outcome)));
    }
    return wrong;
  }

  /** Starts the program under test and waits for its end. */
  run(
    args: readonly string[],
    { program, args: first, env }: Runtime,
    {
      onLine = () => undefined,
      wrapper = [],
    }: { onLine?: (kill: () => void) => void; wrapper?: readonly string[] } = {},
  ): Promise<Ended> {
    const script = path.join(this.#built, 'crash-child.js');
    const [command = '', ...rest] = [...wrapper, program, ...first, script, ...args];
    const child = spawn(command, rest, {
      env: {
        ...process.env,
        ...env,
        LD_PRELOAD: this.#shim,
        COFFER_FAULT_FOLDER: this.folder,
        // Calls that go through io_uring are seen by nobody.
        UV_USE_IO_URING: '0',
      },
    });
    let said = '';
    let complaint = '';
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      onLine(() => child.kill('SIGKILL'));
    });
    child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code, signal) => {
        const isPlanned = signal === 'SIGKILL' || code === 0;
        if (isPlanned && complaint === '') resolve({ signal, lines: said.split('\n').slice(0, -1) });
        else reject(new Error(`it ended with ${code ?? signal ?? ''}: ${complaint}`));
      });
    });
  }

  async #runCases(operation: Operation, cases: readonly Case[], runtime: Runtime): Promise<Outcome[]> {
    const { lines } = await this.run([operation.name, JSON.stringify(cases)], runtime);
    const outcomes = lines.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line) as Outcome);
    if (outcomes.length !== cases.length) throw new Error('it did not come to the end of its cases');
    return outcomes;
  }

  async #judge(
    { states }: Operation,
    folder: string,
    at: number,
    { steps, probe }: Pick<Outcome, 'steps' | 'probe'>,
  ): Promise<string[]> {
    const allowed = states.slice(steps, steps + 2);
    try {
      await judge({
        desk: deskIn(folder),
        allowed,
        hasProbe: probe === 'saved',
        allowedBackups: () => states,
        makesBackup: true,
      });
      return [];
    } catch (error) {
      return [`call ${at}: after ${steps} steps: ${String(error)}`];
    } finally {
      for (const used of [folder, `${folder}.backup`]) rmSync(used, { recursive: true, force: true });
    }
  }
}

/** Faults of one kind at several calls. */
export interface Faults<Mode extends KillMode | FailMode> {
  readonly ats: readonly number[];
  readonly mode: Mode;
  readonly runtime: Runtime;
}
