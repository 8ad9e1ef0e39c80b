import { sha256HexOf } from '../keys/fingerprints';
import type { Overview } from './overview';
import { layout } from './overview-layout';
import { type OverviewSource, listedKindAt, overviewAt } from './overview-source';

/** Of a SHA-256, in hex digits: 72 bits, so that no two meet by chance. */
const markLength = 18;
const hasLoneSurrogate = /\p{Surrogate}/u;

/**
 * What stands for an identity in the overview: it is found without opening a record.
 *
 * @param identity - Such as `access-key:AKIA…`.
 * @returns The first 18 hex digits of the SHA-256 of its UTF-8.
 */
export function markOf(identity: string): string {
  return sha256HexOf(new TextEncoder().encode(identity)).slice(0, markLength);
}

/** A record found by {@link recordsWithMark} or {@link recordsLinkedTo}. */
export interface FoundRecord {
  readonly handle: number;
  readonly id: string;
  readonly overview: Overview;
}

/**
 * Records that have a mark.
 *
 * @param mark - By {@link markOf}.
 */
export function recordsWithMark(source: OverviewSource, mark: string): FoundRecord[] {
  return find(source, mark, ({ marks }) => marks.includes(mark));
}

/**
 * Records that point to another one by any of their fields.
 *
 * @param id - Of the other one.
 */
export function recordsLinkedTo(source: OverviewSource, id: string): FoundRecord[] {
  return find(source, id, ({ links }) => Object.values(links).includes(id));
}

/** All records of some kinds that this version knows. */
export function recordsOfKinds(source: OverviewSource, kinds: readonly string[]): FoundRecord[] {
  return handlesOfKinds(source, kinds).map((handle) => ({
    ...{ handle, id: source.idOf(handle), overview: overviewAt(source, handle) },
  }));
}

/**
 * Handles of all records of some kinds; none is decoded.
 *
 * @param kinds - Names of kinds that this version knows.
 * @param isMeant - Gets the bytes of each one's overview; all are meant if it is absent.
 */
export function handlesOfKinds(
  source: OverviewSource,
  kinds: readonly string[],
  isMeant: (kind: string, overview: Uint8Array) => boolean = () => true,
): number[] {
  const found: number[] = [];
  source.visit((handle, bytes, start) => {
    const kind = listedKindAt(bytes, start)?.descriptor.kind;
    if (kind !== undefined && kinds.includes(kind) && isMeant(kind, source.overviewOf(handle))) found.push(handle);
  });
  return found;
}

/** Favourites outside the trash; of the others only a byte is looked at. */
export function favouriteRecords(source: OverviewSource): FoundRecord[] {
  const found: FoundRecord[] = [];
  source.visit((handle, bytes, start) => {
    const flags = (bytes[start + layout.flagsAt] ?? 0) & (layout.favouriteFlag | layout.trashedFlag);
    if (flags !== layout.favouriteFlag || listedKindAt(bytes, start) === null) return;
    found.push({ handle, id: source.idOf(handle), overview: overviewAt(source, handle) });
  });
  return found;
}

/** Records with a needle in the bytes of their overview that are what is meant. */
function find(source: OverviewSource, needle: string, isMeant: (overview: Overview) => boolean): FoundRecord[] {
  const found: FoundRecord[] = [];
  visitContaining(source, needle, (handle) => {
    const overview = overviewAt(source, handle);
    if (isMeant(overview)) found.push({ handle, id: source.idOf(handle), overview });
  });
  return found;
}

/**
 * Calls back for each record whose overview has a text somewhere in its bytes; nothing is decoded for it. Overviews of a page lie side by
 * side, so that a page is searched as a whole first.
 *
 * @param text - One that UTF-8 can hold; for any other all records are called back for.
 */
export function visitContaining(source: OverviewSource, text: string, visitor: (handle: number) => void): void {
  const needle = hasLoneSurrogate.test(text) ? Buffer.alloc(0) : Buffer.from(text);
  const has = new Map<Uint8Array, boolean>();
  source.visit((handle, bytes) => {
    let isPossible = has.get(bytes);
    if (isPossible === undefined) {
      isPossible = viewOf(bytes).includes(needle);
      has.set(bytes, isPossible);
    }
    if (isPossible && viewOf(source.overviewOf(handle)).includes(needle)) visitor(handle);
  });
}

function viewOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
