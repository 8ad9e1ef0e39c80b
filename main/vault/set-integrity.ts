import { concatBytes, lengthPrefixed, uint32, uint64 } from '../crypto/encode';
import { hmacSha256, isEqualConstantTime } from '../crypto/mac';
import { CofferError } from '../errors';
import type { HeadRow } from '../store/rows';
import { label } from './format';
import type { VaultIdentity, VaultKeys } from './vault-keys';

/** What the set MAC covers of a page. */
export interface PageMark {
  readonly no: number;
  readonly revision: number;
  /** Tag of the sealed page. */
  readonly tag: Uint8Array;
}

/**
 * MAC over the commit counter and every page's number, revision and tag: a page that is deleted, replayed, duplicated or
 * swapped does not fit. A page in turn holds revision and tag of each of its records' secrets.
 *
 * @param pages - In ascending order of their numbers.
 */
export function makeHead(
  counter: number,
  pages: readonly PageMark[],
  { vaultId, epoch }: VaultIdentity,
  keys: Pick<VaultKeys, 'setMacKey'>,
): HeadRow {
  const opening = lengthPrefixed([label('set'), vaultId, uint32(epoch), uint64(counter), uint32(pages.length)]);
  const marks = concatBytes(pages.flatMap(({ no, revision, tag }) => [uint64(no), uint64(revision), tag]));
  return { counter, mac: hmacSha256(keys.setMacKey, [opening, marks]) };
}

/**
 * Checks a head against the pages that were read.
 *
 * @throws CofferError `vault-damaged`.
 */
export function checkHead(
  head: HeadRow,
  pages: readonly PageMark[],
  identity: VaultIdentity,
  keys: Pick<VaultKeys, 'setMacKey'>,
): void {
  const isPossible = Number.isSafeInteger(head.counter) && head.counter >= 0;
  if (!isPossible || !isEqualConstantTime(makeHead(head.counter, pages, identity, keys).mac, head.mac)) {
    throw new CofferError(
      'vault-damaged',
      'records: the set is not the one last saved; restore the vault from a backup',
    );
  }
}
