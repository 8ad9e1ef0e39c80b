import type { ReadPublicKey } from '../../keys/public-key';
import type { ToldAccount } from './accounts';

/** One credential that was found in a file. Secrets are bytes of their own; whoever holds the value wipes them with {@link wipeFound}. */
export type Found =
  | {
      readonly type: 'private-key';
      readonly pkcs8: Uint8Array;
      readonly comment: string;
      /** EC2's name for the key pair, if the file tells it; or empty. */
      readonly keyName: string;
    }
  | {
      readonly type: 'public-key';
      readonly publicKey: ReadPublicKey;
      /** What tells it from others of its file; or empty. */
      readonly name: string;
    }
  | {
      readonly type: 'certificate';
      readonly certificateDer: Uint8Array;
      readonly pkcs8: Uint8Array | null;
      /** What the file calls it; or empty. */
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
      /** Profile of AWS's programs that it is the key of; empty if it is of none. */
      readonly profile: string;
      readonly user: string;
      readonly region: string;
      /** What of it is left out, for the user; or empty. */
      readonly note: string;
      /** Whether the file is one that AWS gives the root user alone. */
      readonly isRoot: boolean;
      /** Empty if the file does not say: then it is taken for active. */
      readonly status: 'active' | 'inactive' | '';
      /** A day as YYYY-MM-DD; or empty. */
      readonly createdOn: string;
      /** Beside what the ID itself says. */
      readonly account: ToldAccount;
    }
  | {
      readonly type: 'sign-in';
      readonly user: string;
      readonly password: Uint8Array;
      /** From the sign-in link. */
      readonly account: ToldAccount;
    }
  | NotTaken;

/** One entry of a file that is not taken, beside others that are. */
export interface NotTaken {
  readonly type: 'not-taken';
  /** What the file calls it, such as a profile; nothing secret. */
  readonly name: string;
  /** For the user. */
  readonly reason: string;
  /** Whether a secret seems to be in it. */
  readonly isSecret: boolean;
}

/** What a file turned out to be. */
export interface Recognition {
  readonly found: readonly Found[];
  /** Whether nothing else is in it, so that it is not needed once all that was found is kept. */
  readonly isWhole: boolean;
  /** Whether a passphrase protected it. */
  readonly hadPassphrase: boolean;
  /** True for PKCS#12 whose MAC is left out: nothing tells whether it was changed. */
  readonly lacksMac?: boolean;
}

/** Wipes the secrets of what was found. */
export function wipeFound(found: readonly Found[]): void {
  for (const one of found) {
    for (const member of Object.values(one) as unknown[]) if (member instanceof Uint8Array) member.fill(0);
  }
}
