import { decodeBody } from '../credentials/body';
import type { CredentialKind, RecordOwner } from '../credentials/descriptor';
import { type FoundRecord, type Wanted, withMarkOf } from '../credentials/marks';
import { decodeOverview } from '../credentials/overview';
import { textOf } from '../credentials/plain-kind';
import { foldUser } from '../credentials/user-rules';
import { CofferError } from '../errors';
import type { Vault } from '../vault/vault';

/** Finds records; for each of what is wanted its own. */
export type Finding = (wanted: readonly Wanted[]) => FoundRecord[][];

/** What owners are compared in. */
export interface OwnerWorld {
  readonly vault: Pick<Vault, 'overviewOf' | 'openBody'>;
  readonly find: Finding;
}

/**
 * All that names the account of an owner: its 12 digits first, if they are known, and the id of its record. The digits that a
 * credential holds come before a link, which may be wrong.
 */
export function accountNamesOf(vault: OwnerWorld['vault'], { accountId, account }: RecordOwner): string[] {
  if (account === '') return [accountId];
  const linkedId = accountIdOf(vault, account);
  if (accountId === '') return linkedId === '' ? [account] : [linkedId, account];
  return linkedId === '' || linkedId === accountId ? [accountId, account] : [accountId];
}

/** Whether two records name the same user in the same words. */
export function isSameOwner(one: RecordOwner, other: RecordOwner): boolean {
  return (
    one.accountId === other.accountId && one.account === other.account && foldUser(one.user) === foldUser(other.user)
  );
}

/** What the overview of an owner's record has marks of, so that the others of the owner find it. */
export function ownerIdentities({ descriptor }: CredentialKind, { accountId, account, user }: RecordOwner): string[] {
  const names = [accountId, account].filter((name) => name !== '');
  return names.map((name) => identityOf(descriptor.kind, name, foldUser(user)));
}

/**
 * Records of a kind that count for one user, those in the trash too. One may name the account by digits that it holds, another by a
 * record of that account, of which there may be several.
 */
export function recordsOfOwner({ vault, find }: OwnerWorld, kind: CredentialKind, owner: RecordOwner): FoundRecord[] {
  const own = accountNamesOf(vault, owner);
  const accounts = find(own.map((name) => withMarkOf(`account:${name}`))).flat();
  const names = new Set([...own, ...accounts.map(({ id }) => id)]);
  const spellings = Array.from(new Set([foldUser(owner.user), owner.user]));
  const identities = Array.from(names).flatMap((name) =>
    // As it is written, too: so are the marks of records that were saved before names were folded.
    spellings.map((user) => identityOf(kind.descriptor.kind, name, user)),
  );
  const found = new Map(
    find(identities.map(withMarkOf))
      .flat()
      .map((one) => [one.id, one] as const),
  );
  // A mark was made when its record was saved; since then the account's record may have got other digits.
  return Array.from(found.values()).filter(({ id }) => {
    const other = ownerOfRecord(vault, kind, id);
    return other === null || accountNamesOf(vault, other).some((name) => names.has(name));
  });
}

/** Null if it cannot be told, as of a damaged record. */
function ownerOfRecord(vault: OwnerWorld['vault'], kind: CredentialKind, id: string): RecordOwner | null {
  return withBody(vault, id, (bytes) => kind.limitOf(decodeBody(bytes))?.owner ?? null);
}

/** Digits in an account's record, in the trash too; empty if there are none, or it is gone or damaged. */
function accountIdOf(vault: OwnerWorld['vault'], id: string): string {
  const overview = vault.overviewOf(id);
  if (overview === null || decodeOverview(overview).kind !== 'account') return '';
  return withBody(vault, id, (bytes) => textOf(decodeBody(bytes), 'accountId')) ?? '';
}

function withBody<T>(vault: OwnerWorld['vault'], id: string, step: (bytes: Uint8Array) => T): T | null {
  let bytes: Uint8Array | null = null;
  try {
    bytes = vault.openBody(id);
    return step(bytes);
  } catch (error) {
    if (error instanceof CofferError && error.code === 'vault-damaged') return null;
    throw error;
  } finally {
    bytes?.fill(0);
  }
}

function identityOf(kind: string, account: string, user: string): string {
  return `group:${kind}:${account}/${user}`;
}
