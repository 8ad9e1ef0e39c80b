import type { BusConnection } from '../dbus/bus-connection';
import { sessionBusSocket } from '../dbus/bus-address';
import { KeptConnection } from '../dbus/kept-connection';

/** What shows tray icons on Linux has this name on the session bus. */
const hostName = 'org.kde.StatusNotifierWatcher';
const bus = 'org.freedesktop.DBus';
const ownerChanged = `type='signal',sender='${bus}',interface='${bus}',member='NameOwnerChanged',arg0='${hostName}'`;

/** What watching for a panel rests on. */
export interface TrayHostDeps {
  /** Of the process. */
  readonly platform: NodeJS.Platform;
  /** Says where the session bus is. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Of the process. */
  readonly userId: number;
}

/**
 * Watches whether something shows tray icons: asked of the session bus on Linux, taken for granted elsewhere. Nothing is polled.
 *
 * @param tell - Called later, and again whenever it changes or what shows icons started anew.
 * @returns Ends it.
 */
export function watchTrayHost(deps: TrayHostDeps, tell: (isThere: boolean) => void): () => void {
  let isOver = false;
  let isTold = false;
  const say = (isThere: boolean) => {
    isTold = true;
    if (!isOver) tell(isThere);
  };
  const end = () => {
    isOver = true;
  };
  if (deps.platform !== 'linux') {
    setImmediate(() => say(true));
    return end;
  }
  const connection = new KeptConnection({
    socket: () => sessionBusSocket(deps.environment),
    userId: deps.userId,
    rules: [ownerChanged],
    onSignal: ({ member, body: [name, , owner] }) => {
      if (member === 'NameOwnerChanged' && name === hostName) say(owner !== '');
    },
    onOpen: async (opened) => say(await hasOwner(opened)),
  });
  void connection.start().then(() => {
    // Without a bus there is no tray.
    if (!isTold) say(false);
  });
  return () => {
    end();
    connection.end();
  };
}

async function hasOwner(connection: BusConnection): Promise<boolean> {
  const question = { destination: bus, path: '/org/freedesktop/DBus', interface: bus, member: 'NameHasOwner' };
  const [isOwned] = await connection.call({ ...question, args: [hostName] });
  return isOwned === true;
}
