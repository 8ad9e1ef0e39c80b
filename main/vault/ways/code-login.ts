import { say } from '../../../preload/words/say';
import { windowAt, windowMs } from '../../crypto/totp';
import { CofferError } from '../../errors';
import {
  type CodeTable,
  endOfTable,
  lastWindowOf,
  maxSkewWindows,
  offsetAt,
  targetOf,
  windowsPerDay,
} from './code-table';

/** One window whose code may have been typed. */
export interface CodeTry {
  readonly window: number;
  /** What the code leads to in this window. */
  readonly target: number;
}

// A gap that a person may wait out; a longer one comes from a clock that was set back.
const longestWaitMs = 10 * 60 * 1000;

/**
 * Reads a code as it is typed: six ASCII digits, spaces between them allowed.
 *
 * @param typed - UTF-8; not changed, the caller wipes it.
 * @throws CofferError `bad-request`.
 */
export function readCode(typed: Uint8Array): number {
  let code = 0;
  let count = 0;
  for (const byte of typed) {
    if (byte === 0x20) continue;
    if (byte < 0x30 || byte > 0x39) count = Number.POSITIVE_INFINITY;
    code = code * 10 + (byte - 0x30);
    count += 1;
  }
  if (count !== 6)
    throw new CofferError('bad-request', say('main-vault.code-expected-the-six-digits-that-the-authenticator'));
  return code;
}

/**
 * The targets that a code may lead to now: of this window, the one before and the one after, by the authenticator's clock as it
 * was at the last login, and only of windows after the last accepted one. At most three, each of which costs one Argon2id.
 *
 * @param nowMs - Wall clock.
 * @throws CofferError where this window has no offset, before any derivation is paid: `code-used`, `clock-wrong`, `codes-ended`.
 */
export function planTries(table: CodeTable, code: number, nowMs: number): CodeTry[] {
  const now = windowAt(nowMs) + table.skewWindows;
  if (offsetAt(table, now) === null) throw refusal(table, now, nowMs);
  return [now, now - 1, now + 1]
    .filter((window) => window > table.lastAcceptedWindow)
    .flatMap((window) => {
      const offset = offsetAt(table, window);
      return offset === null ? [] : [{ window, target: targetOf(code, offset) }];
    });
}

/** The skew to remember after a window was accepted, within ten minutes. */
export function skewAfter(window: number, nowMs: number): number {
  return Math.max(-maxSkewWindows, Math.min(maxSkewWindows, window - windowAt(nowMs)));
}

function refusal(table: CodeTable, window: number, nowMs: number): CofferError {
  const last = lastWindowOf(table);
  if (last === null || window > last) {
    const day = new Date(endOfTable(table)).toISOString().slice(0, 10);
    return new CofferError('codes-ended', say('main-vault.code-the-table-for-codes-ended-on-check', { day }));
  }
  let next = Math.max(window, (table.days[0]?.day ?? 0) * windowsPerDay);
  while (next < last && offsetAt(table, next) === null) next += 1;
  const waitMs = (next - table.skewWindows) * windowMs - nowMs;
  return waitMs <= longestWaitMs
    ? new CofferError(
        'code-used',
        say('main-vault.code-this-one-was-used-the-next-comes', { seconds: Math.max(1, Math.ceil(waitMs / 1000)) }),
      )
    : new CofferError('clock-wrong', say('main-vault.code-this-computers-clock-stands-before-the-last'));
}
