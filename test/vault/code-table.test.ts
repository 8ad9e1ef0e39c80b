import fc from 'fast-check';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { systemRandom } from '../../main/crypto/random';
import { toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import { planTries, readCode, skewAfter } from '../../main/vault/ways/code-login';
import {
  type CodeTable,
  drawTarget,
  emptyTable,
  endOfTable,
  lastWindowOf,
  maxCodeDays,
  offsetAt,
  reachHorizon,
  targetFrom,
  targetOf,
  windowsPerDay,
} from '../../main/vault/ways/code-table';
import { day, minute, setUpRig } from '../support/rig';
import { bytesOf } from '../support/small-vault';

vi.mock('../../main/crypto/totp', async (importOriginal) => {
  const { rememberCodes } = await import('../support/known-codes');
  return rememberCodes(await importOriginal());
});

const secret = toSecretKey(new Uint8Array(20).fill(5));
const target = 42_007;
const nowMs = Date.UTC(2026, 10, 25, 12, 0, 10);
const now = windowAt(nowMs);
const reach = (old: CodeTable, days: number, atMs = nowMs) =>
  reachHorizon(old, { secret, target }, { days, nowMs: atMs });

let table: CodeTable;
beforeAll(async () => (table = await reach(emptyTable(now, 0), 30)));

describe('a table for codes', () => {
  test('leads each coming code to the target, from the window after the last accepted one to the horizon', () => {
    expect(offsetAt(table, now)).toBeNull();
    expect(lastWindowOf(table)).toBe(now + 30 * windowsPerDay);
    for (const window of [now + 1, now + 2, now + windowsPerDay, now + 30 * windowsPerDay]) {
      expect(targetOf(hotp(secret, window), offsetAt(table, window) ?? -1)).toBe(target);
    }
    expect(offsetAt(table, now + 30 * windowsPerDay + 1)).toBeNull();
    expect(targetFrom(table, secret)).toBe(target);
    expect(endOfTable(table)).toBe((now + 30 * windowsPerDay + 1) * 30_000);
  });

  test('has a row a day without a gap, in part at both ends, and 92 at most', async () => {
    expect(table.days).toHaveLength(31);
    for (const horizon of [30, 60, 90]) {
      for (const [lastAccepted, at] of [
        [now, nowMs],
        [now - 400 * windowsPerDay, nowMs],
        [now + 400 * windowsPerDay, nowMs],
        [now, nowMs + 89 * day],
      ] as const) {
        const { days } = await reach(emptyTable(lastAccepted, 20), horizon, at);
        expect(days.length).toBeLessThanOrEqual(Math.min(maxCodeDays, horizon + 2));
        expect(days.map((row) => row.day)).toEqual(days.map((_, n) => (days[0]?.day ?? 0) + n));
      }
    }
  });

  test('forgets all up to an accepted window when it is extended, and never brings one back', async () => {
    const accepted = now + 2 * windowsPerDay + 7;
    const later = await reach({ ...table, lastAcceptedWindow: accepted }, 30, nowMs + 2 * day);
    expect(offsetAt(later, accepted)).toBeNull();
    expect(offsetAt(later, now + 1)).toBeNull();
    expect(offsetAt(later, accepted + 1)).toBe(offsetAt(table, accepted + 1));
    const clockSetBack = await reach(later, 30, nowMs - 100 * day);
    expect(offsetAt(clockSetBack, accepted)).toBeNull();
    expect(offsetAt(clockSetBack, accepted - 1)).toBeNull();
    expect(offsetAt(clockSetBack, accepted + 1)).toBe(offsetAt(table, accepted + 1));
    // The old one is as it was.
    expect(offsetAt(table, accepted)).not.toBeNull();
  });
});

describe('a code', () => {
  const tries = (atMs: number, from = table) => planTries(from, 0, atMs).map(({ window }) => window - windowAt(atMs));

  test('is tried in this window, the one before and the one after, later than the last accepted', () => {
    expect(tries(nowMs + minute / 2)).toEqual([0, 1]);
    expect(tries(nowMs + minute)).toEqual([0, -1, 1]);
    expect(tries(nowMs + 30 * day)).toEqual([0, -1]);
    expect(tries(nowMs + minute, { ...table, skewWindows: 4 })).toEqual([4, 3, 5]);
  });

  test.each([
    [0, 'code-used', 'comes in 20 s'],
    [-5 * minute, 'code-used', 'comes in 320 s'],
    [-10 * minute, 'clock-wrong', 'clock'],
    [-3650 * day, 'clock-wrong', 'clock'],
    [30 * day + minute / 2, 'codes-ended', 'ended on 2026-12-25'],
    [3650 * day, 'codes-ended', 'recovery code'],
  ])('%i ms from the enrolment is refused in its own words: %s', (ms, code, words) => {
    expect(() => planTries(table, 0, nowMs + ms)).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) as string }),
    );
  });

  test('is six digits, spaces between them allowed; nothing else, and the message does not repeat it', () => {
    for (const typed of ['012345', '012 345', ' 0 1 2 3 4 5 ']) expect(readCode(bytesOf(typed))).toBe(12_345);
    for (const typed of ['', '12345', '1234567', '12345x', '-12345', '0x1234', '12345\n', '٠١٢٣٤٥']) {
      expect(() => readCode(bytesOf(typed))).toThrow(expect.objectContaining({ code: 'bad-request' }));
      if (typed !== '') expect(() => readCode(bytesOf(typed))).not.toThrow(typed);
    }
  });

  test('teaches the authenticator’s skew, of ten minutes at most', () => {
    expect([-300, -21, -20, 0, 3, 20, 21, 300].map((off) => skewAfter(now + off, nowMs))).toEqual([
      -20, -20, -20, 0, 3, 20, 20, 20,
    ]);
  });
});

describe('a target', () => {
  test('is uniform: draws that would favour small ones are drawn again', () => {
    const draws = [0xffffffff, 4_294_000_000, 4_293_999_999, 7];
    const random = () => {
      const bytes = new Uint8Array(4);
      new DataView(bytes.buffer).setUint32(0, draws.shift() ?? 0);
      return bytes;
    };
    expect(drawTarget(random)).toBe(999_999);
    expect(drawTarget(random)).toBe(7);
  });

  test('is below a million, whatever is drawn', () => {
    fc.assert(fc.property(fc.constant(0), () => drawTarget(systemRandom) < 1_000_000));
  });
});

describe('a vault with codes', () => {
  test('takes horizons of 30 to 90 days, tells when the table ends, and warns in the last ten days', async () => {
    const rig = setUpRig();
    try {
      await rig.create();
      await rig.enrol(new Uint8Array(20).fill(5));
      for (const days of [29, 91, 45.5, Number.NaN]) {
        await expect(rig.changes.setHorizon(days)).rejects.toMatchObject({ code: 'bad-request' });
      }
      for (const days of [30, 90]) {
        await rig.changes.setHorizon(days);
        const { codes } = rig.session.ways;
        expect(codes).toMatchObject({ horizonDays: days, isEndingSoon: false });
        expect(Math.abs((codes?.endsAtMs ?? 0) - rig.clock.nowMs - days * day)).toBeLessThan(minute);
      }
      rig.clock.nowMs += 80 * day - 2 * minute;
      expect(rig.session.ways.codes?.isEndingSoon).toBe(false);
      rig.clock.nowMs += 4 * minute;
      expect(rig.session.ways.codes?.isEndingSoon).toBe(true);
    } finally {
      await rig.remove();
    }
  });

  test('without them takes no horizon', async () => {
    const rig = setUpRig();
    try {
      await rig.create();
      await expect(rig.changes.setHorizon(60)).rejects.toMatchObject({ code: 'bad-request' });
      expect(rig.session.ways.codes).toBeNull();
    } finally {
      await rig.remove();
    }
  });
});
