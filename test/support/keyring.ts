import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

const readyWithinMs = 30_000;
/** Of a keyring that lives as long as a test. */
const keyringPassword = 'pw';

const isLocked = [
  '/org/freedesktop/secrets/collection/login',
  'org.freedesktop.DBus.Properties.Get',
  'string:org.freedesktop.Secret.Collection',
  'string:Locked',
];

/** A session bus of its own with a keyring on it, unlocked, empty, and gone with `stop`. */
export interface TestKeyring {
  /** For programs that are to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** What makes Electron look for it without a desktop. */
  readonly flags: readonly string[];
  readonly stop: () => Promise<void>;
}

/** Starts a session bus and GNOME Keyring, the real ones, in a folder of their own. */
export async function startKeyring(): Promise<TestKeyring> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-keyring-'));
  for (const name of ['data', 'run']) mkdirSync(path.join(folder, name), { mode: 0o700 });
  const running: ChildProcess[] = [];
  const stop = async () => {
    for (const child of running.reverse()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const address = `unix:path=${path.join(folder, 'bus')}`;
    const env = {
      DBUS_SESSION_BUS_ADDRESS: address,
      XDG_RUNTIME_DIR: path.join(folder, 'run'),
      XDG_DATA_HOME: path.join(folder, 'data'),
    };
    const start = (program: string, args: string[]) => {
      const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ['pipe', 'ignore', 'ignore'] });
      running.push(child);
      return child;
    };
    start('dbus-daemon', ['--session', '--nofork', `--address=${address}`]);
    // It waits for nobody: started before the bus takes connections, it ends.
    await until(() => busSays(env, 'org.freedesktop.DBus', ['/', 'org.freedesktop.DBus.ListNames'], 'array'));
    const keyring = start('gnome-keyring-daemon', ['--unlock', '--foreground', '--components=secrets']);
    keyring.stdin.end(keyringPassword);
    await until(() => busSays(env, 'org.freedesktop.secrets', isLocked, 'boolean false'));
    return { env, flags: ['--password-store=gnome-libsecret'], stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether the answer of a method of the bus holds a text; false if there is no answer. */
async function busSays(env: TestKeyring['env'], to: string, call: readonly string[], text: string): Promise<boolean> {
  try {
    const command = ['--session', '--print-reply', `--dest=${to}`, ...call];
    const { stdout } = await promisify(execFile)('dbus-send', command, { env: { ...process.env, ...env } });
    return stdout.includes(text);
  } catch {
    return false;
  }
}

async function until(isReady: () => Promise<boolean>): Promise<void> {
  const giveUpAtMs = performance.now() + readyWithinMs;
  while (!(await isReady())) {
    if (performance.now() > giveUpAtMs) throw new Error('the session bus or the keyring did not start in time');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill();
  await ended;
}
