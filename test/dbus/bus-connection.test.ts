import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, type Socket, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sessionBusSocket, systemBusSocket } from '../../main/dbus/bus-address';
import { BusConnection } from '../../main/dbus/bus-connection';
import { KeptConnection } from '../../main/dbus/kept-connection';
import type { BusMessage } from '../../main/dbus/message';
import { CofferError } from '../../main/errors';
import { Buses } from '../support/buses';
import { until } from '../support/until';
import vectors from '../vectors/dbus-signals.json' with { type: 'json' };

const userId = process.getuid?.() ?? 0;
const signal = Buffer.from(vectors.activeChangedHex, 'hex');
const rules = ["type='signal',interface='org.freedesktop.ScreenSaver'"];

test('where the buses are', () => {
  const unix = (address: string) => sessionBusSocket({ DBUS_SESSION_BUS_ADDRESS: address });
  expect(unix('unix:path=/run/user/1000/bus')).toBe('/run/user/1000/bus');
  expect(unix('tcp:host=localhost,port=1;unix:guid=00,path=/tmp/a%20b')).toBe('/tmp/a b');
  expect(unix('unix:abstract=/tmp/dbus-x,guid=00')).toBe('\0/tmp/dbus-x');
  expect(unix('disabled:')).toBe(null);
  expect(sessionBusSocket({ XDG_RUNTIME_DIR: '/run/user/7' })).toBe('/run/user/7/bus');
  expect(sessionBusSocket({})).toBe(null);
  expect(systemBusSocket({})).toBe('/run/dbus/system_bus_socket');
});

describe('on the real bus', () => {
  let buses: Buses;
  const socket = () => sessionBusSocket(buses.env) ?? '';
  beforeEach(async () => void (buses = await Buses.start()));
  afterEach(() => buses.stop());

  test('hears what it asked for, gets answers, and refusals as errors', async () => {
    const heard: BusMessage[] = [];
    const options = {
      socket: socket(),
      userId,
      onSignal: (one: BusMessage) => heard.push(one),
      onEnd: () => undefined,
    };
    const connection = await BusConnection.open(options, rules);
    await buses.sendActiveChanged(true);
    await until(() => heard.some(({ member, body }) => member === 'ActiveChanged' && body[0] === true));
    const bus = { destination: 'org.freedesktop.DBus', path: '/', interface: 'org.freedesktop.DBus' };
    expect((await connection.call({ ...bus, member: 'NameHasOwner', args: ['org.freedesktop.DBus'] }))[0]).toBe(true);
    await expect(connection.call({ ...bus, member: 'Nonsense', args: [] })).rejects.toMatchObject({
      code: 'not-supported',
    });
    await expect(connection.listen('no rule')).rejects.toMatchObject({ code: 'not-supported' });
    expect(await connection.ownerOf('org.example.Nobody')).toBe('');
    connection.end();
    await expect(connection.call({ ...bus, member: 'ListNames', args: [] })).rejects.toMatchObject({
      code: 'io-failed',
    });
  });

  test('one that was ended while it was being made does not stay', async () => {
    const heard: BusMessage[] = [];
    const kept = new KeptConnection({ socket, userId, rules, onSignal: (one) => heard.push(one) });
    const started = kept.start();
    kept.end();
    await started;
    await buses.sendActiveChanged(true);
    await new Promise((resolve) => setTimeout(resolve, 200));
    // The bus greets each connection.
    expect(heard.filter(({ member }) => member !== 'NameAcquired')).toEqual([]);
  });

  test('what could not be asked for after opening is asked for again on another connection', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const opened: BusConnection[] = [];
    const kept = new KeptConnection({
      ...{ socket, userId, rules },
      onSignal: () => undefined,
      onOpen: (connection) =>
        opened.push(connection) === 1 ? Promise.reject(new CofferError('io-failed', 'no answer')) : Promise.resolve(),
    });
    try {
      await kept.start();
      await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(31_000);
    } finally {
      vi.useRealTimers();
    }
    await until(() => opened.length === 2);
    await expect(opened[0]!.ownerOf('org.example')).rejects.toMatchObject({ code: 'io-failed' });
    expect(await opened[1]!.ownerOf('org.example')).toBe('');
    kept.end();
  });

  test('another user id than the process has is refused', async () => {
    const options = { socket: socket(), userId: userId + 1, onSignal: () => undefined, onEnd: () => undefined };
    await expect(BusConnection.open(options, [])).rejects.toMatchObject({ code: 'io-failed' });
  });
});

describe('a peer that is no bus', () => {
  let folder: string;
  let server: Server;
  let peers: Socket[];
  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'coffer-peer-'));
    peers = [];
    server = createServer((peer) => {
      peers.push(peer);
      peer.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(path.join(folder, 'bus'), resolve));
  });
  afterEach(() => {
    for (const peer of peers) peer.destroy();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function open() {
    const heard: BusMessage[] = [];
    const onEnd = vi.fn<() => void>();
    const options = { socket: path.join(folder, 'bus'), userId, onSignal: (one: BusMessage) => heard.push(one), onEnd };
    const opened = BusConnection.open(options, []).catch((error: unknown) => error);
    return { heard, onEnd, opened };
  }
  const peer = async () => {
    await until(() => peers.length > 0);
    return peers[0] as Socket;
  };

  test.each([
    ['refuses', 'REJECTED EXTERNAL\r\n'],
    ['never ends its line', 'A'.repeat(5000)],
    ['talks HTTP', 'HTTP/1.1 400 Bad Request\r\n\r\n'],
    ['goes', null],
  ])('%s', async (_, says) => {
    const { onEnd, opened } = open();
    const other = await peer();
    if (says === null) other.destroy();
    else other.write(says);
    expect(await opened).toMatchObject({ code: 'io-failed' });
    expect(onEnd).toHaveBeenCalledOnce();
  });

  test('sends a message of a megabyte, which is skipped, in parts; then one that counts', async () => {
    const { heard, opened } = open();
    const other = await peer();
    other.write('OK 00\r\n');
    const large = Buffer.alloc(1024 * 1024);
    large.set(signal.subarray(0, 16));
    large.writeUInt32LE(large.length - 128, 4);
    large.writeUInt32LE(112, 12);
    other.write(large);
    for (const byte of signal) other.write(Uint8Array.of(byte));
    await until(() => heard.length === 1);
    expect(heard[0]?.member).toBe('ActiveChanged');
    other.destroy();
    expect(await opened).toMatchObject({ code: 'io-failed' });
  });

  test('passes on a message of values nested more deeply than is read, which is skipped; then one that counts', async () => {
    const { heard, onEnd } = open();
    const other = await peer();
    other.write('OK 00\r\n');
    const variant = [1, 0x76, 0];
    const body = Buffer.from([...Array.from({ length: 17 }, () => variant).flat(), 1, 0x79, 0, 5]);
    const nested = Buffer.concat([signal.subarray(0, -4), body]);
    nested.writeUInt32LE(body.length, 4);
    nested.set(variant.slice(0, 2), nested.indexOf(Buffer.from([1, 0x62, 0])));
    other.write(nested);
    other.write(signal);
    await until(() => heard.length > 0);
    expect(heard).toMatchObject([{ member: 'ActiveChanged', body: [true] }]);
    expect(onEnd).not.toHaveBeenCalled();
  });

  test('sends what is no message', async () => {
    const { heard, onEnd, opened } = open();
    const other = await peer();
    other.write('OK 00\r\n');
    other.write(Buffer.alloc(64, 0x41));
    expect(await opened).toMatchObject({ code: 'io-failed' });
    await until(() => onEnd.mock.calls.length === 1);
    expect(heard).toEqual([]);
  });
});

test('without a bus it is tried again after pauses that grow, and no more often', async () => {
  vi.useFakeTimers();
  try {
    const socket = vi.fn<() => null>(() => null);
    const kept = new KeptConnection({ socket, userId, rules, onSignal: () => undefined });
    await kept.start();
    const triesAfter = async (minutes: number) => {
      await vi.advanceTimersByTimeAsync(minutes * 60_000);
      return socket.mock.calls.length;
    };
    expect([await triesAfter(0.4), await triesAfter(0.2), await triesAfter(1), await triesAfter(2)]).toEqual([
      1, 2, 3, 4,
    ]);
    // By then each half an hour.
    expect((await triesAfter(24 * 60)) < 60).toBe(true);
    kept.end();
    const tries = socket.mock.calls.length;
    expect(await triesAfter(60)).toBe(tries);
  } finally {
    vi.useRealTimers();
  }
});
