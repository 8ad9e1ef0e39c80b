import { sha256 } from '../../crypto/mac';
import type { RandomBytes } from '../../crypto/random';
import type { SecretKey } from '../../crypto/secret-key';
import { codeCount, hotp, windowAt, windowMs } from '../../crypto/totp';
import type { CodeDayRow } from '../../store/rows';
import { label } from '../format';

/** Time windows in a day, and in a row of the table. */
export const windowsPerDay = (24 * 60 * 60 * 1000) / windowMs;
/** Bounds and default of how far ahead the table reaches. */
export const horizonDays = { min: 30, default: 60, max: 90 };
/** Days of warning before the table ends. */
export const warningDays = 10;
/** Most rows: the longest horizon, with a part of a day at both ends. */
export const maxCodeDays = horizonDays.max + 2;
/** Most windows by which an authenticator's clock may be off; ten minutes. */
export const maxSkewWindows = 20;

const offsetBytes = 3;
const noOffset = 0xffffff;
/** Length of a row's offsets. */
export const codeDayBytes = windowsPerDay * offsetBytes;

/** For each coming window t, `(target - TOTP(t)) mod 10^6`: with the code of that window it gives the target, without it nothing. */
export interface CodeTable {
  /** By how many windows the authenticator was ahead of this computer at the last login. */
  readonly skewWindows: number;
  /** The window of the last code that was accepted; it and all before it have no offset any more. */
  readonly lastAcceptedWindow: number;
  /** Rows in ascending order, one a day without a gap, each of {@link codeDayBytes}. */
  readonly days: readonly CodeDayRow[];
}

/** The code of a login: its window, and by how many windows the authenticator was ahead of this computer then. */
export interface AcceptedCode {
  readonly window: number;
  readonly skewWindows: number;
}

/** What a table is made from. */
export interface CodeSecrets {
  /** The secret in the authenticator app. */
  readonly secret: SecretKey;
  /** 0 to 999,999. */
  readonly target: number;
}

/** A uniform number in [0, 10^6), by rejection. */
export function drawTarget(random: RandomBytes): number {
  const limit = Math.floor(2 ** 32 / codeCount) * codeCount;
  for (;;) {
    const bytes = random(4);
    const drawn = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
    bytes.fill(0);
    if (drawn < limit) return drawn % codeCount;
  }
}

/** The offset of a window; null where there is none. */
export function offsetAt({ days }: CodeTable, window: number): number | null {
  const row = days.find(({ day }) => day === Math.floor(window / windowsPerDay));
  return row === undefined ? null : readOffset(row.offsets, window % windowsPerDay);
}

/** The last window with an offset; null for an empty table. */
export function lastWindowOf(table: CodeTable): number | null {
  for (const { day, offsets } of table.days.toReversed()) {
    for (let at = windowsPerDay - 1; at >= 0; at--) {
      if (readOffset(offsets, at) !== null) return day * windowsPerDay + at;
    }
  }
  return null;
}

/** When the last code of a table stops being accepted, in ms. */
export function endOfTable(table: CodeTable): number {
  return ((lastWindowOf(table) ?? table.lastAcceptedWindow) + 1) * windowMs;
}

/**
 * A table from the window after the last accepted one up to the horizon. Offsets that the old table has are kept; the rest is
 * worked out, a day at a time, with a pause after each so that nothing waits long.
 *
 * @param old - Its `lastAcceptedWindow` and skew are kept.
 * @returns A new table; the old one is not changed.
 */
export async function reachHorizon(
  old: CodeTable,
  { secret, target }: CodeSecrets,
  { days: reachDays, nowMs }: { days: number; nowMs: number },
): Promise<CodeTable> {
  const now = windowAt(nowMs) + old.skewWindows;
  // Windows of days gone by can't be used any more, even if no code was accepted for long.
  const first = Math.max(old.lastAcceptedWindow + 1, now - windowsPerDay);
  const end = Math.max(first, now) + reachDays * windowsPerDay;
  const rows: CodeDayRow[] = [];
  for (let day = Math.floor(first / windowsPerDay); day * windowsPerDay < end; day++) {
    const known = old.days.find((row) => row.day === day)?.offsets;
    const offsets = new Uint8Array(codeDayBytes);
    for (let at = 0; at < windowsPerDay; at++) {
      const window = day * windowsPerDay + at;
      const isWanted = window >= first && window < end;
      const kept = known === undefined ? null : readOffset(known, at);
      writeOffset(offsets, at, isWanted ? (kept ?? offsetOf(secret, target, window)) : noOffset);
    }
    rows.push({ day, offsets });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { ...old, days: rows };
}

/** An empty table whose first window follows the given one. */
export function emptyTable(lastAcceptedWindow: number, skewWindows: number): CodeTable {
  return { lastAcceptedWindow, skewWindows, days: [] };
}

/** What the header says of a row: SHA-256 over label, day as u32 and offsets. */
export function hashOfDay({ day, offsets }: CodeDayRow): Uint8Array {
  const dayBytes = new Uint8Array(4);
  new DataView(dayBytes.buffer).setUint32(0, day);
  return sha256([label('code-day'), dayBytes, offsets]);
}

/** The target that a code leads to in a window with this offset. */
export function targetOf(code: number, offset: number): number {
  return (code + offset) % codeCount;
}

/** The target, worked out from a window that still has its offset. */
export function targetFrom(table: CodeTable, secret: SecretKey): number | null {
  const window = lastWindowOf(table);
  const offset = window === null ? null : offsetAt(table, window);
  return window === null || offset === null ? null : targetOf(hotp(secret, window), offset);
}

function offsetOf(secret: SecretKey, target: number, window: number): number {
  return (target - hotp(secret, window) + codeCount) % codeCount;
}

function readOffset(offsets: Uint8Array, at: number): number | null {
  const place = at * offsetBytes;
  const value = ((offsets[place] ?? 0) << 16) | ((offsets[place + 1] ?? 0) << 8) | (offsets[place + 2] ?? 0);
  return value === noOffset ? null : value;
}

function writeOffset(offsets: Uint8Array, at: number, value: number): void {
  offsets[at * offsetBytes] = value >> 16;
  offsets[at * offsetBytes + 1] = (value >> 8) & 0xff;
  offsets[at * offsetBytes + 2] = value & 0xff;
}
