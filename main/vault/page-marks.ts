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

/**
 * The marks of pages as the set MAC reads them: u64 number, u64 revision, tag (16) of each, in ascending order of the numbers.
 *
 * @param pages - In ascending order of their numbers.
 */
export function encodeMarks(pages: readonly PageMark[]): Uint8Array {
  const bytes = new Uint8Array(pages.length * markBytes);
  pages.forEach((page, index) => writeMark(bytes, index * markBytes, page));
  return bytes;
}

/** How many pages there are in {@link encodeMarks}' bytes. */
export function countMarks(marks: Uint8Array): number {
  return marks.length / markBytes;
}

/** The highest page number in {@link encodeMarks}' bytes; 0 if there is no page. */
export function lastNoOf(marks: Uint8Array): number {
  if (marks.length === 0) return 0;
  const view = new DataView(marks.buffer, marks.byteOffset, marks.length);
  return Number(view.getBigUint64(marks.length - markBytes));
}

/**
 * The marks after some pages were written and others removed. A save at 100,000 records patches a copy of about 50 kB rather
 * than sort and write all of it.
 *
 * @param marks - Not changed.
 * @returns Fresh bytes.
 */
export function patchMarks(
  marks: Uint8Array,
  changed: readonly PageMark[],
  removed: readonly number[] = [],
): Uint8Array {
  let patched = new Uint8Array(marks);
  for (const page of changed) {
    const at = placeOf(patched, page.no);
    if (!isAt(patched, at, page.no)) patched = spliced(patched, at, 0, markBytes);
    writeMark(patched, at, page);
  }
  for (const no of removed) {
    const at = placeOf(patched, no);
    if (isAt(patched, at, no)) patched = spliced(patched, at, markBytes, 0);
  }
  return patched;
}

function writeMark(bytes: Uint8Array, at: number, { no, revision, tag }: PageMark): void {
  bytes.set(uint64(no), at);
  bytes.set(uint64(revision), at + noBytes);
  bytes.set(tag, at + tagAt);
}

/** Offset of a page's mark, or of the place where it belongs. */
function placeOf(bytes: Uint8Array, no: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const wanted = BigInt(no);
  let low = 0;
  let high = countMarks(bytes);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (view.getBigUint64(middle * markBytes) < wanted) low = middle + 1;
    else high = middle;
  }
  return low * markBytes;
}

function isAt(bytes: Uint8Array, at: number, no: number): boolean {
  if (at >= bytes.length) return false;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getBigUint64(at) === BigInt(no);
}

function spliced(bytes: Uint8Array, at: number, removedBytes: number, addedBytes: number): Uint8Array<ArrayBuffer> {
  const result = new Uint8Array(bytes.length - removedBytes + addedBytes);
  result.set(bytes.subarray(0, at));
  result.set(bytes.subarray(at + removedBytes), at + addedBytes);
  return result;
}
