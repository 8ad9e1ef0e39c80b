import { sessionBusSocket, systemBusSocket } from '../../dbus/bus-address';
import type { BusConnection } from '../../dbus/bus-connection';
import { KeptConnection } from '../../dbus/kept-connection';
import type { BusMessage } from '../../dbus/message';
import type { BusValue } from '../../dbus/wire-reader';
import { CofferError } from '../../errors';
import type { LockReason } from './auto-lock';

/** Where this process stands. */
export interface LinuxSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userId: number;
}

/** Screen savers tell by the same signal, each under its own name. */
const screenSavers = [
  'org.freedesktop.ScreenSaver',
  'org.gnome.ScreenSaver',
  'org.kde.screensaver',
  'org.mate.ScreenSaver',
  'org.cinnamon.ScreenSaver',
  'org.xfce.ScreenSaver',
];
const login = 'org.freedesktop.login1';
const manager = { destination: login, path: '/org/freedesktop/login1', interface: `${login}.Manager` };
const properties = 'org.freedesktop.DBus.Properties';

/**
 * Listens for the screen's lock, the switch of users and sleep on Linux, where Electron tells only of sleep: to logind on the system's
 * bus, and to screen savers on the session's. Any program of this user can send the latter; all it gets is a locked vault.
 *
 * @returns Ends listening.
 */
export function watchLinuxBuses(surroundings: LinuxSurroundings, notice: (reason: LockReason) => void): () => void {
  const { environment, userId } = surroundings;
  const onSignal = (signal: BusMessage) => {
    const reason = reasonOf(signal);
    if (reason !== null) notice(reason);
  };
  const session = new KeptConnection({
    userId,
    onSignal,
    socket: () => sessionBusSocket(environment),
    rules: screenSavers.map((name) => `type='signal',interface='${name}',member='ActiveChanged'`),
  });
  const system = new KeptConnection({
    userId,
    onSignal,
    socket: () => systemBusSocket(environment),
    rules: [`type='signal',sender='${login}',interface='${login}.Manager',member='PrepareForSleep'`],
    onOpen: (connection) => listenToOwnSession(connection, environment['XDG_SESSION_ID'] ?? ''),
  });
  void session.start();
  void system.start();
  return () => {
    session.end();
    system.end();
  };
}

/** Why a signal is a reason to lock; null if it is none. */
function reasonOf(signal: BusMessage): LockReason | null {
  const [first, second] = signal.body;
  switch (`${signal.interface} ${signal.member}`) {
    case `${login}.Session Lock`:
      return 'screen-lock';
    case `${login}.Manager PrepareForSleep`:
      return first === true ? 'suspend' : null;
    case `${properties} PropertiesChanged`:
      if (first !== `${login}.Session`) return null;
      if (isAmong(second, 'LockedHint', true)) return 'screen-lock';
      return isAmong(second, 'Active', false) ? 'user-switch' : null;
    default:
      return signal.member === 'ActiveChanged' && screenSavers.includes(signal.interface) && first === true
        ? 'screen-lock'
        : null;
  }
}

/** The session of this process, or else the one whose screen the user sees. */
async function listenToOwnSession(connection: BusConnection, sessionId: string): Promise<void> {
  const path = await pathOfSession(connection, sessionId === '' ? 'auto' : sessionId);
  if (path === null) return;
  const from = `type='signal',sender='${login}',path='${path}'`;
  await connection.listen(`${from},interface='${login}.Session',member='Lock'`);
  await connection.listen(`${from},interface='${properties}',member='PropertiesChanged'`);
}

/** Null without logind, or where it knows no such session. */
async function pathOfSession(connection: BusConnection, sessionId: string): Promise<string | null> {
  try {
    const [path] = await connection.call({ ...manager, member: 'GetSession', args: [sessionId] });
    // It becomes part of a rule.
    return typeof path === 'string' && /^[/\w]+$/.test(path) ? path : null;
  } catch (error) {
    if (error instanceof CofferError) return null;
    throw error;
  }
}

/** Whether a dictionary of properties has one with a value. */
function isAmong(dictionary: BusValue | undefined, name: string, value: boolean): boolean {
  return (
    Array.isArray(dictionary) &&
    dictionary.some((pair: BusValue) => Array.isArray(pair) && pair[0] === name && pair[1] === value)
  );
}
