import { CofferError, type ErrorCode } from '../errors';

/** What the system's error codes mean to a user; others are `io-failed`. */
const meanings: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOSPC: ['disk-full', 'no space is left on its disk'],
  EDQUOT: ['disk-full', 'your quota on its disk is used up'],
  EACCES: ['no-permission', 'you have no permission for it'],
  EPERM: ['no-permission', 'the system does not permit it'],
  EROFS: ['no-permission', 'its disk is read-only'],
  EEXIST: ['file-exists', 'a file with this name exists already'],
  ENOENT: ['not-found', 'it does not exist'],
  ENOTDIR: ['not-found', 'expected a folder'],
  EISDIR: ['io-failed', 'expected a file and found a folder'],
  ENAMETOOLONG: ['io-failed', 'its name is too long for this disk'],
  EMFILE: ['io-failed', 'too many files are open'],
  ENFILE: ['io-failed', 'too many files are open'],
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
  const [code, meaning] = meanings[systemCode] ?? ['io-failed', 'reading or writing failed'];
  return new CofferError(code, `${what}: ${meaning}${systemCode === '' ? '' : ` (${systemCode})`}`);
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
