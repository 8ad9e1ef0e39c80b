import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** What to look for: a name for it, and its bytes. */
export type Needles = Readonly<Record<string, Uint8Array>>;

/** Something that was found. */
export interface Hit {
  readonly address: number;
  /** The 16 bytes before it, which tell what it is part of. */
  readonly before: Buffer;
}

const chunkBytes = 16 * 1024 * 1024;
const contextBytes = 16;

/**
 * Searches everything that a process can write to: its heaps, stacks and data. The process runs on meanwhile, so what moves
 * just then may be missed or seen twice.
 *
 * @param pid - Of a process that the caller may trace: root may any, others their own children.
 * @returns For each needle where it was found.
 * @see proc(5), /proc/pid/maps and /proc/pid/mem.
 */
export function searchMemory(pid: number, needles: Needles): Record<string, Hit[]> {
  const wanted = Object.entries(needles).map(([name, bytes]) => ({ name, bytes, hits: new Map<number, Hit>() }));
  const overlap = contextBytes + Math.max(...wanted.map(({ bytes }) => bytes.length));
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.alloc(chunkBytes);
  try {
    for (const { start, end } of writableMappings(pid)) {
      for (let at = start; at < end; at += chunkBytes - overlap) {
        const part = chunk.subarray(0, readSome(memory, chunk, at, Math.min(chunkBytes, end - at)));
        for (const { bytes, hits } of wanted) {
          for (let found = part.indexOf(bytes); found >= 0; found = part.indexOf(bytes, found + 1)) {
            // In the overlap of two chunks it is found twice; the second time with what stands before it.
            const before = Buffer.from(part.subarray(Math.max(0, found - contextBytes), found));
            hits.set(at + found, { address: at + found, before });
          }
        }
      }
    }
  } finally {
    closeSync(memory);
    chunk.fill(0);
  }
  return Object.fromEntries(wanted.map(({ name, hits }) => [name, [...hits.values()]]));
}

function writableMappings(pid: number): { start: number; end: number }[] {
  const lines = readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
    if (start === undefined || end === undefined) return [];
    return [{ start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) }];
  });
}

/** What can be read; a mapping that went away, or one of a device, gives nothing. */
function readSome(memory: number, into: Buffer, at: number, length: number): number {
  try {
    return readSync(memory, into, 0, length, at);
  } catch {
    return 0;
  }
}
