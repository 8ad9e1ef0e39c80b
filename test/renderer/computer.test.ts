import { expect, test } from 'vitest';
import { About } from '../../renderer/state/about.svelte';
import { defaultSettings } from '../../main/ipc/handlers/settings';
import { AppState } from '../../renderer/state/app.svelte';
import { Computer } from '../../renderer/state/computer.svelte';
import { followMenu } from '../../renderer/state/menu';
import { RecentVaults } from '../../renderer/state/recent-vaults.svelte';
import { Workspace } from '../../renderer/state/workspace.svelte';
import type { ComputerSettings, RecentVault } from '../../renderer/state/types';
import { TestBridge, refuse } from './bridge';
import { sampleStatus } from './samples';

const row = (id: number, changes: Partial<RecentVault> = {}): RecentVault => ({
  ...{ id, name: `vault ${id}`, folder: '~', atMs: id, isChosen: false, isThere: true },
  ...changes,
});

test('recent vaults are those besides the chosen one, and one can be forgotten', async () => {
  let rows = [row(1, { isChosen: true }), row(2), row(3, { isThere: false })];
  const bridge = new TestBridge({
    'vault:recent': () => ({ rows }),
    'vault:forget-recent': ({ id }) => {
      if (!rows.some((known) => known.id === id)) return refuse('not-found', 'recent vault: it is gone');
      rows = rows.filter((known) => known.id !== id);
      return {};
    },
    'vault:put-recent-back': ({ id }) => {
      if (id !== 3) return refuse('not-found', 'recent vault: it is gone');
      rows = [...rows, row(3)];
      return {};
    },
  });
  const recent = new RecentVaults(bridge.api);
  expect(recent.rows).toBeNull();
  await recent.load();
  expect(recent.rows?.map(({ id }) => id)).toEqual([2, 3]);
  await recent.forget(row(3));
  expect([recent.rows?.map(({ id }) => id), recent.failure, recent.forgotten?.id]).toEqual([[2], null, 3]);
  await recent.putBack();
  expect([recent.rows?.map(({ id }) => id), recent.failure, recent.forgotten]).toEqual([[2, 3], null, null]);
  await recent.forget(row(3));
  await recent.forget(row(3));
  expect([recent.rows?.map(({ id }) => id), recent.failure]).toEqual([[2], 'Recent vault: it is gone.']);
  expect(recent.forgotten).toBeNull();
});

test('a recent vault is chosen by its id, and a refusal is said', async () => {
  const bridge = new TestBridge({
    'app:status': () => sampleStatus(),
    'vault:choose-recent': ({ id }) => (id === 2 ? {} : refuse('busy', 'vault: another step is still running')),
  });
  const app = new AppState(bridge.api);
  await app.chooseRecent(2);
  expect([app.failure, app.status?.vaultName]).toEqual([null, 'Work']);
  await app.chooseRecent(5);
  expect(app.failure).toBe('Vault: another step is still running.');
});

test('settings of this computer are kept one by one, and stand as the main process has them', async () => {
  let kept: ComputerSettings = {
    ...{ startsAtLogin: false, startsHidden: false, whenLastWindowCloses: 'quit', notifications: [] },
  };
  const bridge = new TestBridge({
    'computer:settings': () => ({ ...kept, canStay: true }),
    'computer:change': (settings) => {
      if (settings.startsAtLogin) return refuse('no-permission', 'autostart folder: expected to be writable');
      kept = settings;
      return {};
    },
  });
  const computer = new Computer(bridge.api);
  expect(await computer.set({ startsHidden: true })).toBe(false);
  await computer.load();
  expect([computer.settings, computer.canStay]).toEqual([kept, true]);
  expect(await computer.setNotification('backup-failed', true)).toBe(true);
  expect(await computer.setNotification('locked-by-itself', true)).toBe(true);
  expect(await computer.setNotification('backup-failed', false)).toBe(true);
  expect(computer.settings?.notifications).toEqual(['locked-by-itself']);
  expect(await computer.set({ startsAtLogin: true })).toBe(false);
  expect(computer.settings?.startsAtLogin).toBe(false);
  expect(computer.failure).toBe('Autostart folder: expected to be writable.');
});

test('About lists the versions and says once they are copied', async () => {
  let isRefused = true;
  const versions = { coffer: '1', electron: '2', chromium: '3', node: '4', sqlite: '5' };
  const bridge = new TestBridge({
    'about:facts': () => ({ ...versions, isEvaluationRuntime: false, notices: [] }),
    'about:copy-versions': () => (isRefused ? refuse('internal', 'Coffer: something went wrong inside') : {}),
  });
  const about = new About(bridge.api);
  expect(about.versions).toEqual([]);
  await about.load();
  expect(about.versions.map(([name, version]) => `${name} ${version}`)).toEqual([
    ...['Coffer 1', 'Electron 2', 'Chromium 3', 'Node 4', 'SQLite 5'],
  ]);
  await about.copy();
  expect([about.isCopied, about.failure]).toEqual([false, 'Coffer: something went wrong inside.']);
  isRefused = false;
  await about.copy();
  expect([about.isCopied, about.failure]).toEqual([true, null]);
});

test('steps of the menu bar are taken, but not behind a dialog', async () => {
  const bridge = new TestBridge({
    'app:status': () => sampleStatus({ state: 'unlocked' }),
    'vault:choose-existing': () => null,
    'guide:tasks': () => refuse('internal'),
    'settings:get': () => defaultSettings,
  });
  const app = new AppState(bridge.api);
  const endApp = app.connect();
  const workspace = new Workspace(bridge.api);
  let isDialogOpen = true;
  const end = followMenu(bridge.api, workspace, app, () => isDialogOpen);
  await app.refresh();
  bridge.emit('menu:settings');
  expect(workspace.navigation.section).toBe('all');
  isDialogOpen = false;
  bridge.emit('menu:settings');
  expect(workspace.navigation.section).toBe('settings');
  bridge.emit('menu:new-item');
  expect(workspace.navigation.dialog).toBe('create');
  for (const event of ['menu:import', 'menu:guide', 'menu:open-vault'] as const) bridge.emit(event);
  expect([workspace.navigation.dialog, workspace.navigation.section]).toEqual(['create', 'settings']);
  workspace.navigation.dialog = null;
  bridge.emit('menu:help');
  expect([workspace.navigation.section, app.isHelpShown]).toEqual(['help', false]);
  bridge.emit('menu:settings');
  bridge.emit('menu:about');
  expect(app.isAboutShown).toBe(true);
  bridge.emit('menu:guide');
  expect(workspace.navigation.section).toBe('settings');
  app.isAboutShown = false;
  bridge.emit('menu:open-vault');
  expect(bridge.requestsOf('vault:choose-existing')).toHaveLength(1);
  end();
  endApp();
  expect(bridge.listeners('menu:guide') + bridge.listeners('menu:about')).toBe(0);
});

test('a vault can be opened by the menu bar while none is, and help be had', async () => {
  const bridge = new TestBridge({ 'app:status': () => sampleStatus(), 'vault:choose-existing': () => null });
  const app = new AppState(bridge.api);
  app.connect();
  await app.refresh();
  bridge.emit('menu:help');
  expect(app.isHelpShown).toBe(true);
  bridge.emit('menu:open-vault');
  expect(bridge.requestsOf('vault:choose-existing')).toHaveLength(1);
});
