import type { IpcMainInvokeEvent } from 'electron';
import { expect, test } from 'vitest';
import { EarlyCalls } from '../../main/ipc/early-calls';
import { answerFirst } from '../../main/ipc/first-answer';
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

test('the first question is answered alone, checked and parsed like all, until the full set takes over', async () => {
  const { calls, call } = setUp();
  const own = {} as IpcMainInvokeEvent;
  const log: string[] = [];
  const versions = { coffer: '1', electron: '2' };
  const status = { state: 'locked', restoring: null, theme: 'dark', isEvaluationRuntime: false, versions } as const;
  const sheet = {} as IpcMainInvokeEvent;
  const windowOf = (event: IpcMainInvokeEvent) =>
    new Map([
      [own, 'main' as const],
      [sheet, 'sheet' as const],
    ]).get(event) ?? null;
  const file = '/home/me/Work.coffer';
  const recentVaults = [{ file }, { file: '/home/me/Other.coffer' }];
  answerFirst({ ...status, file, recentVaults }, { calls, windowOf, logFailure: (line) => log.push(line) });
  const value = { ...status, vaultName: 'Work', vaultFolder: '/home/me', otherVaults: 1 };
  expect(await call('app:status', {}, own)).toEqual({ ok: true, value });
  expect(await call('app:status', {})).toMatchObject({ ok: false, error: { code: 'refused' } });
  // As the contract has it, which is not loaded yet.
  expect(requests['app:status']).toMatchObject({ windows: ['main'], needs: 'nothing' });
  for (const misfit of [{ more: 1 }, null, undefined, [], new Date(), new Uint8Array(1), 'x', 1]) {
    expect(await call('app:status', misfit, own)).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  }
  expect(await call('app:status', {}, sheet)).toMatchObject({ ok: false, error: { code: 'refused' } });
  const locks = call('vault:lock', {}, own);
  for (const channel of ['app:status', 'vault:lock'] as const) calls.handle(channel, () => Promise.resolve('new'));
  expect(await locks).toBe('new');
  expect(await call('app:status', {}, own)).toBe('new');
  expect(log).toHaveLength(2);
});

test('says that calls have begun at the first one, answered or not', async () => {
  const { calls, call } = setUp();
  const pending = Symbol('pending');
  expect(await Promise.race([calls.begun, Promise.resolve(pending)])).toBe(pending);
  void call('app:status', {});
  await expect(calls.begun).resolves.toBeUndefined();
});

test('says that more is needed only when a call comes that nothing answers yet', async () => {
  const { calls, call } = setUp();
  const pending = Symbol('pending');
  const isNeeded = () => Promise.race([calls.needed.then(() => true), Promise.resolve(pending)]);
  void call('app:status', {});
  calls.handle('app:status', () => Promise.resolve('status'));
  expect(await call('app:status', {})).toBe('status');
  expect(await isNeeded()).toBe(pending);
  void call('vault:ways', {});
  await expect(calls.needed).resolves.toBeUndefined();
});
