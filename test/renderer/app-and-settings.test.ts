import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { defaultSettings } from '../../main/ipc/handlers/settings';
import { AppState } from '../../renderer/state/app.svelte';
import { sentenceOf } from '../../renderer/state/sentence';
import { VaultSettings } from '../../renderer/state/vault-settings.svelte';
import type { AppStatus, VaultWarning } from '../../renderer/state/types';
import { TestBridge, refuse } from './bridge';
import { sampleStatus } from './samples';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('app and settings', () => {
  const status = sampleStatus();

  test('the status is asked for again when the main process says that it changed', async () => {
    let state: 'locked' | 'unlocked' = 'locked';
    const bridge = new TestBridge({ 'app:status': () => ({ ...status, state }) });
    const app = new AppState(bridge.api);
    app.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(app.status?.state).toBe('locked');
    state = 'unlocked';
    bridge.emit('app:changed');
    await vi.advanceTimersByTimeAsync(0);
    expect(app.status?.state).toBe('unlocked');
  });

  test('a vault that cannot be chosen is said; a closed dialog is no failure', async () => {
    let isBroken = true;
    const bridge = new TestBridge({
      'app:status': () => status,
      'vault:choose-existing': () => (isBroken ? refuse('not-a-vault', 'file: expected a Coffer vault') : null),
    });
    const app = new AppState(bridge.api);
    await app.chooseExisting();
    expect(app.failure).toBe('File: expected a Coffer vault.');
    isBroken = false;
    await app.chooseExisting();
    expect(app.failure).toBeNull();
  });

  test('a restore that waits for the next unlock can be given up', async () => {
    let restoring: AppStatus['restoring'] = { fileName: 'Work 1.coffer', atMs: 1 };
    const bridge = new TestBridge({
      'app:status': () => sampleStatus({ restoring }),
      'backup:cancel-restore': () => {
        restoring = null;
        return {};
      },
    });
    const app = new AppState(bridge.api);
    await app.refresh();
    expect(app.status?.restoring?.atMs).toBe(1);
    await app.cancelRestore();
    expect(app.status?.restoring).toBeNull();
  });

  test('a warning that was hidden stays away, and another one does not', async () => {
    const warnings: VaultWarning[] = [{ kind: 'password-alone', message: 'Anyone with only the password gets in.' }];
    const bridge = new TestBridge({ 'vault:integrity': () => ({ state: 'whole', checked: 1, total: 1, warnings }) });
    const settings = new VaultSettings(bridge.api);
    expect(settings.warnings).toEqual([]);
    await settings.loadIntegrity();
    await settings.hide('password-alone');
    expect(settings.warnings).toEqual([]);
    warnings.push({ kind: 'backup-failed', message: 'The disk is full.' });
    await settings.loadIntegrity();
    expect(settings.warnings.map(({ kind }) => kind)).toEqual(['backup-failed']);
  });

  test('the hint at a recovery code is hidden for good, also where that can’t be kept', async () => {
    let kept = { ...defaultSettings };
    let isFull = false;
    const bridge = new TestBridge({
      'vault:integrity': () => ({
        state: 'whole',
        checked: 1,
        total: 1,
        warnings: [{ kind: 'no-recovery', message: 'Nothing opens it.' }],
      }),
      'settings:get': () => kept,
      'settings:set': (settings) => {
        if (isFull) return refuse('disk-full');
        kept = settings;
        return {};
      },
    });
    const settings = new VaultSettings(bridge.api);
    await settings.loadIntegrity();
    // Whether it was hidden before is not known yet.
    expect(settings.warnings).toEqual([]);
    await settings.load();
    expect(settings.warnings.map(({ kind }) => kind)).toEqual(['no-recovery']);
    isFull = true;
    await settings.hide('no-recovery');
    expect([settings.warnings, kept.showsRecoveryHint]).toEqual([[], true]);
    isFull = false;
    await settings.hide('no-recovery');
    expect(kept).toEqual({ ...defaultSettings, showsRecoveryHint: false });
    const later = new VaultSettings(bridge.api);
    await Promise.all([later.load(), later.loadIntegrity()]);
    expect(later.warnings).toEqual([]);
  });

  test('warnings about the ways in are asked for again when these change', async () => {
    const warnings: VaultWarning[] = [{ kind: 'codes-end-soon', message: 'The codes end.' }];
    const bridge = new TestBridge({
      'vault:integrity': () => ({ state: 'whole', checked: 1, total: 1, warnings }),
      'settings:get': () => defaultSettings,
    });
    const settings = new VaultSettings(bridge.api);
    const end = settings.connect();
    await vi.advanceTimersByTimeAsync(0);
    expect(settings.warnings).toHaveLength(1);
    warnings.length = 0;
    bridge.emit('ways:changed');
    await vi.advanceTimersByTimeAsync(0);
    expect(settings.warnings).toEqual([]);
    end();
    warnings.push({ kind: 'codes-end-soon', message: 'The codes end.' });
    bridge.emit('ways:changed');
    await vi.advanceTimersByTimeAsync(0);
    expect(settings.warnings).toEqual([]);
  });

  test('one setting is changed without touching the other; a refused one is not shown', async () => {
    const bridge = new TestBridge({
      'settings:get': () => ({ ...defaultSettings, lockAfterMinutes: 10, hideRevealedAfterSeconds: 30 }),
      'settings:set': ({ lockAfterMinutes }) => (lockAfterMinutes === 99 ? refuse('disk-full') : {}),
    });
    const settings = new VaultSettings(bridge.api);
    expect(await settings.set({ lockAfterMinutes: 5 })).toBe(false);
    await settings.load();
    expect(await settings.set({ lockAfterMinutes: 5 })).toBe(true);
    expect(settings.settings).toEqual({ ...defaultSettings, lockAfterMinutes: 5, hideRevealedAfterSeconds: 30 });
    expect(await settings.set({ lockAfterMinutes: 99 })).toBe(false);
    expect(settings.settings?.lockAfterMinutes).toBe(5);
  });

  test('errors are said in the words of the screens', () => {
    const said = (message: string) => sentenceOf({ code: 'bad-request', message });
    expect(said('keyName: expected ASCII')).toBe('EC2 key pair name: expected ASCII.');
    expect(said('vault: unlock it first')).toBe('Vault: unlock it first.');
    expect(said('Really?')).toBe('Really?');
    expect(said('constructor: x')).toBe('Constructor: x.');
  });
});
