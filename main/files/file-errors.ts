import { CofferError } from '../errors';

/** System error codes and what they mean for the user. */
const meanings: Readonly<Record<string, readonly [CofferError['code'], string]>> = {
  ENOSPC: ['disk-full', 'the disk is full; nothing was changed. Make room and try again'],
  EDQUOT: ['disk-full', 'your disk quota is used up; nothing was changed. Make room and try again'],
  EACCES: ['no-permission', 'you may not read or write there; choose another folder or change its permissions'],
  EPERM: ['no-permission', 'you may not read or write there; choose another folder or change its permissions'],
  EROFS: ['no-permission', 'the disk is read-only; choose another folder'],
  ENOENT: ['not-found', 'there is no such file or folder'],
  ENOTDIR: ['not-found', 'there is no such folder'],
  EEXIST: ['file-exists', 'a file of this name is there already; choose another name'],
};

/**
 * Translates an error of node:fs; a CofferError passes through.
 *
 * @param what - The field or thing for the message, for example `vault`.
 * @returns The error to throw, with the original as its cause.
 */
export function translateFileError(error: unknown, what: string): CofferError {
  if (error instanceof CofferError) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [cofferCode, words] = meanings[code] ?? ['io-failed', 'the disk reported an error; nothing was changed'];
  return new CofferError(cofferCode, `${what}: ${words}`, { cause: error });
}
