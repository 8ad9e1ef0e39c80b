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

/** What the set belongs to. */
export interface SetContext {
  readonly identity: VaultIdentity;
  /** MAC of the header that stands beside this set: an older header put back does not fit. */
  readonly headerMac: Uint8Array;
  readonly keys: Pick<VaultKeys, 'setMacKey'>;
}

/**
 * MAC over the commit counter, the header's MAC and every page's number, revision and tag: a page that is deleted, replayed, duplicated or
 * swapped does not fit. A page in turn holds revision and tag of each of its records' secrets.
 *
 * @param pages - In ascending order of their numbers.
 */
export function makeHead(
  counter: number,
  pages: readonly PageMark[],
  { identity: { vaultId, epoch }, headerMac, keys }: SetContext,
): HeadRow {
  const parts = [label('set'), vaultId, uint32(epoch), uint64(counter), headerMac, uint32(pages.length)];
  const opening = lengthPrefixed(parts);
  const marks = concatBytes(pages.flatMap(({ no, revision, tag }) => [uint64(no), uint64(revision), tag]));
  return { counter, mac: hmacSha256(keys.setMacKey, [opening, marks]) };
}

/**
 * Checks a head against the pages that were read.
 *
 * @throws CofferError `vault-damaged`.
 */
export function checkHead(head: HeadRow, pages: readonly PageMark[], context: SetContext): void {
  const isPossible = Number.isSafeInteger(head.counter) && head.counter >= 0;
  if (!isPossible || !isEqualConstantTime(makeHead(head.counter, pages, context).mac, head.mac)) {
    throw new CofferError(
      'vault-damaged',
      'records: the set is not the one last saved; restore the vault from a backup',
    );
  }
}
