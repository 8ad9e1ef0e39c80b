import type { CredentialKind } from './descriptor';
import { kindOf } from './kinds';
import { type Overview, decodeOverview } from './overview';
import { layout, numberedKinds, readHead } from './overview-layout';

/** Where overviews are read in bulk; the unlocked vault is one. Handles are numbers that stand for records. */
export interface OverviewSource {
  /** Handles are whole numbers below this; a handle never goes from one record to another. */
  readonly handleLimit: number;
  /** Calls back for each record, with its handle, the bytes in which its overview lies, and where it begins there. */
  visit(visitor: (handle: number, bytes: Uint8Array, start: number) => void): void;
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

const listedKinds = numberedKinds.map((name) => kindOf(name));

/**
 * The kind of a record, told without decoding its overview.
 *
 * @param start - Where in the bytes the overview begins.
 * @returns Null for a kind, or a layout, that this version does not know: such records are kept and listed nowhere.
 */
export function listedKindAt(bytes: Uint8Array, start: number): CredentialKind | null {
  if (bytes[start] !== layout.version) return null;
  const number = bytes[start + layout.kindAt] ?? 0;
  return number === 0 ? kindOf(readHead(bytes, start).kind) : (listedKinds[number] ?? null);
}

/** Handles of all records of a kind, told without decoding their overviews. */
export function handlesOfKind(source: OverviewSource, kind: string): number[] {
  const stored = storedKind(kind);
  const handles: number[] = [];
  source.visit((handle, bytes, start) => {
    if (bytes[start] !== layout.version) return;
    if (stored.every((byte, at) => bytes[start + layout.kindAt + at] === byte)) handles.push(handle);
  });
  return handles;
}

/** A kind as it stands in an overview: its number; or 0, the length of its name and the name. */
function storedKind(kind: string): readonly number[] {
  const number = numberedKinds.indexOf(kind);
  if (number > 0) return [number];
  const name = new TextEncoder().encode(kind);
  return [0, name.length, ...name];
}

/** A record's overview, decoded. */
export function overviewAt(source: OverviewSource, handle: number): Overview {
  return decodeOverview(source.overviewOf(handle));
}
