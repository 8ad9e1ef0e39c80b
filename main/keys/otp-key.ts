import { toSecretKey } from '../crypto/secret-key';
import { hotp } from '../crypto/totp';

/** Hash functions of authenticator apps. */
export type OtpHash = 'sha1' | 'sha256' | 'sha512';

/** What an authenticator app needs beside the secret; none of it is one. */
export interface OtpShape {
  readonly hash: OtpHash;
  readonly digits: 6 | 8;
  /** How long a code lasts, in seconds; {@link minPeriodSeconds} to {@link maxPeriodSeconds}. */
  readonly periodSeconds: number;
}

/** A code, and until when it is the one. */
export interface OtpCode {
  /** Digits, leading zeros kept. */
  readonly code: string;
  readonly untilMs: number;
}

/** What apps expect where nothing else is said, and what AWS uses. */
export const usualOtpShape: OtpShape = { hash: 'sha1', digits: 6, periodSeconds: 30 };
/** Shortest time that a code may last. */
export const minPeriodSeconds = 10;
/** Longest time that a code may last. */
export const maxPeriodSeconds = 300;

/**
 * The code that an authenticator app shows at a moment.
 *
 * @param secret - Not changed.
 * @param shape - Of the device.
 * @param nowMs - Wall clock, at least 0.
 * @see RFC 6238 §4.2, with T0 = 0.
 */
export function otpCodeAt(secret: Uint8Array, { hash, digits, periodSeconds }: OtpShape, nowMs: number): OtpCode {
  const periodMs = periodSeconds * 1000;
  const window = Math.floor(nowMs / periodMs);
  const code = hotp(toSecretKey(secret), window, { hash, digits });
  return { code: String(code).padStart(digits, '0'), untilMs: (window + 1) * periodMs };
}
