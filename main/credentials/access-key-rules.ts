import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Length of an access key ID, in characters. */
export const accessKeyIdLength = 20;
/** Length of a secret access key, in bytes. */
export const secretAccessKeyLength = 40;

const base32Alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const accountMask = 0x7fff_ffff_ff80n;

/**
 * Reads an access key ID as people paste it.
 *
 * @returns 20 characters A-Z2-7, without white space around them.
 * @throws CofferError `bad-request` for anything else.
 * @see IAM User Guide, "IAM identifiers", unique ID prefixes: AKIA for long-term keys, ASIA for temporary ones.
 */
export function readAccessKeyId(typed: string): string {
  const id = typed.trim();
  if (!/^(AKIA|ASIA)[A-Z2-7]{16}$/.test(id)) {
    throw new CofferError(
      'bad-request',
      say('main-access-key.access-key-id-expected-capital-letters-and-digits', { accessKeyIdLength }),
    );
  }
  return id;
}

/**
 * Checks a secret access key.
 *
 * @param typed - UTF-8. Not changed.
 * @throws CofferError `bad-request` unless it is 40 characters of base64's alphabet.
 */
export function checkSecretAccessKey(typed: Uint8Array): void {
  if (typed.length !== secretAccessKeyLength || !typed.every(isBase64Byte)) {
    throw new CofferError(
      'bad-request',
      say('main-access-key.secret-access-key-expected-letters-digits-or-without', { secretAccessKeyLength }),
    );
  }
}

/**
 * Checks a session token: one line of base64.
 *
 * @param typed - UTF-8. Not changed.
 * @throws CofferError `bad-request` for other characters.
 */
export function checkSessionToken(typed: Uint8Array): void {
  if (!typed.every(isBase64Byte)) {
    throw new CofferError(
      'bad-request',
      say('main-access-key.session-token-expected-letters-digits-or-without-spaces'),
    );
  }
}

/**
 * The account that an access key ID was made in. AWS does not document it; keys from before about 2019 do not tell.
 *
 * @param accessKeyId - As {@link readAccessKeyId} gives it.
 * @returns 12 digits; null for an older ID.
 * @see awsteele.com, "AWS access key format", 2020: base32 after the prefix, 6 bytes big-endian, masked, shifted by 7.
 */
export function accountOfAccessKeyId(accessKeyId: string): string | null {
  if (!/^.{4}[Q-Z2-7]/.test(accessKeyId)) return null;
  let bits = 0n;
  // Ten characters of 5 bits hold the 6 bytes and 2 bits more.
  for (const character of accessKeyId.slice(4, 14)) bits = (bits << 5n) | BigInt(base32Alphabet.indexOf(character));
  const account = ((bits >> 2n) & accountMask) >> 7n;
  return account.toString().padStart(12, '0');
}

/** True for a temporary key, which works with its session token only, and for hours at most. */
export function isTemporary(accessKeyId: string): boolean {
  return accessKeyId.startsWith('ASIA');
}

/**
 * Reads a day.
 *
 * @throws CofferError `bad-request`, naming the field, unless it is empty or a day of the calendar as YYYY-MM-DD.
 */
export function readDay(label: string): (typed: string) => string {
  return (typed) => {
    const day = typed.trim();
    const date = new Date(`${day}T00:00:00Z`);
    const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(date.getTime());
    if (day !== '' && (!isDay || !date.toISOString().startsWith(day))) {
      throw new CofferError('bad-request', say('main-access-key.expected-a-day-such-as-2025-03-31', { label }));
    }
    return day;
  };
}

function isBase64Byte(byte: number): boolean {
  const isLetter = (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
  return isLetter || (byte >= 0x30 && byte <= 0x39) || byte === 0x2b || byte === 0x2f || byte === 0x3d;
}
