import type { SecurityKeyHandle } from '../slot';
import type { Factor } from './factors';

/** A password way in, as it is to be made. Bytes stay the caller's, who wipes them. */
export interface NewPasswordWay {
  /** UTF-8 as typed, 12 characters or more. */
  readonly password: Uint8Array;
  readonly factors: readonly Factor[];
  /** SHA-256 of the key file; null without that factor. */
  readonly keyFile: Uint8Array | null;
  /** Handle and PRF output; null without that factor. */
  readonly securityKey: (SecurityKeyHandle & { readonly output: Uint8Array }) | null;
  /** The slot's id and the secret that the keychain keeps for it; null without that factor. */
  readonly computer: { readonly slotId: Uint8Array; readonly secret: Uint8Array } | null;
  /** For people, such as the key file's name; may be empty. */
  readonly name: string;
}

/** What is given to get in. Bytes stay the caller's, who wipes them. */
export type WayAttempt =
  | {
      readonly kind: 'password';
      /** Id of the slot that is tried; null tries every way that asks for a password alone. */
      readonly slot: Uint8Array | null;
      readonly password: Uint8Array;
      /** As typed, UTF-8; null where the way asks for none. */
      readonly code: Uint8Array | null;
      readonly keyFile: Uint8Array | null;
      readonly securityKey: Uint8Array | null;
      readonly computer: Uint8Array | null;
    }
  | {
      readonly kind: 'recovery';
      /** As typed, UTF-8. */
      readonly recoveryCode: Uint8Array;
    };

/** An authenticator app that proved two codes in a row. */
export interface ProvedCodes {
  /** 20 bytes, the caller's. */
  readonly secret: Uint8Array;
  /** The later of the two windows; it and those before it count as used. */
  readonly window: number;
  readonly skewWindows: number;
}
