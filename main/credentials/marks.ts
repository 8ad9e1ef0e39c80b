import { sha256HexOf } from '../keys/fingerprints';
import type { Overview } from './overview';
import { type OverviewSource, listedKindAt, overviewAt } from './overview-source';

/** Of a SHA-256, in hex digits: 72 bits, so that no two meet by chance. */
const markLength = 18;

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

/**
 * All records of some kinds.
 *
 * @param kinds - Names of kinds that this version knows.
 */
export function recordsOfKinds(source: OverviewSource, kinds: readonly string[]): FoundRecord[] {
  const found: FoundRecord[] = [];
  source.visit((handle, bytes, start) => {
    const kind = listedKindAt(bytes, start)?.descriptor.kind;
    if (kind === undefined || !kinds.includes(kind)) return;
    found.push({ handle, id: source.idOf(handle), overview: overviewAt(source, handle) });
  });
  return found;
}

/** Only overviews whose bytes lie beside the needle are decoded: a page is searched as a whole. */
function find(source: OverviewSource, needle: string, isMeant: (overview: Overview) => boolean): FoundRecord[] {
  const has = new Map<Uint8Array, boolean>();
  const found: FoundRecord[] = [];
  source.visit((handle, bytes) => {
    let isPossible = has.get(bytes);
    if (isPossible === undefined) {
      isPossible = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(needle, 0, 'latin1');
      has.set(bytes, isPossible);
    }
    if (!isPossible || !Buffer.from(source.overviewOf(handle)).includes(needle, 0, 'latin1')) return;
    const overview = overviewAt(source, handle);
    if (isMeant(overview)) found.push({ handle, id: source.idOf(handle), overview });
  });
  return found;
}
