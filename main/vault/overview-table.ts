/** A record id as lower-case hex: the form in which ids leave this folder. */
export type RecordId = string;

/** All overviews of an unlocked vault, for reading in bulk without an object a record. */
export interface OverviewTable {
  /** Handles are whole numbers below this. Each belongs to one record as long as the vault is unlocked. */
  readonly handleLimit: number;
  /** Calls back for each record, with its handle, the bytes in which its overview lies, and where it begins there. */
  visit(visitor: (handle: number, bytes: Uint8Array, start: number) => void): void;
  /** Whether the handle's record is there. */
  has(handle: number): boolean;
  /** Bytes in which a record's overview lies. They belong to the vault: read them, don't keep them. */
  bytesOf(handle: number): Uint8Array;
  /** Where in {@link bytesOf} the overview begins. */
  startOf(handle: number): number;
  /** A view of the overview alone. */
  overviewOf(handle: number): Uint8Array;
  /** The record's id. */
  idOf(handle: number): RecordId;
}

/** Length of a record's id. */
export const idBytes = 16;

/** Id as hex. */
export function toId(bytes: Uint8Array): RecordId {
  return idAt(bytes, 0);
}

/** The id that stands at a place, as hex. */
export function idAt(bytes: Uint8Array, at: number): RecordId {
  return Buffer.from(bytes.buffer, bytes.byteOffset + at, idBytes).toString('hex');
}
