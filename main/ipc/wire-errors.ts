import type { WireError } from '../../preload/contract';
import { sayFirst } from '../../preload/words/first';
import { CofferError, type ErrorCode } from '../errors';

/** Which code of the main process crosses the bridge under which name. */
const wireCodes = {
  'bad-key': 'bad-key',
  'bad-request': 'bad-request',
  busy: 'busy',
  cancelled: 'cancelled',
  'clock-wrong': 'clock-wrong',
  'code-used': 'code-used',
  'codes-ended': 'codes-ended',
  'disk-full': 'disk-full',
  'file-exists': 'file-exists',
  internal: 'internal',
  'io-failed': 'io-failed',
  'newer-format': 'newer-format',
  'no-permission': 'no-permission',
  'not-a-vault': 'not-a-vault',
  'not-enough-memory': 'not-enough-memory',
  'not-found': 'not-found',
  'not-supported': 'not-supported',
  'passphrase-needed': 'passphrase-needed',
  'read-only': 'read-only',
  'too-many-tries': 'too-many-tries',
  'vault-damaged': 'vault-damaged',
  'vault-in-use': 'vault-in-use',
  'vault-locked': 'vault-locked',
  'weak-password': 'weak-password',
  'wrong-code': 'wrong-code',
  'wrong-passphrase': 'wrong-passphrase',
  'wrong-password': 'wrong-password',
} as const satisfies Record<ErrorCode, WireError['code']>;

/** Turns any error into what the renderer may see: CofferErrors with their message, the rest by nothing. */
export function toWireError(error: unknown): WireError {
  if (error instanceof CofferError) return { code: wireCodes[error.code], message: error.message };
  return { code: 'internal', message: sayFirst('main-first.something-went-wrong-inside') };
}

/**
 * What the log may hold of an error that nobody expected: its name and where it was thrown. Not its message, which may
 * quote input. Null for refusals and failures that the user is told in words.
 */
export function describeForLog(error: unknown): string | null {
  if (error instanceof CofferError) return null;
  if (!(error instanceof Error)) return typeof error;
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
  return [error.name, ...frames].join('\n');
}
