import { lengthPrefixed, uint32, uint64 } from '../crypto/encode';
import { hmacSha256, isEqualConstantTime } from '../crypto/mac';
import { CofferError } from '../errors';
import type { HeadRow } from '../store/rows';
import { label } from './format';
import { type PageMark, countMarks, encodeMarks } from './page-marks';
import type { VaultIdentity, VaultKeys } from './vault-keys';

export type { PageMark };

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
 * @param pages - In ascending order of their numbers, or written out already by `encodeMarks` or `patchMarks`.
 */
export function makeHead(
  counter: number,
  pages: readonly PageMark[] | Uint8Array,
  { identity: { vaultId, epoch }, headerMac, keys }: SetContext,
): HeadRow {
  const marks = pages instanceof Uint8Array ? pages : encodeMarks(pages);
  const parts = [label('set'), vaultId, uint32(epoch), uint64(counter), headerMac, uint32(countMarks(marks))];
  const opening = lengthPrefixed(parts);
  return { counter, mac: hmacSha256(keys.setMacKey, [opening, marks]) };
}

/**
 * Checks a head against the pages that were read.
 *
 * @throws CofferError `vault-damaged`.
 */
export function checkHead(head: HeadRow, pages: readonly PageMark[] | Uint8Array, context: SetContext): void {
  const isPossible = Number.isSafeInteger(head.counter) && head.counter >= 0;
  if (!isPossible || !isEqualConstantTime(makeHead(head.counter, pages, context).mac, head.mac)) {
    throw new CofferError(
      'vault-damaged',
      'records: the set is not the one last saved; restore the vault from a backup',
    );
  }
}
