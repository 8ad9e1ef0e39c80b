/** What stands in the JSON beside a golden vault. */
export interface GoldenSecrets {
  readonly about: string;
  readonly format: 1;
  readonly vaultId: string;
  readonly epoch: number;
  /** A moment within the table for codes, if there is one: the clock to open the vault with. */
  readonly atMs: number;
  readonly ways: readonly GoldenWay[];
  /** Secrets of epochs gone by: they must not open it. */
  readonly doNotOpen: readonly GoldenWay[];
  readonly records: readonly GoldenRecord[];
}

/** A way in with all that opens it; bytes as lower-case hex. */
export interface GoldenWay {
  /** The slot's id. */
  readonly slot: string;
  readonly kind: 'password' | 'recovery';
  readonly factors: readonly ('totp' | 'key-file' | 'security-key' | 'this-computer')[];
  /** As typed. */
  readonly password: string | null;
  /** `code` is the one of the moment `atMs`. */
  readonly totp: { readonly secret: string; readonly target: number; readonly code: string } | null;
  /** The whole file. */
  readonly keyFile: string | null;
  readonly securityKey: { readonly credentialId: string; readonly prfSalt: string; readonly prfOutput: string } | null;
  readonly computerSecret: string | null;
  /** As on the sheet. */
  readonly recoveryCode: string | null;
}

/** A record as it must be read. */
export interface GoldenRecord {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly isFavourite: boolean;
  readonly subtitle: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly trashedAtMs: number | null;
  readonly unknownMembers: Readonly<Record<string, unknown>>;
  /** Name and value of each field, in order. */
  readonly fields: readonly (readonly [string, string])[];
}

/** Every kind of slot, and what else a reader must manage; each `<name>.coffer` with `<name>.json`. */
export const goldenNames = [
  'password',
  'password-totp',
  'password-key-file',
  'password-security-key',
  'password-this-computer',
  'all-factors',
  'recovery',
  'several-ways',
  'after-epochs',
] as const;
