import { copyFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { RollbackMemory } from '../../main/files/rollback-memory';
import { setUpBridge } from '../support/bridge';
import { setUpRig } from '../support/rig';
import { bytesOf, password } from '../support/small-vault';
import { newWays } from '../support/ways';

let bridge: ReturnType<typeof setUpBridge>;
beforeEach(async () => {
  bridge = setUpBridge();
  bridge.clock.nowMs = Date.UTC(2026, 10, 25, 12);
  await bridge.createVault();
});
afterEach(() => bridge.remove());

const onlySlot = async () =>
  (await bridge.get('vault:ways', {})).ways.find(({ kind }) => kind === 'password')?.slot ?? '';

test('forgetting what was begun, or picking another file, does not change a way that is being made', async () => {
  const file = path.join(bridge.home, 'any.bin');
  writeFileSync(file, 'x'.repeat(32));
  writeFileSync(path.join(bridge.home, 'other.bin'), 'y'.repeat(32));
  bridge.answers.push(file);
  await bridge.get('ways:pick-key-file', {});
  await bridge.get('ways:enrol-security-key', {});
  const replacing = bridge.get('ways:replace', await newWays(bridge, { factors: ['key-file', 'security-key'] }));
  bridge.answers.push(path.join(bridge.home, 'other.bin'));
  await bridge.get('ways:pick-key-file', {});
  await bridge.get('ways:forget-begun', {});
  await replacing;
  bridge.session.lock();
  bridge.answers.push(file);
  await bridge.get('vault:pick-key-file', {});
  const request = await bridge.unlockRequest({ slot: await onlySlot() });
  const unlocking = bridge.call('vault:unlock', request);
  bridge.answers.push(path.join(bridge.home, 'other.bin'));
  await bridge.get('vault:pick-key-file', {});
  expect(await unlocking).toMatchObject({ ok: true });
});

describe('this computer', () => {
  const bind = async (changes = {}) =>
    bridge.call('ways:replace', await newWays(bridge, { factors: ['this-computer'], ...changes }));

  test('is refused, with the reason, where the keychain can’t be trusted; nothing is kept', async () => {
    bridge.factors.state.keychainReason = 'this system has no keychain';
    expect(await bind()).toMatchObject({
      ok: false,
      error: { code: 'not-supported', message: expect.stringContaining('no keychain') as string },
    });
    expect(bridge.factors.sealed.size).toBe(0);
    expect(bridge.session.vault.mark.epoch).toBe(1);
  });

  test('keeps its secret, and the sheet is shown, if the vault is locked as soon as the change is done', async () => {
    bridge.session.vault.save({ id: null, overview: bytesOf('{}'), body: bytesOf('body') });
    const end = bridge.session.subscribe((event) => {
      if (event !== 'opened') return;
      end();
      setImmediate(() => bridge.session.lock());
    });
    expect(await bind()).toMatchObject({ ok: true });
    expect(bridge.session.state).toBe('locked');
    expect(bridge.factors.sealed.size).toBe(1);
    expect(bridge.factors.state.sheetCode).toMatch(/^([0-9A-Z]{4}-){6}[0-9A-Z]{4}$/);
    await bridge.unlock({ slot: await onlySlot() });
  });

  test('gives its secret up when the change fails', async () => {
    expect(await bind({ currentPassword: bytesOf('wrong horse battery') })).toMatchObject({ ok: false });
    expect(bridge.factors.sealed.size).toBe(0);
  });

  test('keeps its secret when the way ends: backups and copies of the vault may ask for it', async () => {
    await bind();
    bridge.clock.nowMs += 5000;
    await bridge.get('ways:replace', await newWays(bridge, { keepsOlderBackups: true }));
    expect(bridge.factors.sealed.size).toBe(1);
    const { rows } = await bridge.get('backup:list', {});
    const older = rows.find(({ isOfNow }) => isOfNow === false);
    expect(await bridge.get('backup:restore', { id: older?.id ?? '' })).toEqual({ outcome: 'sign-in' });
    await bridge.unlock({ slot: await onlySlot() });
    await bridge.get('ways:replace', await newWays(bridge));
    expect(bridge.factors.sealed.size).toBe(1);
  });

  test('of another machine says so', async () => {
    await bind();
    bridge.session.lock();
    bridge.factors.sealed.clear();
    const request = await bridge.unlockRequest({ slot: await onlySlot() });
    expect(await bridge.call('vault:unlock', request)).toMatchObject({ error: { code: 'not-found' } });
  });
});

test('what a dialog brings after a lock is dropped', async () => {
  bridge.answers.push(path.join(bridge.home, 'made.coffer-key'));
  bridge.whileDialogsAreOpen(() => bridge.get('vault:lock', {}));
  expect(await bridge.call('ways:make-key-file', {})).toMatchObject({ error: { code: 'vault-locked' } });
});

test('an older copy in the vault’s place gives a warning, once; restoring a backup gives none', async () => {
  const keychain = { availability: () => Promise.resolve({ isPossible: false }), seal: notThere, open: notThere };
  const memory = new RollbackMemory(path.join(bridge.folder, 'seen'), () => keychain);
  const rig = setUpRig({ sightings: memory, highestSeen: (id) => memory.highestSeen(id) });
  try {
    await rig.create();
    rig.save('one');
    await rig.backups.backUpNow();
    rig.session.lock();
    copyFileSync(rig.file, path.join(rig.folder, 'older'));
    await rig.unlock();
    expect(rig.session.rollback).toBe('as-expected');
    rig.save('two');
    const name = rig.backups.list()[0]?.fileName ?? '';
    expect(await rig.backups.restore(name)).toBe('restored');
    expect(rig.session.rollback).toBe('as-expected');
    rig.session.lock();
    copyFileSync(path.join(rig.folder, 'older'), rig.file);
    await rig.unlock({ password: bytesOf(password) });
    expect(rig.session.rollback).toBe('older');
  } finally {
    await rig.remove();
    await memory.flush();
  }
});

function notThere(): Promise<never> {
  return Promise.reject(new Error('no keychain'));
}
