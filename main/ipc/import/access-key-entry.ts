import { readAccessKeyId } from '../../credentials/access-key-rules';
import { say } from '../../../preload/words/say';
import { checkRegion } from '../../credentials/key-pair-rules';
import { CofferError } from '../../errors';
import { type ToldAccount, noAccount } from './accounts';
import type { Found } from './found';

/** So much of a Region that is not taken is shown. */
const mostShown = 60;

/** An access key as the texts of a file tell it. */
export interface AccessKeyTexts {
  readonly id: string;
  readonly secret: string;
  readonly user: string;
  /** Of a profile; the user's if absent. */
  readonly name?: string;
  readonly region?: string;
  readonly token?: string;
  readonly account?: ToldAccount;
  readonly status?: 'active' | 'inactive' | '';
  /** Whether it is the root user's for certain. */
  readonly isRoot?: boolean;
  /** A day as YYYY-MM-DD. */
  readonly createdOn?: string;
}

/**
 * Makes one found access key of its texts. One whose ID is not of AWS's form says so, and keeps no other entry of its file out:
 * profiles of other stores that speak S3 stand beside those of AWS.
 *
 * @returns Its secrets are fresh; the caller wipes them.
 */
export function accessKeyEntry(texts: AccessKeyTexts): Found {
  const { id, secret, user, name = user, region = '', token = '', account = noAccount } = texts;
  const { status = '', createdOn = '', isRoot = false } = texts;
  let accessKeyId: string;
  try {
    accessKeyId = readAccessKeyId(id);
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    return { type: 'not-taken', name, reason: error.message, isSecret: true };
  }
  const encode = (text: string) => new TextEncoder().encode(text);
  const bytes = { secretAccessKey: encode(secret), sessionToken: encode(token) };
  const profile = texts.name ?? '';
  const told = takenRegion(region);
  return {
    type: 'access-key',
    accessKeyId,
    user,
    name,
    profile,
    ...told,
    account,
    isRoot,
    status,
    createdOn,
    ...bytes,
  };
}

/** A Region for a key; one of another form, as other stores have it, is left out, and a note says so. */
export function takenRegion(region: string): { readonly region: string; readonly note: string } {
  try {
    checkRegion(region);
    return { region, note: '' };
  } catch (error) {
    if (!(error instanceof CofferError)) throw error;
    return { region: '', note: say('main-import.without-its-region', { region: region.slice(0, mostShown) }) };
  }
}
