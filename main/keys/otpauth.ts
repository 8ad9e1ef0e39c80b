import { say } from '../../preload/words/say';
import { fromBase32 } from '../crypto/base32';
import { copyBytes } from '../crypto/fresh-bytes';
import { CofferError } from '../errors';
import { type OtpHash, type OtpShape, maxPeriodSeconds, minPeriodSeconds, usualOtpShape } from './otp-key';

/** What a service hands out for an authenticator app. */
export interface OtpSetUp extends OtpShape {
  /** {@link minSecretBytes} to {@link maxSecretBytes} bytes; the caller owns and wipes them. */
  readonly secret: Uint8Array;
  /** The service's name; empty if it is not given. */
  readonly issuer: string;
  /** Whose code it is; empty if it is not given. */
  readonly label: string;
}

/** Longest text that is looked at, in bytes; AWS's have some 200. */
export const maxOtpTextBytes = 2048;

// RFC 4226 §4 asks for 128 bits; services hand out 80, and AWS 320.
const minSecretBytes = 10;
const maxSecretBytes = 128;
const maxNameLength = 256;
const scheme = 'otpauth://';
const hashes: Readonly<Record<string, OtpHash>> = { SHA1: 'sha1', SHA256: 'sha256', SHA512: 'sha512' };

/**
 * Reads what a service shows for authenticator apps: the text of its QR picture (`otpauth://totp/...`), or the secret alone in
 * base32. The secret does not become a string.
 *
 * @param text - UTF-8; not changed.
 * @returns The secret is the caller's, who wipes it.
 * @throws CofferError `bad-request` for text that is neither, a secret of another length, a member that comes twice, or an
 *   algorithm, number of digits or period that no authenticator app has; `not-supported` for codes that count instead of
 *   following the clock.
 * @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format
 */
export function readOtpText(text: Uint8Array): OtpSetUp {
  if (text.length > maxOtpTextBytes) {
    throw new CofferError('bad-request', say('main-keys.secret-expected-a-text-of-at-most-bytes', { maxOtpTextBytes }));
  }
  const trimmed = trim(text);
  if (asciiOf(trimmed.subarray(0, scheme.length)).toLowerCase() !== scheme) {
    return { ...usualOtpShape, secret: readSecret(trimmed), issuer: '', label: '' };
  }
  const rest = trimmed.subarray(scheme.length);
  const question = rest.indexOf(0x3f);
  const path = question < 0 ? rest : rest.subarray(0, question);
  const slash = path.indexOf(0x2f);
  checkType(asciiOf(slash < 0 ? path : path.subarray(0, slash)));
  const members = readQuery(question < 0 ? new Uint8Array() : rest.subarray(question + 1));
  const names = readNames(slash < 0 ? new Uint8Array() : path.subarray(slash + 1), members.get('issuer'));
  const shape = readShape(members);
  const encoded = members.get('secret');
  if (encoded === undefined)
    throw new CofferError('bad-request', say('main-keys.secret-expected-secret-in-the-otpauth-text'));
  const plain = percentDecode(encoded);
  try {
    return { ...shape, ...names, secret: readSecret(plain) };
  } finally {
    plain.fill(0);
  }
}

function checkType(type: string): void {
  if (type.toLowerCase() === 'totp') return;
  if (type.toLowerCase() === 'hotp') {
    throw new CofferError('not-supported', say('main-keys.secret-expected-codes-that-follow-the-clock-totp'));
  }
  throw new CofferError('bad-request', say('main-keys.secret-expected-a-text-that-begins-with-otpauth'));
}

/** Members of a query by their names in lower case; values are views, still with their percent signs. */
function readQuery(query: Uint8Array): Map<string, Uint8Array> {
  const members = new Map<string, Uint8Array>();
  for (let from = 0; from < query.length;) {
    const end = query.indexOf(0x26, from) < 0 ? query.length : query.indexOf(0x26, from);
    const member = query.subarray(from, end);
    const equals = member.indexOf(0x3d);
    const name = asciiOf(equals < 0 ? member : member.subarray(0, equals)).toLowerCase();
    if (members.has(name))
      throw new CofferError('bad-request', say('main-keys.secret-expected-every-part-of-the-otpauth-text'));
    members.set(name, equals < 0 ? new Uint8Array() : member.subarray(equals + 1));
    from = end + 1;
  }
  return members;
}

function readShape(members: ReadonlyMap<string, Uint8Array>): OtpShape {
  const textOf = (name: string, usual: string) => {
    const value = members.get(name);
    return value === undefined ? usual : asciiOf(value);
  };
  const algorithm = textOf('algorithm', 'SHA1').toUpperCase().replace(/^HMAC/, '').replace('-', '');
  const hash = Object.hasOwn(hashes, algorithm) ? hashes[algorithm] : undefined;
  if (hash === undefined)
    throw new CofferError('bad-request', say('main-keys.algorithm-expected-sha1-sha256-or-sha512'));
  const digits = textOf('digits', '6');
  if (digits !== '6' && digits !== '8') throw new CofferError('bad-request', say('main-keys.digits-expected-6-or-8'));
  const period = textOf('period', '30');
  const periodSeconds = /^[0-9]{1,3}$/.test(period) ? Number(period) : 0;
  if (periodSeconds < minPeriodSeconds || periodSeconds > maxPeriodSeconds) {
    throw new CofferError(
      'bad-request',
      say('main-keys.period-expected-to-seconds', { minPeriodSeconds, maxPeriodSeconds }),
    );
  }
  return { hash, digits: digits === '8' ? 8 : 6, periodSeconds };
}

/** Issuer and label; `issuer=` counts more than what stands before the label's colon. */
function readNames(path: Uint8Array, issuerMember: Uint8Array | undefined): { issuer: string; label: string } {
  const whole = nameOf(path);
  const colon = whole.indexOf(':');
  const label = (colon < 0 ? whole : whole.slice(colon + 1)).trim();
  const prefix = colon < 0 ? '' : whole.slice(0, colon).trim();
  const issuer = issuerMember === undefined ? '' : nameOf(issuerMember).replaceAll('+', ' ').trim();
  return { issuer: issuer || prefix, label };
}

function nameOf(encoded: Uint8Array): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let name: string;
  try {
    name = decoder.decode(percentDecode(encoded));
  } catch {
    throw new CofferError('bad-request', say('main-keys.label-expected-utf-8'));
  }
  if (name.length > maxNameLength || /\p{Cc}/u.test(name)) {
    throw new CofferError(
      'bad-request',
      say('main-keys.label-expected-at-most-printable-characters', { maxNameLength }),
    );
  }
  return name;
}

function readSecret(base32: Uint8Array): Uint8Array {
  const secret = fromBase32(base32);
  if (secret.length >= minSecretBytes && secret.length <= maxSecretBytes) return secret;
  secret.fill(0);
  throw new CofferError(
    'bad-request',
    say('main-keys.secret-expected-base32-of-to-bytes-16-characters', { minSecretBytes, maxSecretBytes }),
  );
}

/** RFC 3986 §2.1. The result is fresh; a percent sign without two digits stays. */
function percentDecode(text: Uint8Array): Uint8Array {
  const decoded = copyBytes(text);
  let length = 0;
  for (let at = 0; at < text.length; at++) {
    const high = text[at] === 0x25 ? hexOf(text[at + 1]) : -1;
    const low = high < 0 ? -1 : hexOf(text[at + 2]);
    decoded[length++] = low < 0 ? (text[at] ?? 0) : high * 16 + low;
    if (low >= 0) at += 2;
  }
  const result = copyBytes(decoded.subarray(0, length));
  decoded.fill(0);
  return result;
}

function hexOf(byte: number | undefined): number {
  return byte === undefined ? -1 : '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase());
}

/** For names and numbers, never for secrets. */
function asciiOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

function trim(text: Uint8Array): Uint8Array {
  const isSpace = (byte: number | undefined) => byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
  let [from, to] = [0, text.length];
  while (from < to && isSpace(text[from])) from++;
  while (to > from && isSpace(text[to - 1])) to--;
  return text.subarray(from, to);
}
