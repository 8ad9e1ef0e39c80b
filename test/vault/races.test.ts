import { linkSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SessionDeps } from '../../main/vault/session-deps';
import { showRecoveryCode } from '../../main/vault/ways/recovery-code';
import { codeAt, hour, minute, recordsOf, setUpRig, textOf } from '../support/rig';
import { bytesOf, password, passwordAttempt } from '../support/small-vault';

vi.mock('../../main/crypto/totp', async (importOriginal) => {
  const { rememberCodes } = await import('../support/known-codes');
  return rememberCodes(await importOriginal());
});

const secret = new Uint8Array(20).fill(5);
const other = 'another horse battery';

let onCompare: () => void = () => undefined;
const sightings: SessionDeps['sightings'] = {
  compare: async () => {
    await Promise.resolve();
    onCompare();
    return 'as-expected';
  },
  note: () => undefined,
};

let rig: ReturnType<typeof setUpRig>;
const unhandled: unknown[] = [];
const noteUnhandled = (error: unknown) => unhandled.push(error);
beforeEach(async () => {
  onCompare = () => undefined;
  rig = setUpRig({ sightings });
  process.on('unhandledRejection', noteUnhandled);
  await rig.create();
  for (const text of ['one', 'two', 'three']) rig.save(text);
});
afterEach(async () => {
  await rig.remove();
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', noteUnhandled);
  expect(unhandled.splice(0)).toEqual([]);
});

const workingFiles = () => readdirSync(rig.folder).filter((name) => name.startsWith('.'));

describe('locking', () => {
  test('while a vault is being opened leaves it locked', async () => {
    rig.session.lock();
    const unlocking = rig.unlock();
    rig.session.lock();
    await expect(unlocking).rejects.toMatchObject({ code: 'vault-locked' });
    expect(rig.session.state).toBe('locked');
    await rig.unlock();
    rig.session.lock();
    onCompare = () => rig.session.lock();
    await expect(rig.unlock()).rejects.toMatchObject({ code: 'vault-locked' });
    expect(rig.session.state).toBe('locked');
  });

  test('while a vault is being made leaves it made, and locked', async () => {
    rig.session.lock();
    const file = `${rig.folder}/second.coffer`;
    rig.session.choose(file, true);
    const creating = rig.session.create(bytesOf(password));
    rig.session.lock();
    await expect(creating).rejects.toMatchObject({ code: 'vault-locked' });
    expect(rig.session.state).toBe('locked');
    await rig.unlock();
  });

  test('during a change of the ways in, at any step, leaves the old vault whole and no files', async () => {
    for (const step of ['deriving', 'rewriting', 'verifying', 'publishing']) {
      let hasLocked = false;
      const end = rig.session.subscribe((event) => {
        if (event !== 'ways-changed' || rig.changes.progress?.step !== step || hasLocked) return;
        hasLocked = true;
        rig.session.lock();
      });
      const changing = rig.replace({}, { password: bytesOf(other) });
      // Three records are too few for a report in the middle.
      if (step === 'rewriting' || step === 'verifying') setImmediate(() => rig.session.lock());
      await expect(changing).rejects.toMatchObject({ code: 'vault-locked' });
      end();
      expect(rig.session.state).toBe('locked');
      expect(readdirSync(rig.folder).filter((name) => !name.includes('backups'))).toEqual(['test.coffer']);
      await expect(rig.unlock({ password: bytesOf(other) })).rejects.toMatchObject({ code: 'wrong-password' });
      await rig.unlock();
      expect(recordsOf(rig.session)).toEqual(['one', 'three', 'two']);
    }
  });

  test('after the new vault took the old one’s place gives the recovery code all the same', async () => {
    onCompare = () => rig.session.lock();
    const code = await rig.replace({}, { password: bytesOf(other) });
    expect(rig.session.state).toBe('locked');
    onCompare = () => undefined;
    rig.clock.steadyMs += hour;
    await rig.session.unlock({ kind: 'recovery', recoveryCode: shown(code) });
    expect(rig.session.state).toBe('renewing');
  });

  test('during the backup that follows an epoch loses no code, and the older backups go at the next unlock', async () => {
    await rig.backups.backUpNow();
    const end = rig.session.subscribe((event) => {
      if (event !== 'opened') return;
      end();
      setImmediate(() => rig.session.lock());
    });
    const code = await rig.replace({}, { password: bytesOf(other) });
    expect(textOf(code)).toMatch(/^[0-9A-Z]{26}$/);
    expect(rig.session.state).toBe('locked');
    expect(rig.backups.failure).toBeNull();
    await rig.unlock({ password: bytesOf(other) });
    await rig.backups.idle();
    const ofNow = rig.session.vault.mark.epoch;
    expect(rig.backups.list().map(({ content }) => content?.identity.epoch)).toEqual([ofNow]);
    expect(workingFiles()).toEqual([]);
  });

  test('during a backup or a copy leaves nothing of it', async () => {
    const steps = [() => rig.backups.backUpNow(), () => rig.backups.saveCopy(`${rig.folder}/copy.coffer`)];
    for (const step of steps) {
      const running = step();
      rig.session.lock();
      await expect(running).rejects.toMatchObject({ code: 'vault-locked' });
      await rig.unlock();
      await rig.backups.idle();
      expect(readdirSync(rig.backupFolder).filter((name) => !name.includes(' auto'))).toEqual([]);
      expect(workingFiles()).toEqual([]);
      expect(readdirSync(rig.folder)).not.toContain('copy.coffer');
    }
  });

  test('during a restore leaves the vault or the backup, whole', async () => {
    await rig.backups.backUpNow();
    const backup = rig.backups.list().find(({ kind }) => kind === 'by hand')?.fileName ?? '';
    rig.save('four');
    for (let turns = 0; turns < 12; turns++) {
      const restoring = rig.backups.restore(backup).then(
        () => 'restored',
        (error: unknown) => codeOf(error),
      );
      for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
      rig.session.lock();
      const outcome = await restoring;
      expect(['restored', 'vault-locked']).toContain(outcome);
      await rig.unlock();
      const now = recordsOf(rig.session);
      expect([3, 4]).toContain(now.length);
      if (outcome === 'vault-locked') expect(now).toHaveLength(4);
      if (now.length === 3) rig.save('four');
      expect(workingFiles().filter((name) => !name.endsWith('.coffer-wal'))).toEqual([]);
    }
  });
});

describe('one step at a time', () => {
  test('nothing is saved, chosen, restored or unlocked while the ways in change; the vault can be read', async () => {
    await rig.backups.backUpNow();
    const backup = rig.backups.list().find(({ kind }) => kind === 'by hand')?.fileName ?? '';
    const refused: unknown[] = [];
    let read: string[] = [];
    let others: Promise<unknown>[] = [];
    const end = rig.session.subscribe((event) => {
      if (event !== 'ways-changed' || rig.changes.progress?.step !== 'deriving') return;
      for (const step of [() => rig.save('late'), () => rig.session.choose('/tmp/other.coffer', false)]) {
        try {
          step();
        } catch (error) {
          refused.push(codeOf(error));
        }
      }
      read = recordsOf(rig.session);
      const begun = [
        rig.backups.restore(backup),
        rig.backups.backUpNow(),
        rig.session.unlock(passwordAttempt(password)),
        rig.changes.addRecovery(bytesOf(password)),
      ];
      others = begun.map((step) => step.catch((error: unknown) => error));
    });
    await rig.replace();
    end();
    expect((await Promise.all(others)).map(codeOf)).toEqual(['busy', 'busy', 'busy', 'busy']);
    expect(refused).toEqual(['busy', 'busy']);
    expect(read).toEqual(['one', 'three', 'two']);
    expect(recordsOf(rig.session)).toEqual(['one', 'three', 'two']);
    rig.save('four');
  });

  test('a backup of an older epoch is not asked for while a step runs', async () => {
    await rig.replace({ keepsOlderBackups: true });
    await rig.backups.backUpNow();
    await rig.replace({ keepsOlderBackups: true }, { password: bytesOf(password) });
    const older = rig.backups.list().find(({ kind }) => kind === 'by hand')?.fileName ?? '';
    rig.session.lock();
    const unlocking = rig.unlock();
    await expect(rig.backups.restore(older)).rejects.toMatchObject({ code: 'busy' });
    await unlocking;
    expect(rig.backups.restoring).toBeNull();
  });
});

describe('the lock on the open file', () => {
  test('holds while backups are listed, made and restored, even if one of them is a link to the vault', async () => {
    await rig.backups.backUpNow();
    const [first] = rig.backups.list();
    linkSync(rig.file, `${rig.backupFolder}/test 2020-01-01 00-00-00Z by hand.coffer`);
    expect(rig.backups.list().at(-1)).toMatchObject({ content: null });
    await expect(rig.backups.restore('test 2020-01-01 00-00-00Z by hand.coffer')).rejects.toMatchObject({
      code: 'vault-damaged',
    });
    await rig.backups.restore(first?.fileName ?? '');
    await rig.backups.saveCopy(`${rig.folder}/copy.coffer`);
    expect(isLockedByUs(rig.file)).toBe(true);
    await rig.replace();
    expect(isLockedByUs(rig.file)).toBe(true);
    rig.session.lock();
    expect(isLockedByUs(rig.file)).toBe(false);
  });
});

describe('a restored vault', () => {
  test('keeps what was learnt of the authenticator’s clock, and takes no code that was used since', async () => {
    await rig.enrol(secret);
    const login = (atMs = rig.clock.nowMs) => rig.unlock({ slot: rig.slotWith('totp'), code: codeAt(secret, atMs) });
    const skewMs = 2 * minute;
    for (const aheadMs of [30_000, 60_000, 90_000, skewMs]) {
      rig.session.lock();
      rig.clock.nowMs += hour;
      await login(rig.clock.nowMs + aheadMs);
    }
    await rig.backups.backUpNow();
    const backup = rig.backups.list().find(({ kind }) => kind === 'by hand')?.fileName ?? '';
    rig.session.lock();
    rig.clock.nowMs += minute;
    const usedAtMs = rig.clock.nowMs + skewMs;
    await login(usedAtMs);
    rig.clock.nowMs += hour;
    await rig.backups.restore(backup);
    rig.session.lock();
    rig.clock.nowMs -= hour;
    await expect(login(usedAtMs)).rejects.toMatchObject({ code: 'code-used' });
    rig.clock.nowMs += hour;
    await login(rig.clock.nowMs + skewMs);
    expect(rig.session.state).toBe('unlocked');
  });
});

/** A recovery code as it is typed from its sheet. */
function shown(code: Uint8Array | null): Uint8Array {
  return code === null ? bytesOf('') : showRecoveryCode(code);
}

/** Whether this process holds a POSIX lock on a file, as Linux tells it. */
function isLockedByUs(file: string): boolean {
  const { ino } = statSync(file);
  return readFileSync('/proc/locks', 'utf8')
    .split('\n')
    .some((line) => line.includes(` ${process.pid} `) && line.includes(`:${ino} `));
}

const codeOf = (error: unknown) => (error as { code?: string }).code;
