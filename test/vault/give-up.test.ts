import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RekeyProgress } from '../../main/vault/rekey';
import { codeAt, minute, passwordOnly, passwordWay, recordsOf, setUpRig } from '../support/rig';
import { bytesOf, password } from '../support/small-vault';

const reason = new Error('given up');
const secret = new Uint8Array(20).fill(5);
const other = 'another horse battery';

let rig: ReturnType<typeof setUpRig>;
let giving: AbortController;
beforeEach(async () => {
  rig = setUpRig();
  giving = new AbortController();
  await rig.create();
});
afterEach(() => rig.remove());

const fileNow = () => readFileSync(rig.file, 'hex');
const workingFiles = () => readdirSync(rig.folder).filter((name) => name.startsWith('.'));
/** Gives up before what was begun comes to its first answer. */
const givenUp = <T>(begun: Promise<T>) => {
  giving.abort(reason);
  return begun;
};

describe('unlocking that is given up', () => {
  const unlock = (attempt: ReturnType<typeof passwordOnly>) => {
    rig.clock.steadyMs += 2 * minute;
    return rig.session.unlock(attempt, rig.backups.opening, giving.signal);
  };

  test('leaves the vault locked and its file as it was, and the next try opens it', async () => {
    rig.save('one');
    rig.session.lock();
    const before = fileNow();
    await expect(givenUp(unlock(passwordOnly(password)))).rejects.toBe(reason);
    expect([rig.session.state, fileNow() === before, workingFiles()]).toEqual(['locked', true, []]);
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one']);
  });

  test('does not use a code up', async () => {
    await rig.enrol(secret);
    rig.session.lock();
    rig.clock.nowMs += 2 * minute;
    const attempt = { ...passwordOnly(password), slot: rig.slotWith('totp'), code: codeAt(secret, rig.clock.nowMs) };
    await expect(givenUp(unlock(attempt))).rejects.toBe(reason);
    await rig.unlock(attempt);
    expect(rig.session.state).toBe('unlocked');
  });

  test('says nothing of what was typed: right or wrong, it is the same, and no wait follows', async () => {
    rig.session.lock();
    for (let n = 0; n < 12; n++) {
      giving = new AbortController();
      const opening = rig.session.unlock(passwordOnly(n % 2 === 0 ? password : other), null, giving.signal);
      await expect(givenUp(opening)).rejects.toBe(reason);
    }
    await rig.session.unlock(passwordOnly(password));
    expect(rig.session.state).toBe('unlocked');
  });

  test('while its code is being used up does not leave it open', async () => {
    await rig.enrol(secret);
    rig.session.lock();
    const nowMs = rig.clock.nowMs + 2 * minute;
    const attempt = { ...passwordOnly(password), slot: rig.slotWith('totp'), code: codeAt(secret, nowMs) };
    let looks = 0;
    // The first look at the clock is for the windows that are tried, the second for the code that opened.
    const lookAtClock = () => {
      if (++looks === 2) giving.abort(reason);
      return nowMs;
    };
    Object.defineProperty(rig.clock, 'nowMs', { get: lookAtClock });
    await expect(unlock(attempt)).rejects.toBe(reason);
    expect(rig.session.state).toBe('locked');
    giving = new AbortController();
    await expect(unlock(attempt)).rejects.toMatchObject({ code: 'code-used' });
  });

  test('keeps a backup that was to be restored for the next try', async () => {
    rig.save('one');
    await rig.backups.backUpNow();
    await rig.replace({ keepsOlderBackups: true }, { password: bytesOf(other) });
    rig.save('two');
    const [backup] = rig.backups.list().filter(({ kind }) => kind === 'by hand');
    expect(await rig.backups.restore(backup?.fileName ?? '')).toBe('sign-in');
    const before = fileNow();
    await expect(givenUp(unlock(passwordOnly(password)))).rejects.toBe(reason);
    expect([fileNow() === before, rig.backups.restoring?.fileName]).toEqual([true, backup?.fileName]);
    await rig.unlock();
    expect(recordsOf(rig.session)).toEqual(['one']);
  });
});

test('a vault whose making is given up is not there, and the place is free', async () => {
  const file = `${rig.file}.new`;
  rig.session.choose(file, true);
  await expect(givenUp(rig.session.create(bytesOf(password), giving.signal))).rejects.toBe(reason);
  expect([rig.session.state, existsSync(file), workingFiles()]).toEqual(['new', false, []]);
  await rig.session.create(bytesOf(password));
  expect(rig.session.state).toBe('unlocked');
});

describe('a change of the ways in that is given up', () => {
  const replaceAnd = (giveUpAt: (progress: RekeyProgress) => boolean) => {
    rig.session.subscribe(() => {
      const { progress } = rig.changes;
      if (progress !== null && giveUpAt(progress)) giving.abort(reason);
    });
    return rig.replace({ signal: giving.signal }, { password: bytesOf(other) });
  };
  /** Enough for more than one turn of the rewriting, and of the check. */
  const fill = () => {
    for (let n = 0; n < 300; n++) rig.save(`${n} ${'x'.repeat(1000)}`);
  };
  const expectAsBefore = async (ways: unknown, before: string) => {
    expect([rig.session.state, rig.session.vault.refusal, rig.changes.progress]).toEqual(['unlocked', null, null]);
    expect(rig.session.ways.list()).toEqual(ways);
    expect([fileNow() === before, workingFiles()]).toEqual([true, []]);
    rig.save('after');
    rig.session.lock();
    await expect(rig.unlock(passwordOnly(other))).rejects.toMatchObject({ code: 'wrong-password' });
    await rig.unlock();
    expect(recordsOf(rig.session)).toContain('after');
  };

  test.each(['deriving', 'rewriting', 'verifying'])('while it is %s leaves all as it was', async (step) => {
    fill();
    rig.session.lock();
    await rig.unlock();
    const [ways, before] = [rig.session.ways.list(), fileNow()];
    await expect(replaceAnd((progress) => progress.step === step)).rejects.toBe(reason);
    await expectAsBefore(ways, before);
  });

  test('before it has begun, at the password of now, leaves all as it was', async () => {
    const [ways, before] = [rig.session.ways.list(), fileNow()];
    await expect(givenUp(rig.replace({ signal: giving.signal }, { password: bytesOf(other) }))).rejects.toBe(reason);
    await expectAsBefore(ways, before);
  });

  test('when the new vault takes the place it is too late: the new ways in count, and the code is handed out', async () => {
    expect(await replaceAnd(({ step }) => step === 'publishing')).toHaveLength(26);
    rig.session.lock();
    await rig.unlock(passwordOnly(other));
    expect(rig.session.state).toBe('unlocked');
  });

  test('another way in, or a recovery code, is not added', async () => {
    const ways = rig.session.ways.list();
    const adding = rig.changes.add(bytesOf(password), passwordWay(other), giving.signal);
    await expect(givenUp(adding)).rejects.toBe(reason);
    giving = new AbortController();
    await expect(givenUp(rig.changes.addRecovery(bytesOf(password), giving.signal))).rejects.toBe(reason);
    expect(rig.session.ways.list()).toEqual(ways);
    await rig.changes.add(bytesOf(password), passwordWay(other));
    expect(rig.session.ways.list()).toHaveLength(2);
  });
});
