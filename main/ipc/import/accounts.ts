import { accountKind } from '../../credentials/account';
import { readAlias, readSignInAddress, showAccountId, signInAddressOf } from '../../credentials/account-rules';
import type { RecordBody } from '../../credentials/descriptor';
import { textOf } from '../../credentials/plain-kind';
import { CofferError } from '../../errors';
import type { Records } from '../records';

/** The account that a file tells of; all empty if it tells of none. */
export interface ToldAccount {
  /** 12 digits; or empty. */
  readonly accountId: string;
  readonly alias: string;
  /** Where its users sign in, if that is not the usual address. */
  readonly signInAddress: string;
}

/** What a file says that tells of no account. */
export const noAccount: ToldAccount = { accountId: '', alias: '', signInAddress: '' };
/** In the place of an account's id: one that is made along, because the vault has none of what the file tells. */
export const newAccount = 'new';

/**
 * The account in the address of a sign-in page, as AWS writes it into the files that it hands out.
 *
 * @returns All empty for an address that tells of none, such as that of the root user.
 * @see IAM User Guide, "How IAM users sign in to your AWS account"; the other domains are those of GovCloud and of China.
 */
export function accountInLink(link: string): ToldAccount {
  const accountId = /\/\/(\d{12})\.signin\./.exec(link)?.[1] ?? '';
  const domains = /^https:\/\/([^./]+)\.signin\.(?:aws\.amazon\.com|amazonaws-us-gov\.com|amazonaws\.cn)\/console\b/;
  const alias = accountId === '' ? taken(readAlias, domains.exec(link)?.[1] ?? '') : '';
  if (accountId === '' && alias === '') return noAccount;
  const address = taken(readSignInAddress, link);
  const isUsual = address === signInAddressOf({ accountId, alias, signInAddress: '' });
  return { accountId, alias, signInAddress: isUsual ? '' : address };
}

/** Whether a file tells of an account. */
export function isTold({ accountId, alias }: ToldAccount): boolean {
  return accountId !== '' || alias !== '';
}

/** What people know the account by: its ID as AWS shows it, or its alias. */
export function nameOfAccount({ accountId, alias }: ToldAccount): string {
  return showAccountId(accountId) || alias;
}

/** Id of the record of an account outside the trash, by its ID or else by its alias; empty if there is none. */
export function accountRecordOf(records: Records, told: ToldAccount): string {
  const { accountId, alias } = told;
  const [known] = accountId === '' ? [] : records.withIdentities([`account:${accountId}`]);
  if (known !== undefined) return known.id;
  if (alias === '') return '';
  const rows = records.pick([accountKind.descriptor.kind], alias).rows.filter(({ id }) =>
    records.withBody(id, ({ body }) => {
      // One of another ID is another account, to which the alias went.
      const isOther = accountId !== '' && textOf(body, 'accountId') !== '';
      return textOf(body, 'alias') === alias && !isOther;
    }),
  );
  return rows[0]?.id ?? '';
}

/** The record of an account that is made along. */
export function accountToMake(told: ToldAccount): { kind: string; title: string; tags: string[]; body: RecordBody } {
  const body = accountKind.make({ values: { ...told }, secrets: {} });
  return { kind: accountKind.descriptor.kind, title: nameOfAccount(told), tags: [], body };
}

/** What a rule makes of a text; nothing for one that it does not take. */
function taken(rule: (text: string) => string, text: string): string {
  try {
    return rule(text);
  } catch (error) {
    if (error instanceof CofferError) return '';
    throw error;
  }
}
