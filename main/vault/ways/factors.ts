import { concatBytes, lengthPrefixed, utf8 } from '../../crypto/encode';
import { freshBytes } from '../../crypto/fresh-bytes';
import { wipe } from '../../crypto/wipe';
import { normaliseTyped } from '../text';

/** What a way in may ask for besides a password, in the order in which they are listed and hashed. */
export const factorNames = ['totp', 'key-file', 'security-key', 'this-computer'] as const;
/** One of {@link factorNames}. */
export type Factor = (typeof factorNames)[number];
/** A way in is a password with any set of factors, or the recovery code alone. */
export type WayKind = 'password' | 'recovery';

/** What a person types. Bytes stay the caller's, who wipes them. */
export type TypedSecrets =
  | {
      readonly kind: 'password';
      /** UTF-8 as typed. */
      readonly password: Uint8Array;
      /** The target that a code leads to, 0 to 999,999; null for ways without codes. */
      readonly target: number | null;
    }
  | {
      readonly kind: 'recovery';
      /** 26 characters, as `readRecoveryCode` gives them. */
      readonly recoveryCode: Uint8Array;
    };

/** Secrets of 32 bytes that no person types; each null for ways without it. Bytes stay the caller's, who wipes them. */
export interface StrongSecrets {
  /** SHA-256 of the key file. */
  readonly keyFile: Uint8Array | null;
  /** PRF output of the security key. */
  readonly securityKey: Uint8Array | null;
  /** Kept by the operating system's keychain. */
  readonly computer: Uint8Array | null;
}

/** No strong factor. */
export const noStrongSecrets: StrongSecrets = { keyFile: null, securityKey: null, computer: null };

/** Factors as the bits of one byte: totp 1, key-file 2, security-key 4, this-computer 8. */
export function factorBits(factors: readonly Factor[]): number {
  return factorNames.reduce((bits, name, at) => bits | (factors.includes(name) ? 1 << at : 0), 0);
}

/** The reverse of {@link factorBits}; null for bits that format 1 does not have. */
export function factorsOf(bits: number): Factor[] | null {
  return bits >= 1 << factorNames.length ? null : factorNames.filter((_, at) => (bits & (1 << at)) !== 0);
}

/**
 * Argon2id's input: length-prefixed pairs of type and value, so that no two sets of factors give the same bytes.
 *
 * @returns Fresh bytes that the caller owns and must wipe.
 * @throws CofferError `bad-request` if the password is not UTF-8.
 */
export function encodeTyped(typed: TypedSecrets): Uint8Array {
  if (typed.kind === 'recovery') return lengthPrefixed([utf8('recovery'), typed.recoveryCode]);
  const normalised = normaliseTyped(typed.password);
  const target = typed.target === null ? null : targetDigits(typed.target);
  try {
    const parts = [utf8('password'), normalised];
    return lengthPrefixed(target === null ? parts : [...parts, utf8('totp'), target]);
  } finally {
    wipe(normalised, target);
  }
}

/**
 * HKDF's input: Argon2id's output, then the strong factors as length-prefixed pairs of type and value.
 *
 * @param stretched - 32 bytes; not changed.
 * @returns Fresh bytes that the caller owns and must wipe.
 */
export function encodeKeyMaterial(stretched: Uint8Array, strong: StrongSecrets): Uint8Array {
  const pairs: readonly (readonly [Factor, Uint8Array | null])[] = [
    ['key-file', strong.keyFile],
    ['security-key', strong.securityKey],
    ['this-computer', strong.computer],
  ];
  const given = lengthPrefixed(pairs.flatMap(([name, value]) => (value === null ? [] : [utf8(name), value])));
  try {
    return concatBytes([stretched, given]);
  } finally {
    wipe(given);
  }
}

/** Six ASCII digits, never as a string: strings can't be wiped. */
function targetDigits(target: number): Uint8Array {
  const digits = freshBytes(6);
  for (let at = 5, rest = target; at >= 0; at--, rest = Math.floor(rest / 10)) digits[at] = 0x30 + (rest % 10);
  return digits;
}
