import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { copyBytes } from '../keys/bytes';
import { decodeBody, encodeBody } from './body';
import type { RecordBody } from './descriptor';

/** The field in which earlier passwords lie. */
const field = 'oldPasswords';
/** How many are kept. */
const mostPasswords = 10;

/**
 * When earlier passwords were replaced, the newest first.
 *
 * @param body - Of a sign-in.
 * @returns Milliseconds since 1970.
 */
export function oldPasswordTimes(body: RecordBody): number[] {
  return entriesOf(body).map((entry) => new DataView(entry.buffer, entry.byteOffset, 8).getFloat64(0));
}

/**
 * An earlier password.
 *
 * @param index - In {@link oldPasswordTimes}.
 * @returns UTF-8 in memory of its own; the caller owns and wipes it.
 * @throws CofferError `not-found`.
 */
export function oldPasswordOf(body: RecordBody, index: number): Uint8Array {
  const entry = entriesOf(body)[index];
  if (entry === undefined)
    throw new CofferError('not-found', say('main-records.password-there-is-no-earlier-one-with-this'));
  return copyBytes(entry.subarray(8));
}

/**
 * A body that remembers the password which a change replaced.
 *
 * @param before - Body before the change.
 * @param after - Body after it.
 * @param nowMs - Time of the change.
 * @returns `after` itself if the password is the same, or there was none.
 */
export function rememberPassword(before: RecordBody, after: RecordBody, nowMs: number): RecordBody {
  const old = before.get('password');
  const now = after.get('password');
  if (old === undefined || (now !== undefined && Buffer.from(old).equals(now))) return after;
  const entry = new Uint8Array(8 + old.length);
  new DataView(entry.buffer).setFloat64(0, nowMs);
  entry.set(old, 8);
  const kept = [entry, ...entriesOf(before)].slice(0, mostPasswords);
  const encoded = encodeBody(new Map(kept.map((value, index) => [String(index), value])));
  entry.fill(0);
  return new Map(after).set(field, encoded);
}

function entriesOf(body: RecordBody): Uint8Array[] {
  const bytes = body.get(field);
  const entries = bytes === undefined ? [] : [...decodeBody(bytes).values()];
  if (entries.some((entry) => entry.length < 8)) {
    throw new CofferError('vault-damaged', say('main-records.record-its-earlier-passwords-are-not-what-coffer'));
  }
  return entries;
}
