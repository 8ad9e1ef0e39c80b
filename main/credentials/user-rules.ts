import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/**
 * Reads the name of an IAM user.
 *
 * @param typed - Empty where it is root, or not known.
 * @returns Without white space around it.
 * @throws CofferError `bad-request` for what IAM does not take.
 * @see IAM API Reference, CreateUser, UserName.
 */
export function readUser(typed: string): string {
  const user = typed.trim();
  if (user !== '' && !isUserName(user)) {
    throw new CofferError('bad-request', say('main-kinds.iam-user-expected-1-to-64-letters-digits'));
  }
  return user;
}

/** Whether IAM takes a name for a user. */
export function isUserName(name: string): boolean {
  return /^[A-Za-z0-9_+=,.@-]{1,64}$/.test(name);
}

/**
 * The same for all spellings of a user's name: within an account IAM takes no two that differ in case only.
 *
 * @see IAM API Reference, CreateUser, UserName.
 */
export function foldUser(name: string): string {
  return name.toLowerCase();
}
