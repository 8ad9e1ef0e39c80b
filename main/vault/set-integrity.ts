import { say } from '../../preload/words/say';
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
 * @param pages - In ascending order of their numbers; or their marks, in pieces (`PageMarks.piecesWith`).
 */
export function makeHead(
  counter: number,
  pages: readonly PageMark[] | readonly Uint8Array[],
  { identity: { vaultId, epoch }, headerMac, keys }: SetContext,
): HeadRow {
  const pieces = isInPieces(pages) ? pages : [encodeMarks(pages)];
  const count = countMarks(pieces.reduce((sum, { length }) => sum + length, 0));
  const opening = lengthPrefixed([label('set'), vaultId, uint32(epoch), uint64(counter), headerMac, uint32(count)]);
  return { counter, mac: hmacSha256(keys.setMacKey, [opening, ...pieces]) };
}

/**
 * Checks a head against the pages that were read.
 *
 * @throws CofferError `vault-damaged`.
 */
export function checkHead(
  head: HeadRow,
  pages: readonly PageMark[] | readonly Uint8Array[],
  context: SetContext,
): void {
  const isPossible = Number.isSafeInteger(head.counter) && head.counter >= 0;
  if (!isPossible || !isEqualConstantTime(makeHead(head.counter, pages, context).mac, head.mac)) {
    throw new CofferError('vault-damaged', say('main-vault.records-the-set-is-not-the-one-last'));
  }
}

function isInPieces(pages: readonly PageMark[] | readonly Uint8Array[]): pages is readonly Uint8Array[] {
  return pages[0] instanceof Uint8Array;
}
