import { existsSync, readFileSync, readdirSync } from 'node:fs';
import argon2 from 'argon2';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ReadAhead } from '../../main/vault/read-ahead';
import type { RekeyProgress } from '../../main/vault/rekey';
import { codeAt, minute, passwordOnly, passwordWay, recordsOf, setUpRig } from '../support/rig';
import { bytesOf, password } from '../support/small-vault';

const reason = new Error('given up');
const secret = new Uint8Array(20).fill(5);
const other = 'another horse battery';

let rig: ReturnType<typeof setUpRig>;
let giving: AbortController;
let highestSeen: () => void;
beforeEach(async () => {
  highestSeen = () => undefined;
  rig = setUpRig({
    highestSeen: () => {
      highestSeen();
      return Promise.resolve(0);
    },
  });
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

  test('comes too late once its code is being used up: the vault opens', async () => {
    await rig.enrol(secret);
    rig.session.lock();
    const nowMs = rig.clock.nowMs + 2 * minute;
    let looks = 0;
    // The first look at the clock is for the windows that are tried, the second for the code that opened.
    const lookAtClock = () => {
      if (++looks === 2) giving.abort(reason);
      return nowMs;
    };
    Object.defineProperty(rig.clock, 'nowMs', { get: lookAtClock });
    await unlock({ ...passwordOnly(password), slot: rig.slotWith('totp'), code: codeAt(secret, nowMs) });
    expect([giving.signal.aborted, rig.session.state]).toEqual([true, 'unlocked']);
  });

  test('counts as a wrong try of a way with codes: the time it took may tell that the first window did not open', async () => {
    await rig.enrol(secret);
    rig.session.lock();
    rig.clock.nowMs += 2 * minute;
    const attempt = { ...passwordOnly(other), slot: rig.slotWith('totp'), code: codeAt(secret, rig.clock.nowMs) };
    rig.clock.steadyMs += 2 * minute;
    for (let n = 0; n < 2; n++) {
      giving = new AbortController();
      await expect(givenUp(rig.session.unlock(attempt, null, giving.signal))).rejects.toBe(reason);
    }
    await expect(rig.session.unlock(attempt)).rejects.toMatchObject({ code: 'too-many-tries' });
  });

  test('between the key and the records leaves it locked, with its code as good as before', async () => {
    for (let n = 0; n < 300; n++) rig.save(`${n} ${'x'.repeat(1000)}`);
    await rig.enrol(secret);
    rig.session.lock();
    rig.clock.nowMs += 2 * minute;
    const attempt = { ...passwordOnly(password), slot: rig.slotWith('totp'), code: codeAt(secret, rig.clock.nowMs) };
    const hash = argon2.hash.bind(argon2);
    vi.spyOn(argon2, 'hash').mockImplementation(async (...given) => {
      const key = await hash(...given);
      setImmediate(() => giving.abort(reason));
      return key;
    });
    // The pages are read in slices, and are not there yet.
    vi.spyOn(ReadAhead.prototype, 'readAll').mockImplementation(async () => {
      await new Promise((resolve) => giving.signal.addEventListener('abort', resolve));
    });
    await expect(unlock(attempt)).rejects.toBe(reason);
    vi.restoreAllMocks();
    expect(rig.session.state).toBe('locked');
    await rig.unlock(attempt);
    expect(rig.session.state).toBe('unlocked');
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
    // The last moment: the backup is found whole, and about to take the vault's place.
    giving = new AbortController();
    highestSeen = () => giving.abort(reason);
    await expect(unlock(passwordOnly(password))).rejects.toBe(reason);
    highestSeen = () => undefined;
    expect([fileNow() === before, workingFiles()]).toEqual([true, []]);
    // It can't be forgotten while it is being opened.
    const opening = rig.unlock();
    expect(() => rig.backups.cancelRestore()).toThrow(expect.objectContaining({ code: 'busy' }));
    await opening;
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
    const steps: string[] = [];
    const giveUpAt = (progress: RekeyProgress) => steps.push(progress.step) > 0 && progress.step === step;
    await expect(replaceAnd(giveUpAt)).rejects.toBe(reason);
    // At once, and not in a later step.
    expect(steps.at(-1)).toBe(step);
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
