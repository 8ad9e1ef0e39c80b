import { sessionBusSocket } from '../dbus/bus-address';
import { KeptConnection } from '../dbus/kept-connection';
import { newOwnerOf, ownerChangedRule } from '../dbus/name-owner';

/** What shows tray icons on Linux has this name on the session bus. */
const hostName = 'org.kde.StatusNotifierWatcher';

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
    rules: [ownerChangedRule(hostName)],
    onSignal: (signal) => {
      const owner = newOwnerOf(hostName, signal);
      if (owner !== null) say(owner !== '');
    },
    onOpen: async (opened) => say((await opened.ownerOf(hostName)) !== ''),
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
