import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import { accessKeyEntry } from './access-key-entry';
import type { Found } from './found';

/** What other answers of the AWS CLI are, by a member that only they have, and what to do with them. */
const others: Readonly<Record<string, string>> = {
  PasswordData: say('main-import.the-encrypted-password-of-a-windows'),
  KeyPairs: say('main-import.ec2s-list-of-key-pairs-which'),
  AccessKeyMetadata: say('main-import.iams-list-of-access-keys-which'),
  Certificates: say('main-import.iams-list-of-signing-certificates-which'),
  accessToken: say('main-import.a-token-of-iam-identity-center'),
};

/**
 * Reads the JSON that AWS's programs print about access keys: `aws iam create-access-key`, `aws sts get-session-token` and
 * `assume-role`, and programs for `credential_process`.
 *
 * @returns Null if it is no JSON, or that of `create-key-pair` and others with a key in it.
 * @throws CofferError `bad-request` for answers that hold no credential, saying what they are.
 */
export function readAwsAnswer(text: string): Found[] | null {
  const answer = jsonOf(text);
  if (answer === null) return null;
  const isProcess = typeof member(answer, 'Version') === 'number';
  const key = member(answer, 'AccessKey') ?? member(answer, 'Credentials') ?? (isProcess ? answer : undefined);
  const value = (name: string) => {
    const found = member(key, name);
    return typeof found === 'string' ? found : '';
  };
  const [id, secret] = [value('AccessKeyId'), value('SecretAccessKey')];
  if (id !== '' && secret !== '') {
    const texts = { id, secret, user: value('UserName'), token: value('SessionToken') };
    return [accessKeyEntry({ ...texts, status: statusOf(value('Status')), createdOn: dayOf(value('CreateDate')) })];
  }
  const other = Object.keys(others).find((name) => member(answer, name) !== undefined);
  if (other !== undefined)
    throw new CofferError('bad-request', say('main-import.file-this-is', { what: others[other] ?? '' }));
  return null;
}

/** IAM API Reference, AccessKey: `Active`, `Inactive`, and `Expired`, which Coffer does not tell from it. */
export function statusOf(status: string): 'active' | 'inactive' | '' {
  if (status === 'Active') return 'active';
  return status === 'Inactive' ? 'inactive' : '';
}

/** The day of a moment in ISO 8601, in UTC; empty for anything else. */
export function dayOf(moment: string): string {
  const day = /^\d{4}-\d{2}-\d{2}(?=T|$)/.exec(moment)?.[0] ?? '';
  const time = new Date(moment);
  return day === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString().slice(0, 10);
}

/** EC2's name for the key pair in the JSON of `aws ec2 create-key-pair`; empty if it is none. */
export function keyNameIn(text: string): string {
  const answer = jsonOf(text);
  const name = member(answer, 'KeyName');
  return typeof name === 'string' && typeof member(answer, 'KeyMaterial') === 'string' ? name : '';
}

function jsonOf(text: string): unknown {
  if (!/^\s*\{/.test(text)) return null;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function member(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}
