import { type KeyObject, createHmac } from 'node:crypto';
import { uint64 } from './encode';

/** Length of one time window. */
export const windowMs = 30_000;
/** How many codes of six digits there are. */
export const codeCount = 1_000_000;

/** What published vectors vary; Coffer itself uses SHA-1 and six digits, as authenticator apps expect. */
export interface CodeShape {
  readonly hash?: 'sha1' | 'sha256' | 'sha512';
  /** 6 to 8. */
  readonly digits?: number;
}

/**
 * An HOTP code as a number: leading zeros are not shown in it.
 *
 * @param secret - Not changed.
 * @param counter - A safe integer of at least 0; for TOTP, the number of the time window.
 * @see RFC 4226 §5.3 (dynamic truncation), RFC 6238 §4.
 */
export function hotp(secret: KeyObject, counter: number, { hash = 'sha1', digits = 6 }: CodeShape = {}): number {
  const mac = createHmac(hash, secret).update(uint64(counter)).digest();
  const truncated = mac.readUInt32BE(mac.readUInt8(mac.length - 1) & 0x0f) & 0x7fffffff;
  mac.fill(0);
  return truncated % 10 ** digits;
}

/** The number of the time window that a moment lies in (RFC 6238 §4.2, T0 = 0, X = 30 s). */
export function windowAt(nowMs: number): number {
  return Math.floor(nowMs / windowMs);
}
