import type { CredentialKind } from './descriptor';
import { allKinds } from './kinds';
import { type Overview, decodeOverview } from './overview';
import { layout } from './overview-layout';

/** Where overviews are read in bulk; the unlocked vault is one. Handles are numbers that stand for records. */
export interface OverviewSource {
  /** Handles are whole numbers below this; a handle never goes from one record to another. */
  readonly handleLimit: number;
  /** Whether the handle's record is there. */
  has(handle: number): boolean;
  /** Bytes in which a record's overview lies. */
  bytesOf(handle: number): Uint8Array;
  /** Where in {@link bytesOf} the overview begins. */
  startOf(handle: number): number;
  /** A view of the overview alone. */
  overviewOf(handle: number): Uint8Array;
  /** The record's id, 32 hex digits. */
  idOf(handle: number): string;
}

const kindNames = allKinds.map((kind) => ({ kind, name: new TextEncoder().encode(kind.descriptor.kind) }));

/**
 * The kind of a record, told without decoding its overview.
 *
 * @param start - Where in the bytes the overview begins.
 * @returns Null for a kind, or a layout, that this version does not know: such records are kept and listed nowhere.
 */
export function listedKindAt(bytes: Uint8Array, start: number): CredentialKind | null {
  if (bytes[start] !== layout.version) return null;
  for (const { kind, name } of kindNames) if (isNameAt(bytes, start + layout.kindAt, name)) return kind;
  return null;
}

/** Handles of all records of a kind, told without decoding their overviews. */
export function handlesOfKind(source: OverviewSource, kind: string): number[] {
  const name = new TextEncoder().encode(kind);
  const handles: number[] = [];
  for (let handle = 0; handle < source.handleLimit; handle++) {
    if (!source.has(handle)) continue;
    const bytes = source.bytesOf(handle);
    const start = source.startOf(handle);
    if (bytes[start] === layout.version && isNameAt(bytes, start + layout.kindAt, name)) handles.push(handle);
  }
  return handles;
}

/** A record's overview, decoded. */
export function overviewAt(source: OverviewSource, handle: number): Overview {
  return decodeOverview(source.overviewOf(handle));
}

function isNameAt(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  if (bytes[at] !== name.length) return false;
  for (let n = 0; n < name.length; n++) if (bytes[at + 1 + n] !== name[n]) return false;
  return true;
}
