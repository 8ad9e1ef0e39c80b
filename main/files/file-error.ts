import { sayFirst } from '../../preload/words/first';
import { CofferError, type ErrorCode } from '../errors';

/** What the system's error codes mean to a user; others are `io-failed`. */
const meanings: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['disk-full', sayFirst('main-first.no-space-is-left-on-its')],
  EDQUOT: ['disk-full', sayFirst('main-first.your-quota-on-its-disk-is')],
  EACCES: ['no-permission', sayFirst('main-first.you-have-no-permission-for-it')],
  EPERM: ['no-permission', sayFirst('main-first.the-system-does-not-permit-it')],
  EROFS: ['no-permission', sayFirst('main-first.its-disk-is-read-only')],
  EEXIST: ['file-exists', sayFirst('main-first.a-file-with-this-name-exists')],
  ENOENT: ['not-found', sayFirst('main-first.it-does-not-exist')],
  ENOTDIR: ['not-found', sayFirst('main-first.expected-a-folder')],
  EISDIR: ['io-failed', sayFirst('main-first.expected-a-file-and-found-a')],
  ENAMETOOLONG: ['io-failed', sayFirst('main-first.its-name-is-too-long-for')],
  EMFILE: ['io-failed', sayFirst('main-first.too-many-files-are-open')],
  ENFILE: ['io-failed', sayFirst('main-first.too-many-files-are-open')],
};

/**
 * Turns an error of node:fs into one for the user. The original is not kept as the cause: its message holds the path, and
 * messages reach logs.
 *
 * @param error - What was thrown. A CofferError is returned as it is.
 * @param what - What the operation was about, such as `export folder`; it starts the message.
 * @returns CofferError `disk-full`, `no-permission`, `file-exists`, `not-found` or `io-failed`.
 */
export function translateFileError(error: unknown, what: string): CofferError {
  if (error instanceof CofferError) return error;
  const systemCode = systemCodeOf(error);
  const [code, meaning] = meanings[systemCode] ?? ['io-failed', sayFirst('main-first.reading-or-writing-failed')];
  return new CofferError(code, systemCode === '' ? `${what}: ${meaning}` : `${what}: ${meaning} (${systemCode})`);
}

/**
 * The system's code of an error, such as `ENOSPC`.
 *
 * @param error - What was thrown.
 * @returns Empty if it has none.
 */
export function systemCodeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
