import { uint64 } from '../crypto/encode';

/** What the set MAC covers of a page. */
export interface PageMark {
  readonly no: number;
  readonly revision: number;
  /** Tag of the sealed page. */
  readonly tag: Uint8Array;
}

const noBytes = 8;
const markBytes = 32;
const tagAt = 16;
const spareBytes = 64 * markBytes;

/** Bytes that take the place of others: of one mark, or of none. */
interface Edit {
  readonly no: number;
  readonly at: number;
  readonly replacedBytes: number;
  readonly bytes: Uint8Array;
}

/**
 * The marks of pages as the set MAC reads them: u64 number, u64 revision, tag (16) of each, in ascending order of the numbers.
 *
 * @param pages - In ascending order of their numbers.
 */
export function encodeMarks(pages: readonly PageMark[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pages.length * markBytes);
  pages.forEach((page, index) => writeMark(bytes, index * markBytes, page));
  return bytes;
}

/** How many pages there are in so many bytes of marks. */
export function countMarks(lengthBytes: number): number {
  return lengthBytes / markBytes;
}

/**
 * The marks of a set that changes. At 100,000 records they are about 57 kB: a save neither copies nor writes them anew, but
 * changes its few in place, and the MAC reads what will stand there in pieces.
 */
export class PageMarks {
  #bytes: Uint8Array<ArrayBuffer>;
  #length: number;
  #view: DataView;

  /** @param pages - In ascending order of their numbers. */
  constructor(pages: readonly PageMark[]) {
    this.#bytes = encodeMarks(pages);
    this.#length = this.#bytes.length;
    this.#view = new DataView(this.#bytes.buffer);
  }

  /** The highest page number; 0 if there is no page. */
  get lastNo(): number {
    return this.#length === 0 ? 0 : this.#noAt(this.#length - markBytes);
  }

  /**
   * The marks as they would be once some pages were stored and others were gone, in pieces: {@link encodeMarks}' bytes one after
   * the other. They are views, good until the next {@link apply}.
   */
  piecesWith(changed: readonly PageMark[], removed: readonly number[]): Uint8Array[] {
    const pieces: Uint8Array[] = [];
    let at = 0;
    for (const edit of this.#editsFor(changed, removed)) {
      pieces.push(this.#bytes.subarray(at, edit.at), edit.bytes);
      at = edit.at + edit.replacedBytes;
    }
    pieces.push(this.#bytes.subarray(at, this.#length));
    return pieces;
  }

  /** Stores some marks and drops others. */
  apply(changed: readonly PageMark[], removed: readonly number[]): void {
    // From the last to the first, so that the places of those before it stay what they are.
    for (const { at, replacedBytes, bytes } of this.#editsFor(changed, removed).reverse()) {
      if (replacedBytes !== bytes.length) this.#makeRoom(at, bytes.length - replacedBytes);
      this.#bytes.set(bytes, at);
    }
  }

  /** In ascending order of the page numbers, which is that of their places, too. */
  #editsFor(changed: readonly PageMark[], removed: readonly number[]): Edit[] {
    const marks = changed.map((page) => ({ no: page.no, bytes: encodeMarks([page]) }));
    const edits = [...marks, ...removed.map((no) => ({ no, bytes: new Uint8Array() }))].map(({ no, bytes }): Edit => {
      const at = this.#placeOf(no);
      const isThere = at < this.#length && this.#noAt(at) === no;
      return { no, at, replacedBytes: isThere ? markBytes : 0, bytes };
    });
    return edits.sort((a, b) => a.no - b.no);
  }

  #makeRoom(at: number, addedBytes: number): void {
    if (this.#length + addedBytes > this.#bytes.length) {
      const larger = new Uint8Array(this.#length + addedBytes + spareBytes);
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    const from = addedBytes < 0 ? at - addedBytes : at;
    this.#bytes.copyWithin(from + addedBytes, from, this.#length);
    this.#length += addedBytes;
  }

  /** Offset of a page's mark, or of the place where it belongs. */
  #placeOf(no: number): number {
    let low = 0;
    let high = countMarks(this.#length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#noAt(middle * markBytes) < no) low = middle + 1;
      else high = middle;
    }
    return low * markBytes;
  }

  #noAt(at: number): number {
    return this.#view.getUint32(at) * 0x1_0000_0000 + this.#view.getUint32(at + 4);
  }
}

function writeMark(bytes: Uint8Array, at: number, { no, revision, tag }: PageMark): void {
  bytes.set(uint64(no), at);
  bytes.set(uint64(revision), at + noBytes);
  bytes.set(tag, at + tagAt);
}
