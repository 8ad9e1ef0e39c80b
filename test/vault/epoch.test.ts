import { closeSync, openSync, readdirSync, renameSync, rmSync, statSync, truncateSync, writeSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RekeyProgress } from '../../main/vault/rekey';
import { showRecoveryCode } from '../../main/vault/ways/recovery-code';
import { codeAt, passwordOnly, recordsOf, setUpRig } from '../support/rig';
import { mountSmallDisk } from '../support/small-disk';
import { bytesOf, password } from '../support/small-vault';

const other = 'another horse battery';
const secret = new Uint8Array(20).fill(5);
let rig: ReturnType<typeof setUpRig>;
beforeEach(async () => {
  rig = setUpRig();
  await rig.create();
});
afterEach(() => rig.remove());

const recover = (code: Uint8Array | null) => {
  rig.clock.steadyMs += 120_000;
  return rig.session.unlock({ kind: 'recovery', recoveryCode: showRecoveryCode(code ?? new Uint8Array(26)) });
};

describe('a change of the ways in', () => {
  test('ends the old password, codes and recovery code; records keep their ids, kinds and bytes', async () => {
    const overview = bytesOf('{"kind":"a kind of the year 2040","title":"?","novelty":[1,2]}');
    const id = rig.session.vault.save({ id: null, overview, body: bytesOf('unknown') });
    const oldCode = await rig.enrol(secret);
    rig.session.lock();
    rig.clock.nowMs += 300_000;
    const slot = rig.slotWith('totp');
    await rig.unlock({ slot, code: codeAt(secret, rig.clock.nowMs) });
    const newCode = await rig.replace({}, { password: bytesOf(other) });
    expect(Buffer.from(rig.session.vault.overviewOf(id) ?? []).equals(overview)).toBe(true);
    expect(rig.session.vault.mark.epoch).toBe(3);
    rig.session.lock();
    rig.clock.nowMs += 300_000;
    await expect(rig.unlock({ slot, code: codeAt(secret, rig.clock.nowMs) })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(rig.unlock()).rejects.toMatchObject({ code: 'wrong-password' });
    await expect(recover(oldCode)).rejects.toMatchObject({ code: 'wrong-password' });
    await rig.unlock(passwordOnly(other));
    expect(recordsOf(rig.session)).toEqual(['unknown']);
    rig.session.lock();
    await recover(newCode);
    expect(rig.session.state).toBe('renewing');
  });

  test('tells how far it has come', async () => {
    for (let n = 0; n < 1300; n++) rig.save(`record ${n}`);
    const seen: RekeyProgress[] = [];
    rig.session.subscribe(() => {
      if (rig.changes.progress !== null) seen.push(rig.changes.progress);
    });
    await rig.replace();
    const steps = seen.map(({ step }) => step);
    expect([...new Set(steps)]).toEqual(['deriving', 'rewriting', 'verifying', 'publishing']);
    for (const step of ['rewriting', 'verifying']) {
      const done = seen.filter((progress) => progress.step === step).map((progress) => progress.done);
      expect(done.length).toBeGreaterThan(1);
      expect(done).toEqual(done.toSorted((a, b) => a - b));
    }
    expect(seen.every(({ done, total }) => done <= total && total === 1300)).toBe(true);
    expect(rig.changes.progress).toBeNull();
    expect(rig.session.vault.size).toBe(1300);
  });

  test('asks for the password that opened the vault, and for consent to the end of each way', async () => {
    const wrong = rig.replace({ currentPassword: bytesOf(other) });
    await expect(wrong).rejects.toMatchObject({ code: 'wrong-password' });
    await expect(rig.replace({ currentPassword: null })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(rig.replace({ drops: [] })).rejects.toMatchObject({ code: 'bad-request' });
    expect(rig.session.vault.mark.epoch).toBe(1);
  });

  test('wants a recovery code before a factor that can be lost, and 12 characters', async () => {
    const request = {
      way: { ...passwordOnly(password), factors: ['totp'], name: '' },
      codes: null,
      hasRecovery: false,
    };
    const way = { ...request.way, keyFile: null, securityKey: null, computer: null, factors: ['totp'] as const };
    await expect(rig.replace({ request: { ...request, way } })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(rig.replace({}, { password: bytesOf('elevenchars') })).rejects.toMatchObject({
      code: 'weak-password',
    });
    await expect(rig.replace({}, { factors: ['totp'] })).rejects.toMatchObject({ code: 'bad-request' });
    await expect(rig.replace({}, { factors: ['key-file'] })).rejects.toMatchObject({ code: 'bad-request' });
  });

  test('has room for sixteen ways, and says which when it is full', async () => {
    await rig.replace();
    const way = { ...passwordOnly(other), factors: [], securityKey: null, computer: null, name: '' };
    for (let n = 0; n < 14; n++) await rig.changes.add(bytesOf(password), way);
    await expect(rig.changes.add(bytesOf(password), way)).rejects.toMatchObject({
      code: 'bad-request',
      message: expect.stringContaining('16') as string,
    });
    expect(rig.session.ways.list()).toHaveLength(16);
    rig.session.lock();
    await rig.unlock(passwordOnly(other));
  });
});

describe('a change that fails', () => {
  test('on a full disk: the old vault stays open and can be used', async () => {
    const disk = path.join(rig.folder, 'disk');
    const unmount = await mountSmallDisk(disk, 4096);
    const full = setUpRig();
    try {
      await full.create(path.join(disk, 'full.coffer'));
      for (let n = 0; n < 60; n++)
        full.session.vault.save({ id: null, overview: bytesOf('{}'), body: new Uint8Array(4000) });
      fill(disk);
      await expect(full.replace({}, { password: bytesOf(other) })).rejects.toMatchObject({ code: 'disk-full' });
      expect(readdirSync(disk).sort()).toEqual(['filler', 'full.coffer', 'full.coffer-wal']);
      expect(full.session.state).toBe('unlocked');
      expect(full.session.vault.refusal).toBeNull();
      const [first] = [...full.session.vault.overviews()];
      full.session.vault.remove(first?.id ?? '');
      full.session.lock();
      rmSync(path.join(disk, 'filler'));
      await full.unlock();
      expect(full.session.vault.size).toBe(59);
    } finally {
      await full.remove();
      await unmount();
    }
  });

  test('to be renamed: the old vault goes on with its own file', async () => {
    rig.save('one');
    const end = rig.session.subscribe(() => {
      if (rig.changes.progress?.step !== 'publishing') return;
      const [successor] = readdirSync(rig.folder).filter((name) => name.endsWith('.new'));
      renameSync(path.join(rig.folder, successor ?? ''), path.join(rig.folder, 'gone'));
    });
    await expect(rig.replace({}, { password: bytesOf(other) })).rejects.toMatchObject({ code: 'not-found' });
    end();
    rig.save('two');
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
    rig.session.lock();
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one', 'two']);
  });
});

test('a login with a code that can’t be written opens the vault for reading only, and says so', async () => {
  const disk = path.join(rig.folder, 'disk');
  const unmount = await mountSmallDisk(disk, 4096);
  const full = setUpRig();
  try {
    const file = path.join(disk, 'full.coffer');
    await full.create(file);
    full.save('one');
    await full.enrol(secret);
    full.session.lock();
    full.clock.nowMs += 40 * 24 * 3_600_000;
    const slot = full.slotWith('totp');
    fill(disk);
    await full.unlock({ slot, code: codeAt(secret, full.clock.nowMs) });
    expect(full.session.vault.refusal).toMatchObject({ code: 'read-only' });
    expect(recordsOf(full.session)).toEqual(['one']);
    expect(() => full.save('two')).toThrow(expect.objectContaining({ code: 'read-only' }));
    await expect(full.replace()).rejects.toMatchObject({ code: 'read-only' });
    await expect(full.changes.setHorizon(30)).rejects.toMatchObject({ code: 'read-only' });
    full.session.lock();
    rmSync(path.join(disk, 'filler'));
    full.clock.nowMs += 60_000;
    await full.unlock({ slot, code: codeAt(secret, full.clock.nowMs) });
    expect(full.session.vault.refusal).toBeNull();
    full.save('two');
  } finally {
    await full.remove();
    await unmount();
  }
});

/** Fills a disk, but for 64 KiB. */
function fill(disk: string): void {
  const file = openSync(path.join(disk, 'filler'), 'w');
  try {
    for (;;) writeSync(file, new Uint8Array(4096));
  } catch {
    // It is full now.
  } finally {
    closeSync(file);
  }
  truncateSync(path.join(disk, 'filler'), statSync(path.join(disk, 'filler')).size - 65_536);
}
