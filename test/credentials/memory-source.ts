import { type Overview, encodeOverview } from '../../main/credentials/overview';
import type { OverviewSource } from '../../main/credentials/overview-source';
import type { PlainRow } from './plain-search';

/** Overviews in memory, as the unlocked vault has them: some share their bytes with others. */
export class MemorySource implements OverviewSource {
  readonly #rows: ({ id: string; bytes: Uint8Array; overview: Overview } | null)[] = [];

  get handleLimit(): number {
    return this.#rows.length;
  }

  visit(visitor: (handle: number, bytes: Uint8Array, start: number) => void): void {
    for (let handle = 0; handle < this.handleLimit; handle++) {
      if (this.has(handle)) visitor(handle, this.bytesOf(handle), this.startOf(handle));
    }
  }

  has(handle: number): boolean {
    return this.#rows[handle] !== null && this.#rows[handle] !== undefined;
  }

  bytesOf(handle: number): Uint8Array {
    return this.#row(handle).bytes;
  }

  startOf(handle: number): number {
    return Math.min(handle, 3);
  }

  overviewOf(handle: number): Uint8Array {
    return this.bytesOf(handle).subarray(this.startOf(handle));
  }

  idOf(handle: number): string {
    return this.#row(handle).id;
  }

  /** Adds a record. Its id says nothing about its handle. */
  add(overview: Overview): number {
    const handle = this.#rows.length;
    const id = (Math.imul(handle + 1, 0x9e3779b1) >>> 0).toString(16).padStart(32, '0');
    this.#rows.push({ id, overview, bytes: new Uint8Array() });
    this.set(handle, overview);
    return handle;
  }

  /** Changes a record. */
  set(handle: number, overview: Overview): void {
    const encoded = encodeOverview(overview);
    const bytes = new Uint8Array(this.startOf(handle) + encoded.length).fill(0xff);
    bytes.set(encoded, this.startOf(handle));
    this.#rows[handle] = { ...this.#row(handle), overview, bytes };
  }

  /** Removes a record. */
  remove(handle: number): void {
    this.#rows[handle] = null;
  }

  /** A record's overview. */
  decoded(handle: number): Overview {
    return this.#row(handle).overview;
  }

  /** All records, for the plain search. */
  rows(): PlainRow[] {
    return this.#rows.filter((row) => row !== null);
  }

  #row(handle: number) {
    const row = this.#rows[handle];
    if (row === undefined || row === null) throw new Error('there is no such record');
    return row;
  }
}
