import { type ChildProcessByStdio, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { promisify } from 'node:util';
import { busArguments } from './buses';

/** A program on the bus; what it says on the error channel goes nowhere. */
export type BusProgram = ChildProcessByStdio<Writable, Readable, null>;

const readyWithinMs = 30_000;

/** A D-Bus session bus of its own, with the programs that a test starts on it; all gone with `stop`. */
export interface SessionBus {
  /** For programs that are to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** Starts a program on it. */
  readonly start: (program: string, args: readonly string[]) => BusProgram;
  /** Waits until the answer of a method holds a text; see `dbus-send`. */
  readonly untilSays: (to: string, call: readonly string[], text: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Starts the real dbus-daemon in a folder of its own. */
export async function startBus(): Promise<SessionBus> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-bus-'));
  for (const name of ['data', 'run']) mkdirSync(path.join(folder, name), { mode: 0o700 });
  const running: BusProgram[] = [];
  const stop = async () => {
    for (const child of running.reverse()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  const address = `unix:path=${path.join(folder, 'bus')}`;
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_RUNTIME_DIR: path.join(folder, 'run'),
    XDG_DATA_HOME: path.join(folder, 'data'),
  };
  const start = (program: string, args: readonly string[]) => {
    const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'pipe', 'ignore'] });
    running.push(child);
    return child;
  };
  const untilSays: SessionBus['untilSays'] = async (to, call, text) => {
    const giveUpAtMs = performance.now() + readyWithinMs;
    while (!(await busSays(env, to, call, text))) {
      if (performance.now() > giveUpAtMs) throw new Error(`${to} did not come to the session bus in time`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  start('dbus-daemon', busArguments(folder, address));
  try {
    await untilSays('org.freedesktop.DBus', ['/', 'org.freedesktop.DBus.ListNames'], 'array');
  } catch (error) {
    await stop();
    throw error;
  }
  return { env, start, untilSays, stop };
}

/** Whether the answer of a method of the bus holds a text; false if there is no answer. */
async function busSays(env: SessionBus['env'], to: string, call: readonly string[], text: string): Promise<boolean> {
  try {
    const command = ['--session', '--print-reply', `--dest=${to}`, ...call];
    const { stdout } = await promisify(execFile)('dbus-send', command, { env: { ...process.env, ...env } });
    return stdout.includes(text);
  } catch {
    return false;
  }
}

async function end(child: BusProgram): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
