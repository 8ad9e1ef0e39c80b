import { say } from '../../preload/words/say';
import { concatBytes } from '../crypto/encode';
import type { RandomBytes } from '../crypto/random';
import { CofferError } from '../errors';
import { idBytes } from './overview-table';

/** The last bytes of a record's id: the number of its row in `secret`, big-endian. */
const noBytes = 6;
const randomBytes = idBytes - noBytes;
const largestNo = 2 ** (8 * noBytes) - 1;

/**
 * Makes the id of a new record: ten random bytes, then the number of its row. Rows are numbered as they come, so that a new one
 * goes to the end of the table and a save writes few of the database's pages; the random part keeps one record from standing
 * for another that had its number before.
 *
 * @param no - 1 or more; of no other record.
 * @throws CofferError `vault-damaged` once all numbers are used up: Coffer gives them one by one.
 */
export function makeRecordId(no: number, random: RandomBytes): Uint8Array {
  if (no > largestNo) throw new CofferError('vault-damaged', say('main-vault.records-there-is-no-number-left-for-a'));
  const bytes = new Uint8Array(noBytes);
  for (let n = 0, rest = no; n < noBytes; n++, rest = Math.floor(rest / 256)) bytes[noBytes - 1 - n] = rest % 256;
  return concatBytes([random(randomBytes), bytes]);
}

/**
 * The number of a record's row in `secret`.
 *
 * @param at - Where in the bytes the record's id begins.
 */
export function secretNoAt(bytes: Uint8Array, at: number): number {
  let no = 0;
  for (let n = at + randomBytes; n < at + idBytes; n++) no = no * 256 + (bytes[n] ?? 0);
  return no;
}
