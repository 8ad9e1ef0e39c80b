import type { IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { EarlyCalls } from '../../main/ipc/early-calls';
import { channels } from '../../preload/channels';
import { requests } from '../../preload/contract';

type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;

function setUp() {
  const listeners = new Map<string, Listener>();
  const calls = new EarlyCalls({ handle: (channel, listener) => listeners.set(channel, listener as Listener) });
  const call = (channel: string, request: unknown, event = {} as IpcMainInvokeEvent) =>
    listeners.get(channel)?.(event, request);
  return { calls, listeners, call };
}

test('every channel of the contract is taken from the first moment, and no other', () => {
  expect([...setUp().listeners.keys()].sort()).toEqual(Object.keys(requests).sort());
  expect(new Set(channels).size).toBe(channels.length);
});

test('a call that comes early is answered once there is something that answers, with its own event and request', async () => {
  const { calls, call } = setUp();
  const event = {} as IpcMainInvokeEvent;
  const request = { password: Uint8Array.of(1, 2, 3) };
  const early = call('vault:unlock', request, event);
  const seen: unknown[] = [];
  calls.handle('vault:unlock', (...given) => {
    seen.push(...given);
    return Promise.resolve('answer');
  });
  expect(await early).toBe('answer');
  // The same objects: the sender can be told, and the bytes wiped.
  expect(seen[0]).toBe(event);
  expect(seen[1]).toBe(request);
  expect(await call('vault:unlock', request)).toBe('answer');
});

test('says that calls have begun at the first one, answered or not', async () => {
  const { calls, call } = setUp();
  const pending = Symbol('pending');
  expect(await Promise.race([calls.begun, Promise.resolve(pending)])).toBe(pending);
  void call('app:status', {});
  await expect(calls.begun).resolves.toBeUndefined();
});
