import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchTrayHost } from '../../main/desktop/tray-host';
import { Buses } from '../support/buses';
import { TrayPanel } from '../support/tray-panel';

let buses: Buses;
let panels: TrayPanel[] = [];
let ends: (() => void)[] = [];
beforeEach(async () => {
  buses = await Buses.startSession();
});
afterEach(() => {
  for (const end of ends) end();
  for (const panel of panels) panel.stop();
  buses.stop();
  [panels, ends] = [[], []];
});

const soon = { timeout: 30_000 };

async function startPanel(): Promise<TrayPanel> {
  const panel = await TrayPanel.start(buses.env);
  panels.push(panel);
  return panel;
}

function watch(environment: Record<string, string>, platform: NodeJS.Platform = 'linux') {
  const told: boolean[] = [];
  const end = watchTrayHost({ platform, environment, userId: process.getuid?.() ?? 0 }, (isThere) =>
    told.push(isThere),
  );
  ends.push(end);
  return { told, end };
}

test('a panel that is there, goes and comes back is told of, over a real bus', async () => {
  const { told } = watch(buses.env);
  await expect.poll(() => told, soon).toEqual([false]);
  const panel = await startPanel();
  await expect.poll(() => told, soon).toEqual([false, true]);
  panel.stop();
  await expect.poll(() => told, soon).toEqual([false, true, false]);
  await startPanel();
  await expect.poll(() => told.at(-1), soon).toBe(true);
  const late = watch(buses.env);
  await expect.poll(() => late.told, soon).toEqual([true]);
});

test('another program that says what the bus would is not believed', async () => {
  const { told } = watch(buses.env);
  await expect.poll(() => told, soon).toEqual([false]);
  const changed = ['/org/freedesktop/DBus', 'org.freedesktop.DBus.NameOwnerChanged'];
  const args = ['string:org.kde.StatusNotifierWatcher', 'string:', 'string::1.99'];
  await buses.sendDirectly('session', [...changed, ...args]);
  const panel = await startPanel();
  await expect.poll(() => told, soon).toEqual([false, true]);
  panel.stop();
});

test('without a bus there is none; other systems always have one', async () => {
  const none = watch({});
  const gone = watch({ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' });
  const other = watch({}, 'win32');
  await expect.poll(() => [none.told, gone.told, other.told], soon).toEqual([[false], [false], [true]]);
});

test('nothing more is told once it is ended', async () => {
  const { told, end } = watch(buses.env);
  await expect.poll(() => told, soon).toEqual([false]);
  end();
  await startPanel();
  expect(told).toEqual([false]);
});
