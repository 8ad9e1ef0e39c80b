import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LockReason } from '../../main/desktop/auto-lock/auto-lock';
import { watchLinuxBuses } from '../../main/desktop/auto-lock/linux-watch';
import { Buses, type LogindSignal } from '../support/buses';
import { until } from '../support/until';

let buses: Buses;
let reasons: LockReason[];
let end: () => void;

beforeAll(async () => {
  buses = await Buses.start();
  reasons = [];
  end = watchLinuxBuses({ environment: buses.env, userId: process.getuid?.() ?? 0 }, (reason) => reasons.push(reason));
  // Both connections stand as soon as a signal of each comes through.
  await until(async () => {
    await buses.sendActiveChanged(true);
    buses.sendLogind('user-switch');
    return reasons.includes('screen-lock') && reasons.includes('user-switch');
  });
  await fromSession();
  await fromSystem();
});
afterAll(() => {
  end();
  buses.stop();
});

/** What came over the session's bus, once all that was sent before came through. */
async function fromSession(): Promise<LockReason[]> {
  const before = reasons.length;
  await buses.sendActiveChanged(true, 'org.kde.screensaver');
  await until(() => reasons.length > before);
  return reasons.splice(0).slice(0, -1);
}

/** The same of the system's. */
async function fromSystem(): Promise<LockReason[]> {
  buses.sendLogind('sleep');
  await until(() => reasons.includes('suspend'));
  return reasons.splice(0).slice(0, -1);
}

test.each([
  ['lock', ['screen-lock']],
  ['locked-hint', ['screen-lock']],
  ['user-switch', ['user-switch']],
  ['unlocked-hint', []],
  ['wake', []],
  ['lock-other', []],
] satisfies [LogindSignal, LockReason[]][])('logind: %s', async (signal, expected) => {
  buses.sendLogind(signal);
  expect(await fromSystem()).toEqual(expected);
});

test.each(['freedesktop', 'gnome', 'mate', 'cinnamon', 'xfce'])('the screen saver of %s', async (desktop) => {
  const name = `org.${desktop}.ScreenSaver`;
  await buses.sendActiveChanged(false, name);
  expect(await fromSession()).toEqual([]);
  await buses.sendActiveChanged(true, name);
  expect(await fromSession()).toEqual(['screen-lock']);
});

const own = '/org/freedesktop/login1/session/_31';

test.each([
  ['lock', [own, 'org.freedesktop.login1.Session.Lock']],
  ['sleep', ['/org/freedesktop/login1', 'org.freedesktop.login1.Manager.PrepareForSleep', 'boolean:true']],
])('another program that says what logind would, to this one alone, is not believed: %s', async (_, signal) => {
  await buses.sendDirectly('system', signal);
  expect(await fromSystem()).toEqual([]);
  const changed = ['/org/freedesktop/DBus', 'org.freedesktop.DBus.NameOwnerChanged'];
  await buses.sendDirectly('system', [...changed, 'string:org.freedesktop.login1', 'string:', 'string:']);
  expect(await fromSystem()).toEqual([]);
});

test('a screen that is locked already when logind is found counts', async () => {
  const later = await Buses.start();
  await later.beLocked();
  const noticed: LockReason[] = [];
  const endLater = watchLinuxBuses({ environment: later.env, userId: process.getuid?.() ?? 0 }, (reason) =>
    noticed.push(reason),
  );
  await until(() => noticed.length > 0);
  expect(noticed).toEqual(['screen-lock']);
  endLater();
  later.stop();
});

test('logind: sleep', async () => {
  buses.sendLogind('sleep');
  await until(() => reasons.length > 0);
  expect(reasons.splice(0)).toEqual(['suspend']);
});

test('a screen saver that nobody knows is none', async () => {
  await buses.sendActiveChanged(true, 'com.example.ScreenSaver');
  expect(await fromSession()).toEqual([]);
});
