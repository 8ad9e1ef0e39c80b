import * as z from 'zod';
import { bytes, passwordBytes } from './shapes';

/** A short secret typed by a person (a code, a recovery code), as UTF-8 bytes; wiped by the receiver. */
export const typedCode = z.custom<Uint8Array>((value) => value instanceof Uint8Array && value.length <= 64, {
  error: 'expected at most 64 bytes',
});

/** A slot's id: 16 random bytes as lower-case hex. */
const slotId = z.string().regex(/^[0-9a-f]{32}$/, { error: 'expected 32 hex digits' });

/** What a way in may ask for besides a password. */
const factor = z.enum(['totp', 'key-file', 'security-key', 'this-computer']);

/** A way in, as the locked file tells it. */
const wayIn = z.strictObject({
  slot: slotId,
  kind: z.enum(['password', 'recovery']),
  /** In the order of {@link factor}; empty for a password alone and for the recovery code. */
  factors: z.array(factor),
});

/** The ways into a locked vault, and how far its table for codes reaches; null if no way asks for a code. */
export const lockedWays = z.strictObject({
  ways: z.array(wayIn).max(16),
  codesEndAtMs: z.number().nullable(),
});

/** What the user gives to get in. Key file and security key are asked for by channels of their own. */
export const unlockRequest = z.strictObject({
  slot: slotId,
  password: passwordBytes.nullable(),
  /** Six digits. */
  code: typedCode.nullable(),
  recoveryCode: typedCode.nullable(),
});

const isPossible = z.strictObject({
  isPossible: z.boolean(),
  /** Why not, for people; empty if it is. */
  reason: z.string(),
});

/** All that the screen of the ways in shows. */
export const waysIn = z.strictObject({
  ways: z
    .array(
      z.strictObject({
        ...wayIn.shape,
        /** For people, such as the name of the key file; may be empty. */
        name: z.string(),
        madeAtMs: z.number(),
        /** Null: never used. */
        lastUsedAtMs: z.number().nullable(),
        /** Whether the vault was opened by this one. */
        isInUse: z.boolean(),
      }),
    )
    .max(16),
  codes: z
    .strictObject({
      endsAtMs: z.number(),
      horizonDays: z.int(),
      /** In the last 10 days. */
      isEndingSoon: z.boolean(),
    })
    .nullable(),
  computer: isPossible,
  securityKey: isPossible,
  /** Sentences such as "Anyone with only the password still gets in". */
  warnings: z.array(z.string()),
});

/** A fresh secret for an authenticator app, to be typed or scanned; both as UTF-8 bytes. */
export const codeEnrolment = z.strictObject({
  /** 32 characters of base32 in groups of four. */
  secretText: bytes,
  /** `otpauth://totp/...`, for the QR code. */
  uri: bytes,
});

/** New ways in for all of the vault: one password way with its factors, and a fresh recovery code. Begins an epoch. */
export const replaceWays = z.strictObject({
  /** Proof that the one who asks may; null only after the recovery code. */
  currentPassword: passwordBytes.nullable(),
  password: passwordBytes,
  factors: z.array(factor).max(4),
  /** Ids of the ways that this ends: the user's consent. Expected exactly: every one that is there now. */
  drops: z.array(slotId).max(16),
  /** Whether a fresh recovery code is made; codes, security key and this computer need one. */
  hasRecovery: z.boolean(),
  /** Whether backups that open with the ways in of now are kept. */
  keepsOlderBackups: z.boolean(),
});

/** Another way in beside those that are there. */
export const addWay = z.strictObject({
  currentPassword: passwordBytes,
  password: passwordBytes,
  factors: z.array(factor).max(4),
});

/** How far a change of the ways in has come. */
export const waysProgress = z.strictObject({
  step: z.enum(['idle', 'deriving', 'rewriting', 'verifying', 'publishing']),
  done: z.int(),
  total: z.int(),
});

/** A file that was picked or written; its bytes stay in the main process. */
export const keyFileChoice = z.strictObject({
  fileName: z.string(),
  folder: z.string(),
  /** True for one that Coffer made: 32 random bytes. */
  isMade: z.boolean(),
});

/** What the window for security keys has to do. */
export const securityKeyTask = z.strictObject({
  kind: z.enum(['enrol', 'evaluate']),
  vaultName: z.string(),
  challenge: bytes,
  userId: bytes,
  /** Null to make one. */
  credentialId: bytes.nullable(),
  prfSalt: bytes,
});

/** What it found. `first` and `second` are two evaluations of one PRF at the same input, 32 bytes each; one is enough to evaluate. */
export const securityKeyReport = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('done'), credentialId: bytes, first: bytes, second: bytes.nullable() }),
  z.strictObject({ outcome: z.literal('failed'), reason: z.enum(['not-supported', 'cancelled', 'failed']) }),
]);

/** What the recovery sheet says. */
export const sheetContent = z.strictObject({
  /** 28 characters in groups of four, as UTF-8 bytes. */
  code: bytes,
  vaultName: z.string(),
  fileName: z.string(),
  madeAtMs: z.number(),
});

/** One backup in the list. */
export const backupRow = z.strictObject({
  /** Opaque; names the file to the main process. */
  id: z.string().max(64),
  fileName: z.string(),
  atMs: z.number(),
  sizeBytes: z.number(),
  /** Null where it cannot be known: locked, or of older ways in. */
  records: z.int().nullable(),
  /** What opens it. */
  ways: z.array(wayIn).max(16),
  codesEndAtMs: z.number().nullable(),
  /** Whether it opens with the ways in of now; null while locked. */
  isOfNow: z.boolean().nullable(),
  /** Why it can't be used; empty if it can. */
  problem: z.string(),
});
