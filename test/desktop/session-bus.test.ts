import { mkdtempSync, rmSync } from 'node:fs';
import { type Server, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { busSocket, watchBusName } from '../../main/desktop/session-bus';
import { type TrayBus, startTrayBus } from '../support/tray-bus';

const watcherName = 'org.kde.StatusNotifierWatcher';

describe('the place of the session bus', () => {
  test('is what the environment says', () => {
    expect(busSocket('unix:path=/run/user/1000/bus', undefined)).toBe('/run/user/1000/bus');
    expect(busSocket('unix:guid=00ff,path=/tmp/a%20b,x=1', '/run')).toBe('/tmp/a b');
    expect(busSocket('tcp:host=x;unix:abstract=/tmp/dbus-x,guid=1', undefined)).toBe('\0/tmp/dbus-x');
  });

  test('is in the runtime folder where there is no address', () => {
    expect(busSocket('', '/run/user/7')).toBe('/run/user/7/bus');
    expect([busSocket(undefined, undefined), busSocket('', '')]).toEqual([null, null]);
  });

  test('is not known for another transport', () => {
    expect(busSocket('autolaunch:', '/run')).toBeUndefined();
  });
});

describe('watching a name', () => {
  let bus: TrayBus | null = null;
  let server: Server | null = null;
  afterEach(async () => {
    await bus?.stop();
    server?.close();
    [bus, server] = [null, null];
  });

  function watch(socket: string | null | undefined) {
    const told: (boolean | null)[] = [];
    const end = watchBusName(socket, watcherName, (isOwned) => told.push(isOwned));
    return { told, end };
  }
  const soon = { timeout: 10_000 };

  test('follows its owners on a real bus, and the end of the bus', async () => {
    bus = await startTrayBus();
    const { told } = watch(bus.socket);
    await expect.poll(() => told, soon).toEqual([false]);
    const endWatcher = await bus.startWatcher();
    await expect.poll(() => told, soon).toEqual([false, true]);
    await endWatcher();
    await expect.poll(() => told, soon).toEqual([false, true, false]);
    await bus.startWatcher();
    await expect.poll(() => told.at(-1), soon).toBe(true);
    await bus.stop();
    await expect.poll(() => told.at(-1), soon).toBe(false);
  });

  test('tells no owner without a bus, and nothing of one that it does not know', async () => {
    const [none, gone, unknown] = [watch(null), watch('/nowhere/bus'), watch(undefined)];
    await expect.poll(() => [none.told, gone.told, unknown.told], soon).toEqual([[false], [false], [null]]);
  });

  test('tells nothing more once it is ended', async () => {
    bus = await startTrayBus();
    const { told, end } = watch(bus.socket);
    end();
    await bus.startWatcher();
    expect(told).toEqual([]);
  });

  test.each([
    ['refuses', 'REJECTED EXTERNAL\r\n'],
    ['talks without end', 'x'.repeat(5000)],
    ['sends another byte order', `OK 1\r\nB${'\0'.repeat(20)}`],
    ['sends too long a message', `OK 1\r\nl\x02\0\x01\xff\xff\xff\x7f${'\0'.repeat(12)}`],
  ])('gives up a bus that %s', async (_, answer) => {
    const socket = path.join(mkdtempSync(path.join(tmpdir(), 'coffer-bus-')), 'bus');
    server = createServer((client) => {
      client.on('error', () => undefined);
      client.write(Buffer.from(answer, 'latin1'));
    });
    await new Promise<void>((resolve) => server?.listen(socket, resolve));
    const { told } = watch(socket);
    await expect.poll(() => told, soon).toEqual([false]);
    rmSync(path.dirname(socket), { recursive: true, force: true });
  });
});
