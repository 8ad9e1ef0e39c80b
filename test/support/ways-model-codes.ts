import { toSecretKey } from '../../main/crypto/secret-key';
import { hotp, windowAt } from '../../main/crypto/totp';
import { minute } from './rig';

const windowsPerDay = 2880;

/** What is expected of codes. */
export interface Codes {
  readonly secret: Uint8Array;
  readonly last: number;
  readonly skew: number;
  /** Windows with an offset: from `first` up to, and without, `end`. */
  readonly first: number;
  readonly end: number;
}

/** What comes of a code now: the window that takes it, none, or a refusal that costs nothing. */
export function acceptedBy(
  codes: Codes,
  typed: Uint8Array,
  nowMs: number,
): { window: number | null; refusal?: string } {
  const now = windowAt(nowMs) + codes.skew;
  if (now >= codes.end) return { window: null, refusal: 'codes-ended' };
  if (now < codes.first) {
    const waitMs = (codes.first - codes.skew) * 30_000 - nowMs;
    return { window: null, refusal: waitMs <= 10 * minute ? 'code-used' : 'clock-wrong' };
  }
  const tries = [now, now - 1, now + 1].filter((window) => window >= codes.first && window < codes.end);
  const fits = (window: number) => hotp(toSecretKey(codes.secret), window) === Number(new TextDecoder().decode(typed));
  return { window: tries.find(fits) ?? null };
}

/** The table after it was extended to its horizon. */
export function reached(
  codes: Pick<Codes, 'secret' | 'last' | 'skew'>,
  { horizonDays, nowMs }: { horizonDays: number; nowMs: number },
): Codes {
  const now = windowAt(nowMs) + codes.skew;
  const first = Math.max(codes.last + 1, now - windowsPerDay);
  return { ...codes, first, end: Math.max(first, now) + horizonDays * windowsPerDay };
}

/** A number of windows, between minus the most and the most. */
export function clamp(most: number, windows: number): number {
  return Math.max(-most, Math.min(most, windows));
}
