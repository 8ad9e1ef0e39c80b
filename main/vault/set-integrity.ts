import { lengthPrefixed, uint32, uint64 } from '../crypto/encode';
import { hmacSha256, isEqualConstantTime } from '../crypto/mac';
import { CofferError } from '../errors';
import type { HeadRow } from '../store/rows';
import { label } from './format';
import { type PageMark, countMarks, encodeMarks } from './page-marks';
import type { VaultIdentity, VaultKeys } from './vault-keys';

/**
 * MAC over the commit counter and every page's number, revision and tag: a page that is deleted, replayed, duplicated or
 * swapped does not fit. A page in turn holds revision and tag of each of its records' secrets.
 *
 * @param pages - In ascending order of their numbers.
 */
export function makeHead(
  counter: number,
  pages: readonly PageMark[],
  identity: VaultIdentity,
  keys: Pick<VaultKeys, 'setMacKey'>,
): HeadRow {
  return makeHeadOf(counter, encodeMarks(pages), identity, keys);
}

/**
 * Does what {@link makeHead} does, over marks that are written out already.
 *
 * @param marks - From `encodeMarks` or `patchMarks`.
 */
export function makeHeadOf(
  counter: number,
  marks: Uint8Array,
  { vaultId, epoch }: VaultIdentity,
  keys: Pick<VaultKeys, 'setMacKey'>,
): HeadRow {
  const opening = lengthPrefixed([label('set'), vaultId, uint32(epoch), uint64(counter), uint32(countMarks(marks))]);
  return { counter, mac: hmacSha256(keys.setMacKey, [opening, marks]) };
}

/**
 * Checks a head against the pages that were read.
 *
 * @param marks - Of the pages, from `encodeMarks`.
 * @throws CofferError `vault-damaged`.
 */
export function checkHead(
  head: HeadRow,
  marks: Uint8Array,
  identity: VaultIdentity,
  keys: Pick<VaultKeys, 'setMacKey'>,
): void {
  const isPossible = Number.isSafeInteger(head.counter) && head.counter >= 0;
  if (!isPossible || !isEqualConstantTime(makeHeadOf(head.counter, marks, identity, keys).mac, head.mac)) {
    throw new CofferError(
      'vault-damaged',
      'records: the set is not the one last saved; restore the vault from a backup',
    );
  }
}
