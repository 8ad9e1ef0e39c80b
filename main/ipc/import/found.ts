import type { ReadPublicKey } from '../../keys/public-key';

/** One credential that was found in a file. Secrets are bytes of their own; whoever holds the value wipes them with {@link wipeFound}. */
export type Found =
  /** `name` is what the file calls it; empty if it does not. */
  | { readonly type: 'private-key'; readonly pkcs8: Uint8Array; readonly comment: string; readonly name: string }
  | { readonly type: 'public-key'; readonly publicKey: ReadPublicKey }
  | {
      readonly type: 'certificate';
      readonly certificateDer: Uint8Array;
      readonly pkcs8: Uint8Array | null;
      readonly name: string;
    }
  | {
      readonly type: 'access-key';
      readonly accessKeyId: string;
      readonly secretAccessKey: Uint8Array;
      /** Empty if there is none. */
      readonly sessionToken: Uint8Array;
      /** Profile or user that the file names; empty if none. */
      readonly name: string;
      readonly user: string;
      readonly region: string;
    }
  | {
      readonly type: 'sign-in';
      readonly user: string;
      readonly password: Uint8Array;
      /** 12 digits, from the sign-in link; empty if it does not say. */
      readonly accountId: string;
    };

/** What a file turned out to be. */
export interface Recognition {
  readonly found: readonly Found[];
  /** What protected it, in words; empty for nothing. */
  readonly protection: string;
}

/** Wipes the secrets of what was found. */
export function wipeFound(found: readonly Found[]): void {
  for (const one of found) {
    for (const member of Object.values(one) as unknown[]) if (member instanceof Uint8Array) member.fill(0);
  }
}
