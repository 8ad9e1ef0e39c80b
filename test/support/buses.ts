import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/**
 * All may do all: on a real system's bus nobody but root may be logind. Without `servicedir`, nothing is started by being asked for:
 * a question that comes before the keyring would have the bus start a second one, which knows no password.
 */
const rules = `<busconfig>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
  </policy>
</busconfig>
`;

/** A word that `fake-logind.py` makes a signal of. */
export type LogindSignal = 'lock' | 'lock-other' | 'locked-hint' | 'unlocked-hint' | 'user-switch' | 'sleep' | 'wake';

/**
 * Real buses for one test, on sockets of their own: a session's, where anybody may send what a screen saver would, and a system's, with
 * a stand-in for logind.
 */
export class Buses {
  readonly #folder = mkdtempSync(path.join(tmpdir(), 'coffer-bus-'));
  readonly #children: ChildProcess[] = [];
  readonly #addresses = { session: this.#addressOf('session'), system: this.#addressOf('system') };
  #logind: ChildProcess | null = null;

  /** What tells a program where they are. */
  readonly env = {
    DBUS_SESSION_BUS_ADDRESS: this.#addresses.session,
    DBUS_SYSTEM_BUS_ADDRESS: this.#addresses.system,
    XDG_SESSION_ID: '1',
  };

  /** Starts the session's alone. */
  static async startSession(): Promise<Buses> {
    const buses = new Buses();
    await buses.#startBus('session');
    return buses;
  }

  /** Starts both, and the stand-in. */
  static async start(): Promise<Buses> {
    const buses = await Buses.startSession();
    await buses.#startBus('system');
    const logind = buses.#run('/usr/bin/python3', [
      path.join(import.meta.dirname, 'fake-logind.py'),
      buses.#addresses.system,
    ]);
    await once(logind.stdout ?? logind, 'data');
    buses.#logind = logind;
    return buses;
  }

  /** What a screen saver sends when it becomes active, or no longer is. */
  async sendActiveChanged(isActive: boolean, name = 'org.freedesktop.ScreenSaver'): Promise<void> {
    const args = [`--bus=${this.#addresses.session}`, '--type=signal', '/ScreenSaver', `${name}.ActiveChanged`];
    await promisify(execFile)('dbus-send', [...args, `boolean:${isActive}`]);
  }

  /** Has the stand-in for logind send a signal. */
  sendLogind(signal: LogindSignal): void {
    this.#logind?.stdin?.write(`${signal}\n`);
  }

  /** Has the stand-in for logind answer from now on that the screen is locked, without a signal. */
  async beLocked(): Promise<void> {
    const { stdin, stdout } = this.#logind ?? {};
    stdin?.write('be-locked\n');
    if (stdout !== null && stdout !== undefined) await once(stdout, 'data');
  }

  /**
   * Sends a signal to each connection of a bus by its own name, as every program on the bus may, whatever they asked for.
   *
   * @param signal - Path, interface and member, and arguments as `dbus-send` takes them.
   */
  async sendDirectly(name: 'session' | 'system', signal: readonly string[]): Promise<void> {
    const bus = `--bus=${this.#addresses[name]}`;
    const ask = ['--print-reply', '--dest=org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ListNames'];
    const { stdout } = await promisify(execFile)('dbus-send', [bus, ...ask]);
    for (const [, connection] of stdout.matchAll(/"(:[\d.]+)"/g)) {
      await promisify(execFile)('dbus-send', [bus, '--type=signal', `--dest=${connection}`, ...signal]);
    }
  }

  /** Ends all of them. */
  stop(): void {
    for (const child of this.#children.reverse()) child.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #startBus(name: 'session' | 'system'): Promise<void> {
    const options = busArguments(this.#folder, this.#addresses[name]);
    const child = this.#run('dbus-daemon', [...options, '--nopidfile', '--print-address']);
    await once(child.stdout ?? child, 'data');
  }

  #addressOf(name: string): string {
    return `unix:path=${path.join(this.#folder, name)}`;
  }

  #run(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#children.push(child);
    return child;
  }
}

/** Writes the rules of a test's bus to a folder, and returns the arguments by which dbus-daemon keeps them at an address. */
export function busArguments(folder: string, address: string): string[] {
  const config = path.join(folder, 'bus.conf');
  writeFileSync(config, rules);
  return [`--config-file=${config}`, '--nofork', `--address=${address}`];
}
