import { EventEmitter } from 'node:events';
import { expect, test, vi } from 'vitest';
import { type LockChoices, type LockReason, makeAutoLock } from '../../main/desktop/auto-lock/auto-lock';
import { watchElectron } from '../../main/desktop/auto-lock/electron-watch';

const all: LockChoices = {
  lockOnScreenLock: true,
  lockOnSuspend: true,
  lockOnUserSwitch: true,
  lockOnLastWindowClosed: true,
};

function setUp(choices: () => LockChoices | null) {
  const lock = vi.fn<() => void>();
  const forgetClipboard = vi.fn<() => void>();
  return { lock, forgetClipboard, notice: makeAutoLock({ choices, lock, forgetClipboard }) };
}

test.each([
  ['screen-lock', 'lockOnScreenLock'],
  ['suspend', 'lockOnSuspend'],
  ['user-switch', 'lockOnUserSwitch'],
  ['last-window-closed', 'lockOnLastWindowClosed'],
] satisfies [LockReason, keyof LockChoices][])('%s locks, unless the user chose otherwise', (reason, name) => {
  const wanted = setUp(() => all);
  wanted.notice(reason);
  expect(wanted.lock).toHaveBeenCalledOnce();
  const unwanted = setUp(() => ({ ...all, [name]: false }));
  unwanted.notice(reason);
  expect(unwanted.lock).not.toHaveBeenCalled();
});

test('shutting down locks always; settings that can’t be read, and a vault that is being opened, lock', () => {
  const none = Object.fromEntries(Object.keys(all).map((name) => [name, false])) as unknown as LockChoices;
  const shutdown = setUp(() => none);
  shutdown.notice('shutdown');
  const broken = setUp(() => {
    throw new Error('damaged');
  });
  broken.notice('screen-lock');
  const opening = setUp(() => null);
  opening.notice('screen-lock');
  for (const { lock } of [shutdown, broken, opening]) expect(lock).toHaveBeenCalledOnce();
});

test('sleep takes a copied secret away, also where it does not lock', () => {
  const { notice, lock, forgetClipboard } = setUp(() => ({ ...all, lockOnSuspend: false }));
  notice('suspend');
  expect([lock.mock.calls.length, forgetClipboard.mock.calls.length]).toEqual([0, 1]);
});

test('what Electron tells', () => {
  const [app, powerMonitor] = [new EventEmitter(), new EventEmitter()];
  let endSession: () => void = () => undefined;
  const window = { onSessionEnd: (tell: () => void) => (endSession = tell) };
  const reasons: LockReason[] = [];
  watchElectron({ app, powerMonitor, window } as never, (reason) => reasons.push(reason));
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active', 'shutdown', 'resume', 'unlock-screen'])
    powerMonitor.emit(event);
  app.emit('window-all-closed');
  endSession();
  expect(reasons).toEqual(['suspend', 'screen-lock', 'user-switch', 'shutdown', 'last-window-closed', 'shutdown']);
});
