import { readFileSync, readdirSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as Kdf from '../../main/crypto/kdf';
import { windowAt } from '../../main/crypto/totp';
import { showRecoveryCode } from '../../main/vault/ways/recovery-code';
import { codeAt, codeIn, day, minute, passwordOnly, setUpRig } from '../support/rig';
import { bytesOf, password } from '../support/small-vault';

vi.mock('../../main/crypto/totp', async (importOriginal) => {
  const { rememberCodes } = await import('../support/known-codes');
  return rememberCodes(await importOriginal());
});
const derivations = vi.hoisted(() => ({ count: 0 }));
vi.mock('../../main/crypto/kdf', async (importOriginal) => {
  const original = await importOriginal<typeof Kdf>();
  const deriveArgon2id: typeof original.deriveArgon2id = (...given) => {
    derivations.count += 1;
    return original.deriveArgon2id(...given);
  };
  return { ...original, deriveArgon2id };
});

const secret = new Uint8Array(20).fill(5);
let rig: ReturnType<typeof setUpRig>;
let recoveryCode: Uint8Array | null;
beforeEach(async () => {
  rig = setUpRig();
  await rig.create();
  recoveryCode = await rig.enrol(secret);
  rig.session.lock();
});
afterEach(() => rig.remove());

/** Tries to log in, and says what came of it and how many derivations it cost. */
async function login(given: { typed?: string; code?: Uint8Array } = {}) {
  const before = derivations.count;
  const { typed = password, code = codeAt(secret, rig.clock.nowMs) } = given;
  const outcome = await rig.unlock({ ...passwordOnly(typed), slot: rig.slotWith('totp'), code }).then(
    () => 'open',
    (error: unknown) => error as { code: string; message: string },
  );
  return { outcome, paid: derivations.count - before };
}

const wrongCode = () => {
  const now = windowAt(rig.clock.nowMs);
  const taken = [now - 1, now, now + 1].map((window) => new TextDecoder().decode(codeIn(secret, window)));
  return bytesOf(['123456', '654321', '111111', '222222'].find((code) => !taken.includes(code)) ?? '');
};

describe('a login with a code costs', () => {
  test('nothing where the code was used, the clock is wrong, or the table has ended', async () => {
    expect(await login()).toMatchObject({ outcome: { code: 'code-used' }, paid: 0 });
    for (const typed of [password, 'wrong horse battery']) {
      rig.clock.nowMs -= 3 * day;
      expect(await login({ typed })).toMatchObject({ outcome: { code: 'clock-wrong' }, paid: 0 });
      rig.clock.nowMs += 70 * day;
      expect(await login({ typed })).toMatchObject({ outcome: { code: 'codes-ended' }, paid: 0 });
      rig.clock.nowMs -= 67 * day;
    }
  });

  test('nothing where it is no code, or a recovery code has a typing mistake', async () => {
    for (const typed of ['', '12345', '1234567', '12345a', '１２３４５６']) {
      expect(await login({ code: bytesOf(typed) })).toMatchObject({ outcome: { code: 'bad-request' }, paid: 0 });
    }
    const before = derivations.count;
    const mistyped = showRecoveryCode(recoveryCode ?? new Uint8Array(26)).fill(0x41, 0, 3);
    await expect(rig.session.unlock({ kind: 'recovery', recoveryCode: mistyped })).rejects.toMatchObject({
      code: 'wrong-code',
    });
    expect(derivations.count).toBe(before);
  });

  test('the same, three at most, whether the password is wrong, the code, or both; and says the same', async () => {
    for (const [waitMs, paid] of [
      [minute / 2, 2], // the window before was used up
      [5 * minute, 3],
    ] as const) {
      rig.clock.nowMs += waitMs;
      const failures = [
        await login({ code: wrongCode() }),
        await login({ typed: 'wrong horse battery' }),
        await login({ typed: 'wrong horse battery', code: wrongCode() }),
      ];
      for (const failure of failures) expect(failure).toEqual(failures[0]);
      expect(failures[0]).toMatchObject({ outcome: { code: 'wrong-password' }, paid });
    }
  });

  test('one to three when it opens, by the windows that were tried before', async () => {
    for (const [windows, paid] of [
      [0, 1],
      [-1, 2],
      // The skew of the login before is remembered: this is one window ahead of it.
      [0, 3],
    ] as const) {
      rig.clock.nowMs += 5 * minute;
      const code = codeIn(secret, windowAt(rig.clock.nowMs) + windows);
      expect(await login({ code })).toEqual({ outcome: 'open', paid });
      rig.session.lock();
    }
  });
});

test('writes nothing of a failed login', async () => {
  const before = readFileSync(rig.file);
  rig.clock.nowMs += 5 * minute;
  await login({ code: wrongCode() });
  await login({ typed: 'wrong horse battery' });
  expect(readFileSync(rig.file).equals(before)).toBe(true);
  expect(readdirSync(rig.folder).sort()).toEqual(['test backups', 'test.coffer']);
});
