import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const script = path.join(import.meta.dirname, 'status-watcher.py');
/** Debian's own, which has python3-dbus and python3-gi; another one may come first on the PATH. */
const python = '/usr/bin/python3';
const readyWithinMs = 30_000;

/** An entry of the tray's menu, as a desktop's panel gets it. */
export interface TrayEntry {
  readonly id: number;
  readonly label: string;
  readonly enabled: boolean;
  readonly separator: boolean;
  readonly children: readonly TrayEntry[];
}

/** A session bus of its own, with or without what shows tray icons. */
export interface TrayBus {
  /** For programs that are to find the bus. */
  readonly env: Readonly<Record<string, string>>;
  /** Path of the bus's socket. */
  readonly socket: string;
  /** Starts what a panel has for tray icons; ends with the bus, or by the function that it gives. */
  readonly startWatcher: () => Promise<() => Promise<void>>;
  /** The menu of the icon; null while there is no icon. */
  readonly layout: () => Promise<readonly TrayEntry[] | null>;
  /** Clicks an entry of the menu, by the labels that lead to it. */
  readonly click: (...labels: readonly string[]) => Promise<void>;
  readonly icon: () => Promise<{ readonly sizes: readonly (readonly [number, number])[]; readonly digest: string }>;
  readonly stop: () => Promise<void>;
}

/** Starts a session bus, the real one, in a folder of its own. */
export async function startTrayBus(): Promise<TrayBus> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-tray-'));
  const socket = path.join(folder, 'bus');
  const env = { DBUS_SESSION_BUS_ADDRESS: `unix:path=${socket}` };
  const running: ChildProcess[] = [];
  const start = async (program: string, args: readonly string[], says: string) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'ignore'] });
    running.push(child);
    await untilItSays(child, says);
    return child;
  };
  const stop = async () => {
    for (const child of running.reverse()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const ask = async (...args: readonly string[]) => {
    const { stdout } = await runFile(python, [script, ...args], { env: { ...process.env, ...env } });
    return stdout;
  };
  const layout = async () => JSON.parse(await ask('layout')) as readonly TrayEntry[] | null;
  try {
    await start('dbus-daemon', ['--session', '--nofork', '--print-address', `--address=unix:path=${socket}`], 'unix:');
    return {
      ...{ env, socket, layout, stop },
      startWatcher: async () => {
        const watcher = await start(python, [script], 'READY');
        return () => end(watcher);
      },
      click: async (...labels) => {
        let entries = (await layout()) ?? [];
        let found: TrayEntry | undefined;
        for (const label of labels) {
          found = entries.find((entry) => entry.label === label);
          if (found === undefined) throw new Error(`the tray's menu has no entry "${label}"`);
          entries = found.children;
        }
        await ask('click', String(found?.id));
      },
      icon: async () => JSON.parse(await ask('icon')) as Awaited<ReturnType<TrayBus['icon']>>,
    };
  } catch (error) {
    await stop();
    throw error;
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

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
