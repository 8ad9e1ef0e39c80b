import { describe, expect, test, vi } from 'vitest';
import { Backups } from '../../renderer/state/backups.svelte';
import { WaysIn } from '../../renderer/state/ways-in.svelte';
import type { BackupRow, WaysProgress } from '../../renderer/state/types';
import { TestBridge, later, refuse } from './bridge';
import { isWiped, sampleOverview, sampleRecovery, sampleWay } from './samples';

const plain = sampleWay(1, [], { isInUse: true });

describe('list of the ways in', () => {
  test('follows a change, and asks for the list again once it has ended', async () => {
    let progress: WaysProgress = { step: 'rewriting', done: 1, total: 4 };
    const bridge = new TestBridge({
      'ways:list': () => sampleOverview([plain]),
      'ways:progress': () => progress,
    });
    const ways = new WaysIn(bridge.api);
    const disconnect = ways.connect();
    await ways.load();
    expect(ways.overview?.ways).toHaveLength(1);
    bridge.emit('ways:changed');
    await vi.waitFor(() => expect(ways.progress.done).toBe(1));
    expect(bridge.requestsOf('ways:list')).toHaveLength(1);
    progress = { step: 'idle', done: 0, total: 0 };
    bridge.emit('ways:changed');
    await vi.waitFor(() => expect(bridge.requestsOf('ways:list')).toHaveLength(2));
    disconnect();
    expect(bridge.listeners('ways:changed')).toBe(0);
  });

  test('says why a way in stays', async () => {
    const kept = async (...rows: Parameters<typeof sampleOverview>[0]) => {
      const ways = new WaysIn(new TestBridge({ 'ways:list': () => sampleOverview(rows) }).api);
      await ways.load();
      return rows.map((row) => ways.keptBecause(row));
    };
    expect(await kept(plain)).toEqual(['This is the only way in, so it can’t be removed.']);
    expect(await kept(plain, sampleRecovery(2))).toEqual([expect.stringContaining('works only once'), null]);
    expect(await kept(plain, sampleWay(3, ['totp']), sampleRecovery(2))).toEqual([
      null,
      null,
      expect.stringContaining('can get lost'),
    ]);
  });

  test('a recovery code is made with the password, whose bytes are wiped', async () => {
    let isWrong = true;
    const bridge = new TestBridge({
      'ways:list': () => sampleOverview([plain, sampleRecovery(2)]),
      'ways:add-recovery': () => (isWrong ? refuse('wrong-password', 'That is not the password') : {}),
    });
    const ways = new WaysIn(bridge.api);
    expect(await ways.addRecovery('')).toBe('Type the current password.');
    expect(await ways.addRecovery('wrong')).toBe('That is not the password.');
    isWrong = false;
    expect(await ways.addRecovery('right')).toBeNull();
    expect(ways.recovery).not.toBeNull();
    const sent = bridge.requestsOf('ways:add-recovery');
    expect(sent.map((request) => isWiped(request['currentPassword']))).toEqual([true, true]);
  });

  test('the making of a recovery code can be given up', async () => {
    const answer = later<ReturnType<typeof refuse>>();
    const bridge = new TestBridge({
      'ways:add-recovery': () => answer.promise,
      'ways:cancel': () => {
        answer.settle(refuse('cancelled', 'it was cancelled'));
        return {};
      },
    });
    const ways = new WaysIn(bridge.api);
    await ways.cancel();
    const making = ways.addRecovery('right');
    await ways.cancel();
    expect([await making, ways.isBusy]).toEqual(['', false]);
    expect(bridge.requestsOf('ways:cancel')).toHaveLength(1);
  });

  test('the horizon is kept or the refusal is said', async () => {
    const bridge = new TestBridge({
      'ways:list': () => sampleOverview([plain]),
      'ways:set-horizon': ({ days }) => (days === 90 ? refuse('disk-full', 'The disk is full') : {}),
    });
    const ways = new WaysIn(bridge.api);
    expect(await ways.setHorizon(30)).toBe(true);
    expect(await ways.setHorizon(90)).toBe(false);
    expect(ways.failure).toBe('The disk is full.');
  });
});

describe('backups', () => {
  const row: BackupRow = {
    id: 'one',
    fileName: 'Work 1.coffer',
    atMs: 1_700_000_000_000,
    sizeBytes: 1000,
    records: null,
    ways: [],
    codesEndAtMs: null,
    isOfNow: null,
    problem: '',
  };
  const list = () => ({ folder: '/backups', rows: [row] });

  test('are listed, made one at a time and listed again', async () => {
    const made = later<Record<string, never>>();
    const bridge = new TestBridge({ 'backup:list': list, 'backup:make': () => made.promise });
    const backups = new Backups(bridge.api);
    await backups.load();
    expect([backups.folder, backups.rows.length, backups.isLoaded]).toEqual(['/backups', 1, true]);
    const first = backups.make();
    expect(backups.running).toBe('make');
    expect(await backups.make()).toBe(false);
    made.settle({});
    expect(await first).toBe(true);
    expect([backups.running, bridge.requestsOf('backup:list').length]).toEqual([null, 2]);
  });

  test('a restore tells what comes next; a refusal is said', async () => {
    let answer: 'restored' | 'sign-in' | null = 'restored';
    const bridge = new TestBridge({
      'backup:list': list,
      'backup:restore': () => (answer === null ? refuse('vault-damaged', 'This file is damaged') : { outcome: answer }),
    });
    const backups = new Backups(bridge.api);
    expect(await backups.restore('one')).toBe('restored');
    answer = 'sign-in';
    expect(await backups.restore('one')).toBe('sign-in');
    answer = null;
    expect(await backups.restore('one')).toBeNull();
    expect(backups.failure).toBe('This file is damaged.');
  });

  test('a closed dialog changes nothing and is no failure', async () => {
    const bridge = new TestBridge({
      'backup:choose-folder': () => null,
      'backup:save-copy': () => refuse('cancelled'),
    });
    const backups = new Backups(bridge.api);
    expect(await backups.chooseFolder()).toBe(false);
    expect(await backups.saveCopy()).toBeNull();
    expect(backups.failure).toBeNull();
  });
});
