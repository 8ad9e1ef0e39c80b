import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** Longest sign-in address, in characters; far above any that AWS gives. */
export const maxSignInAddressLength = 2048;

const accountIdDigits = 12;

/**
 * Reads an account ID as people type and paste it.
 *
 * @param typed - With or without hyphens and spaces; empty if not known.
 * @returns 12 digits, leading zeros kept, or nothing.
 * @throws CofferError `bad-request` for anything else.
 */
export function readAccountId(typed: string): string {
  // Pages and word processors put dashes of other widths in.
  const digits = typed.replace(/[\s\p{Pd}\u200b-\u200f\u2060\ufeff]+/gu, '');
  if (digits !== '' && !/^[0-9]{12}$/.test(digits)) {
    throw new CofferError(
      'bad-request',
      say('main-account.account-id-expected-digits-with-or-without-hyphens', { accountIdDigits }),
    );
  }
  return digits;
}

/**
 * An account ID as AWS shows it.
 *
 * @param accountId - 12 digits, or nothing.
 * @returns Such as 1234-5678-9012.
 */
export function showAccountId(accountId: string): string {
  return accountId.replace(/^([0-9]{4})([0-9]{4})([0-9]{4})$/, '$1-$2-$3');
}

/**
 * Reads an account's alias.
 *
 * @param typed - Empty if there is none.
 * @returns Without white space around it.
 * @throws CofferError `bad-request` for what IAM does not take.
 * @see IAM API Reference, CreateAccountAlias; an alias of 12 digits would be taken for an account ID.
 */
export function readAlias(typed: string): string {
  const alias = typed.trim();
  const isWellFormed = /^[a-z0-9]+(-[a-z0-9]+)*$/.test(alias) && alias.length >= 3 && alias.length <= 63;
  if (alias !== '' && (!isWellFormed || /^[0-9]{12}$/.test(alias))) {
    throw new CofferError('bad-request', say('main-account.account-alias-expected-3-to-63-lower-case'));
  }
  return alias;
}

/**
 * Reads a canonical user ID.
 *
 * @param typed - Any case, with or without white space; empty if not known.
 * @returns 64 hex digits in lower case, as Amazon S3 shows them, or nothing.
 * @throws CofferError `bad-request` for anything else.
 */
export function readCanonicalId(typed: string): string {
  const digits = typed.replace(/\s+/g, '').toLowerCase();
  if (digits !== '' && !/^[0-9a-f]{64}$/.test(digits)) {
    throw new CofferError('bad-request', say('main-account.canonical-user-id-expected-64-hexadecimal-digits'));
  }
  return digits;
}

/**
 * Reads an address of a sign-in page.
 *
 * @param typed - Empty where the usual one is right.
 * @returns As it was typed, without white space around it.
 * @throws CofferError `bad-request` for anything but an https address without name and password.
 */
export function readSignInAddress(typed: string): string {
  const address = typed.trim();
  if (address === '') return '';
  const url = address.length <= maxSignInAddressLength && URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') {
    throw new CofferError('bad-request', say('main-account.sign-in-address-expected-an-address-that-begins'));
  }
  return address;
}

/**
 * Where the IAM users of an account sign in.
 *
 * @param account - As read by the functions of this file.
 * @returns The address that was set, or the usual one; empty if neither alias nor ID is known.
 * @see IAM User Guide, "How IAM users sign in to your AWS account".
 */
export function signInAddressOf(account: {
  readonly accountId: string;
  readonly alias: string;
  readonly signInAddress: string;
}): string {
  if (account.signInAddress !== '') return account.signInAddress;
  const name = account.alias || account.accountId;
  return name === '' ? '' : `https://${name}.signin.aws.amazon.com/console`;
}
