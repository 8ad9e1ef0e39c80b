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

/** A record found by {@link findRecords}. */
export interface FoundRecord {
  readonly handle: number;
  readonly id: string;
  readonly overview: Overview;
}

/** Which records are looked for. */
export interface Wanted {
  /** Stands somewhere in the bytes of their overviews, and perhaps in those of others. */
  readonly text: string;
  /** Whether it stands there as what is meant. */
  readonly isMeant: (overview: Overview) => boolean;
}

/** Records that are the credential of an identity; see {@link markOf}. */
export function withMarkOf(identity: string): Wanted {
  const mark = markOf(identity);
  return { text: mark, isMeant: ({ marks }) => marks.includes(mark) };
}

/**
 * Records that point to another one by any of their fields.
 *
 * @param id - Of the other one.
 */
export function linkedTo(id: string): Wanted {
  return { text: id, isMeant: ({ links }) => Object.values(links).includes(id) };
}

/**
 * Finds records of several sorts, in one go: what takes time at 100,000 records is to read all overviews.
 *
 * @returns For each of what is wanted its records.
 */
export function findRecords(source: OverviewSource, wanted: readonly Wanted[]): FoundRecord[][] {
  const found = wanted.map((): FoundRecord[] => []);
  if (wanted.length === 0) return found;
  const texts = wanted.map(({ text }) => text);
  visitContaining(source, texts, (handle, which) => {
    const overview = overviewAt(source, handle);
    if (wanted[which]?.isMeant(overview) === true) found[which]?.push({ handle, id: source.idOf(handle), overview });
  });
  return found;
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

/**
 * Calls back for each record whose overview has a text somewhere in its bytes; nothing is decoded for it. Overviews of a page lie side by
 * side, so that a page is searched as a whole first, for all texts while it is near the processor.
 *
 * @param texts - Ones that UTF-8 can hold; for any other all records are called back for.
 * @param visitor - Gets a record's handle and the place of the text among the texts.
 */
export function visitContaining(
  source: OverviewSource,
  texts: readonly string[],
  visitor: (handle: number, which: number) => void,
): void {
  const needles = texts.map((text) => (hasLoneSurrogate.test(text) ? Buffer.alloc(0) : Buffer.from(text)));
  const known = new Map<Uint8Array, readonly number[]>();
  let [last, possible]: [Uint8Array | null, readonly number[]] = [null, []];
  source.visit((handle, bytes) => {
    // Neighbours mostly lie in one page.
    if (bytes !== last) {
      last = bytes;
      possible = known.get(bytes) ?? foundIn(bytes, needles);
      known.set(bytes, possible);
    }
    for (const which of possible) {
      const needle = needles[which];
      if (needle !== undefined && holds(source.overviewOf(handle), needle)) visitor(handle, which);
    }
  });
}

function foundIn(bytes: Uint8Array, needles: readonly Buffer[]): readonly number[] {
  return needles.flatMap((needle, which) => (holds(bytes, needle) ? [which] : []));
}

/** Whether some bytes stand within others. */
export function holds(bytes: Uint8Array, needle: Buffer): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(needle);
}
