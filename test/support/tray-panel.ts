import { type ChildProcess, execFile, spawn } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const script = path.join(import.meta.dirname, 'status-watcher.py');
/** Debian's own, which has python3-dbus and python3-gi; another one may come first on the PATH. */
const python = '/usr/bin/python3';
const readyWithinMs = 60_000;

/** An entry of the tray's menu, as a desktop's panel gets it. */
export interface TrayEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
  readonly children: readonly TrayEntry[];
}

/** What a desktop's panel does for tray icons, on a session bus: it lists them, shows their menus and clicks. */
export class TrayPanel {
  readonly #env: NodeJS.ProcessEnv;
  readonly #watcher: ChildProcess;

  private constructor(env: NodeJS.ProcessEnv, watcher: ChildProcess) {
    this.#env = env;
    this.#watcher = watcher;
  }

  /**
   * Starts one; icons may register from then on.
   *
   * @param busEnv - Says where the bus is.
   */
  static async start(busEnv: Readonly<Record<string, string>>): Promise<TrayPanel> {
    const env = { ...process.env, ...busEnv };
    const watcher = spawn(python, [script], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    await untilItSays(watcher, 'READY');
    return new TrayPanel(env, watcher);
  }

  /** The menu of the icon; null while there is no icon. */
  async layout(): Promise<readonly TrayEntry[] | null> {
    return JSON.parse(await this.#ask('layout')) as readonly TrayEntry[] | null;
  }

  /** Sizes of the icon's pictures, a digest of the first, and the tooltip. */
  async icon(): Promise<{
    readonly sizes: readonly (readonly [number, number])[];
    readonly digest: string;
    readonly tip: string;
  }> {
    return JSON.parse(await this.#ask('icon')) as Awaited<ReturnType<TrayPanel['icon']>>;
  }

  /** Clicks an entry of the menu, by the labels that lead to it. */
  async click(...labels: readonly string[]): Promise<void> {
    let entries = (await this.layout()) ?? [];
    let found: TrayEntry | undefined;
    for (const label of labels) {
      found = entries.find((entry) => entry.label === label);
      if (found === undefined) throw new Error(`the tray's menu has no entry "${label}"`);
      entries = found.children;
    }
    await this.#ask('click', String(found?.id));
  }

  /** Ends it, as a panel that crashes. */
  stop(): void {
    this.#watcher.kill();
  }

  async #ask(...args: readonly string[]): Promise<string> {
    const { stdout } = await runFile(python, [script, ...args], { env: this.#env });
    return stdout;
  }
}

function untilItSays(child: ChildProcess, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`${child.spawnfile} did not say "${text}" in time`)),
      readyWithinMs,
    );
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (!said.includes(text)) return;
      clearTimeout(timer);
      resolve();
    });
    child.once('exit', () => reject(new Error(`${child.spawnfile} ended`)));
  });
}
