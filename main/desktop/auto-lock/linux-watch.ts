import { sessionBusSocket, systemBusSocket } from '../../dbus/bus-address';
import type { BusConnection } from '../../dbus/bus-connection';
import { KeptConnection } from '../../dbus/kept-connection';
import type { BusMessage, MethodCall } from '../../dbus/message';
import { newOwnerOf, ownerChangedRule } from '../../dbus/name-owner';
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
 * bus, and to screen savers on the session's. Any program of this user can send the latter; all it gets is a locked vault. On the
 * system's, where other users' programs are, only logind's own connection is believed.
 *
 * @returns Ends listening.
 */
export function watchLinuxBuses(surroundings: LinuxSurroundings, notice: (reason: LockReason) => void): () => void {
  const { environment, userId } = surroundings;
  const noticeIfAny = (reason: LockReason | null) => {
    if (reason !== null) notice(reason);
  };
  // Unique name of logind's connection; empty while there is none, or it is not known yet.
  let loginOwner = '';
  const session = new KeptConnection({
    userId,
    onSignal: (signal) => noticeIfAny(reasonOfScreenSaver(signal)),
    socket: () => sessionBusSocket(environment),
    rules: screenSavers.map((name) => `type='signal',interface='${name}',member='ActiveChanged'`),
  });
  const system = new KeptConnection({
    userId,
    onSignal: (signal) => {
      loginOwner = newOwnerOf(login, signal) ?? loginOwner;
      if (loginOwner !== '' && signal.sender === loginOwner) noticeIfAny(reasonOfLogin(signal));
    },
    socket: () => systemBusSocket(environment),
    rules: [
      ownerChangedRule(login),
      `type='signal',sender='${login}',interface='${login}.Manager',member='PrepareForSleep'`,
    ],
    onOpen: async (connection) => {
      loginOwner = '';
      // First: where logind is not running yet, this starts it.
      const path = await pathOfSession(connection, environment['XDG_SESSION_ID'] || 'auto');
      const owner = await connection.ownerOf(login);
      // A change that was told of in the meantime is newer.
      if (loginOwner === '') loginOwner = owner;
      if (path === null) return;
      await listenToSession(connection, path);
      // Locked before it was listened for: while there was no connection, say.
      if (await isScreenLocked(connection, path)) notice('screen-lock');
    },
  });
  void session.start();
  void system.start();
  return () => {
    session.end();
    system.end();
  };
}

/** Why a signal of a screen saver is a reason to lock; null if it is none. */
function reasonOfScreenSaver({ interface: name, member, body: [isActive] }: BusMessage): LockReason | null {
  return member === 'ActiveChanged' && screenSavers.includes(name) && isActive === true ? 'screen-lock' : null;
}

/** The same for one of logind. */
function reasonOfLogin(signal: BusMessage): LockReason | null {
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
      return null;
  }
}

async function listenToSession(connection: BusConnection, path: string): Promise<void> {
  const from = `type='signal',sender='${login}',path='${path}'`;
  await connection.listen(`${from},interface='${login}.Session',member='Lock'`);
  await connection.listen(`${from},interface='${properties}',member='PropertiesChanged'`);
}

async function isScreenLocked(connection: BusConnection, path: string): Promise<boolean> {
  const question = { destination: login, path, interface: properties, member: 'Get' };
  const [isLocked] = (await answerOrNull(connection, { ...question, args: [`${login}.Session`, 'LockedHint'] })) ?? [];
  return isLocked === true;
}

/**
 * Path of a session; by `auto` of the one that this process belongs to, or else the one whose screen the user sees. Null without logind,
 * or where it knows no such session.
 */
async function pathOfSession(connection: BusConnection, sessionId: string): Promise<string | null> {
  const [path] = (await answerOrNull(connection, { ...manager, member: 'GetSession', args: [sessionId] })) ?? [];
  // It becomes part of a rule.
  return typeof path === 'string' && /^[/\w]+$/.test(path) ? path : null;
}

/** Null if the answer is an error. */
async function answerOrNull(connection: BusConnection, call: MethodCall): Promise<readonly BusValue[] | null> {
  try {
    return await connection.call(call);
  } catch (error) {
    if (error instanceof CofferError && error.code === 'not-supported') return null;
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
