import { type Socket, connect } from 'node:net';
import { busMessage, callOfBus, takeMessages } from './session-bus-wire';

/** Whether somebody owns a name on the bus; null if that can't be found out. */
export type TellOwner = (isOwned: boolean | null) => void;

const helloSerial = 1;
const matchSerial = 2;
const questionSerial = 3;
/** The bus takes a few lines of text before it takes messages (D-Bus Specification, "Authentication Protocol"). */
const mostTextBytes = 4096;

/**
 * The socket of a session bus.
 *
 * @param address - As `DBUS_SESSION_BUS_ADDRESS` says it; undefined where it is not set.
 * @param runtimeFolder - As `XDG_RUNTIME_DIR` says it, which holds the bus where no address is set.
 * @returns Path, with a zero in front for one of Linux's abstract sockets; null if there is no such bus, undefined for a transport
 * that is not known here.
 * @see D-Bus Specification, "Server Addresses".
 */
export function busSocket(address: string | undefined, runtimeFolder: string | undefined): string | null | undefined {
  if (address === undefined || address === '') {
    return runtimeFolder === undefined || runtimeFolder === '' ? null : `${runtimeFolder}/bus`;
  }
  for (const server of address.split(';')) {
    const [, kind, value] = /^unix:(?:.*,)?(path|abstract)=([^,]*)/.exec(server) ?? [];
    if (value !== undefined) return (kind === 'abstract' ? '\0' : '') + decodeURIComponent(value);
  }
  return undefined;
}

/**
 * Watches a name on the user's session bus: tells at once whether it has an owner, and again whenever that changes. Nothing is polled.
 * Of the bus no more is used than this: signing in, one match, one question.
 *
 * @param socketPath - By {@link busSocket}.
 * @param name - Such as `org.kde.StatusNotifierWatcher`.
 * @param tell - Called later, never before this returns; with false, too, once there is no bus.
 * @returns Ends it.
 */
export function watchBusName(socketPath: string | null | undefined, name: string, tell: TellOwner): () => void {
  let isOver = false;
  const say = (isOwned: boolean | null) => {
    if (!isOver) tell(isOwned);
  };
  if (socketPath === null || socketPath === undefined) {
    setImmediate(() => say(socketPath === null ? false : null));
    return () => (isOver = true);
  }
  const socket = connect(socketPath);
  socket.unref();
  speak(socket, name, say);
  socket.on('error', () => undefined);
  socket.on('close', () => say(false));
  return () => {
    isOver = true;
    socket.destroy();
  };
}

function speak(socket: Socket, name: string, say: TellOwner): void {
  let received = Buffer.alloc(0);
  let isSignedIn = false;
  socket.on('connect', () => {
    const user = Buffer.from(String(process.getuid?.() ?? 0)).toString('hex');
    socket.write(`\0AUTH EXTERNAL ${user}\r\n`);
  });
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk]);
    if (!isSignedIn) {
      const end = received.indexOf('\r\n');
      if (end < 0 && received.length < mostTextBytes) return;
      if (!received.subarray(0, 3).equals(Buffer.from('OK '))) {
        socket.destroy();
        return;
      }
      received = received.subarray(end + 2);
      isSignedIn = true;
      socket.write('BEGIN\r\n');
      socket.write(callOfBus(helloSerial, 'Hello', []));
      socket.write(callOfBus(matchSerial, 'AddMatch', [matchRule(name)]));
      socket.write(callOfBus(questionSerial, 'NameHasOwner', [name]));
    }
    const taken = takeMessages(received);
    if (taken === null) {
      socket.destroy();
      return;
    }
    received = Buffer.from(taken.rest);
    for (const message of taken.messages) {
      const { type, member, replySerial, body } = message;
      if (type === busMessage.reply && replySerial === questionSerial) say(body.readUInt32LE(0) !== 0);
      if (type === busMessage.signal && member === 'NameOwnerChanged') {
        const [changed, , owner] = message.texts();
        if (changed === name) say(owner !== '');
      }
    }
  });
}

function matchRule(name: string): string {
  const bus = 'org.freedesktop.DBus';
  return `type='signal',sender='${bus}',interface='${bus}',member='NameOwnerChanged',arg0='${name}'`;
}
