/** Every way in which Coffer refuses or fails, as callers may branch on it. */
export type ErrorCode =
  | 'bad-request'
  | 'bad-key'
  | 'busy'
  | 'cancelled'
  | 'clock-wrong'
  | 'code-used'
  | 'codes-ended'
  | 'disk-full'
  | 'file-exists'
  | 'internal'
  | 'io-failed'
  | 'newer-format'
  | 'no-permission'
  | 'not-a-vault'
  | 'not-enough-memory'
  | 'not-found'
  | 'not-supported'
  | 'passphrase-needed'
  | 'read-only'
  | 'too-many-tries'
  | 'vault-damaged'
  | 'vault-in-use'
  | 'vault-locked'
  | 'weak-password'
  | 'wrong-code'
  | 'wrong-passphrase'
  | 'wrong-password';

/** The one error type of the main process. Messages name the field and the expectation, never a value. */
export class CofferError extends Error {
  override readonly name = 'CofferError';
  /** What callers branch on; the message is for people. */
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
