import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { decodeBody, decodeText, encodeBody, encodeText } from './body';
import type { RecordBody } from './descriptor';

/** The field of a body in which its earlier versions lie; no kind has a field of this name. */
export const historyField = 'history';

/** How many versions are kept. */
const mostVersions = 10;
/** Inside a version: the title as it was, and names of fields that were not there. */
const titleEntry = '~title';
const absentEntry = '~absent';

/** What a record was before a change: only what changed. */
export interface Version {
  /** When the change was made, and this version ended. */
  readonly endedAtMs: number;
  /** The title before; null if it was the same. */
  readonly title: string | null;
  /** Values before, by field; secrets as bytes, views into the body. */
  readonly values: ReadonlyMap<string, Uint8Array>;
  /** Fields that were not there before. */
  readonly absent: readonly string[];
}

/**
 * Earlier versions of a record, the newest first, at most ten.
 *
 * @returns Views into the body.
 * @throws CofferError `vault-damaged`.
 */
export function versionsOf(body: RecordBody): Version[] {
  const bytes = body.get(historyField);
  if (bytes === undefined) return [];
  return [...decodeBody(bytes)].map(([, value]) => readVersion(value));
}

/**
 * A body with the version that a change ends put before the others.
 *
 * @param before - Body and title before the change.
 * @param after - Body and title after it; the body as the kind made it.
 * @param nowMs - Time of the change.
 * @returns Shares the values of `after`; the field with the history is fresh, and the caller's to wipe.
 */
export function withVersion(
  before: { readonly body: RecordBody; readonly title: string },
  after: { readonly body: RecordBody; readonly title: string },
  nowMs: number,
): RecordBody {
  const names = new Set([...before.body.keys(), ...after.body.keys()]);
  names.delete(historyField);
  const changed = [...names].filter((name) => !isSame(before.body.get(name), after.body.get(name)));
  if (changed.length === 0 && before.title === after.title) return after.body;
  const absent = changed.filter((name) => !before.body.has(name));
  const entries = new Map<string, Uint8Array>();
  if (before.title !== after.title) entries.set(titleEntry, encodeText(before.title));
  if (absent.length > 0) entries.set(absentEntry, encodeText(absent.join('\n')));
  for (const name of changed) {
    const value = before.body.get(name);
    if (value !== undefined) entries.set(name, value);
  }
  const time = new Uint8Array(8);
  new DataView(time.buffer).setFloat64(0, nowMs);
  const inner = encodeBody(entries);
  const version = new Uint8Array(8 + inner.length);
  version.set(time);
  version.set(inner, 8);
  inner.fill(0);
  const earlier = before.body.get(historyField);
  const kept = earlier === undefined ? [] : [...decodeBody(earlier).values()].slice(0, mostVersions - 1);
  const history = encodeBody(new Map([version, ...kept].map((value, index) => [String(index), value])));
  version.fill(0);
  return new Map(after.body).set(historyField, history);
}

/**
 * What a record was in a version: its values of now with every later change taken back.
 *
 * @param index - In {@link versionsOf}; 0 is the newest.
 * @returns Shares values with the body, and leaves the history out.
 * @throws CofferError `not-found`.
 */
export function bodyAtVersion(
  current: { readonly body: RecordBody; readonly title: string },
  index: number,
): { body: Map<string, Uint8Array>; title: string } {
  const versions = versionsOf(current.body);
  if (versions[index] === undefined)
    throw new CofferError('not-found', say('main-records.version-there-is-none-with-this-number'));
  const body = new Map(current.body);
  body.delete(historyField);
  let { title } = current;
  for (const version of versions.slice(0, index + 1)) {
    title = version.title ?? title;
    for (const [name, value] of version.values) body.set(name, value);
    for (const name of version.absent) body.delete(name);
  }
  return { body, title };
}

function readVersion(bytes: Uint8Array): Version {
  if (bytes.length < 8)
    throw new CofferError('vault-damaged', say('main-records.record-its-history-is-not-what-coffer-wrote'));
  const endedAtMs = new DataView(bytes.buffer, bytes.byteOffset, 8).getFloat64(0);
  const values = decodeBody(bytes.subarray(8));
  const title = values.get(titleEntry);
  const absent = decodeText(values.get(absentEntry));
  values.delete(titleEntry);
  values.delete(absentEntry);
  return {
    endedAtMs,
    title: title === undefined ? null : decodeText(title),
    values,
    absent: absent === '' ? [] : absent.split('\n'),
  };
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
