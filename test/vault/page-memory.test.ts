import { describe, expect, test } from 'vitest';
import { freshBytes } from '../../main/crypto/fresh-bytes';
import { PageList } from '../../main/vault/page-list';
import { PageMemory } from '../../main/vault/page-memory';

const filled = (length: number, value: number) => freshBytes(length).fill(value);
const pageBytes = 12_000;

describe('memory for pages', () => {
  test('takes a content in, and leaves nothing where it stood', () => {
    const memory = new PageMemory();
    expect(memory.grow()).toBe(true);
    const before = filled(pageBytes, 7);
    const kept = memory.keep(before);
    expect(before).toHaveLength(0);
    expect(kept).toEqual(filled(pageBytes, 7));
  });

  test('takes as many as were expected, none over another', async () => {
    const pages = 300;
    const memory = await PageMemory.reserve(pages);
    const kept = Array.from({ length: pages }, (_, n) => memory.keep(filled(pageBytes, n % 251)));
    expect(new Set(kept.map(({ buffer }) => buffer)).size).toBe(4); // a megabyte each
    for (const [n, content] of kept.entries()) expect(content).toEqual(filled(pageBytes, n % 251));
  });

  test('leaves a content where it is that finds no room, or is longer than all of it', () => {
    const memory = new PageMemory();
    memory.grow();
    const long = filled(1024 * 1024 + 1, 1);
    expect(memory.keep(long)).toBe(long);
    const contents = Array.from({ length: 90 }, () => filled(pageBytes, 2));
    const kept = contents.map((content) => memory.keep(content));
    expect(kept.filter((content, n) => content === contents[n])).toHaveLength(
      90 - Math.floor((1024 * 1024) / pageBytes),
    );
    expect(kept.every((content) => content.every((byte) => byte === 2))).toBe(true);
  });

  test('is bounded, whatever a file says of itself', async () => {
    const memory = await PageMemory.reserve(Number.MAX_SAFE_INTEGER);
    const content = () => memory.keep(filled(1024 * 1024, 3));
    const buffers = new Set(Array.from({ length: 65 }, () => content().length));
    expect(buffers).toEqual(new Set([1024 * 1024]));
    const last = filled(1024 * 1024, 3);
    expect(memory.keep(last)).toBe(last);
  });

  test('is wiped whole before any of it is freed', () => {
    const memory = new PageMemory();
    memory.grow();
    const contents = [1, 2].map((value) => memory.keep(filled(pageBytes, value)));
    const own = filled(pageBytes, 3);
    const list = new PageList();
    const seen: number[] = [];
    for (const [at, content] of [...contents, own].entries())
      list.add({ no: at + 1, revision: 2, tag: new Uint8Array(16), content });
    const [first] = contents;
    const transfer = ArrayBuffer.prototype.transfer;
    try {
      // What stands in the memory at the moment at which it goes.
      ArrayBuffer.prototype.transfer = function (this: ArrayBuffer, length?: number) {
        seen.push(
          new Uint8Array(this, 0, 2 * pageBytes > this.byteLength ? pageBytes : 2 * pageBytes).filter(Boolean).length,
        );
        return transfer.call(this, length);
      };
      list.wipe();
    } finally {
      ArrayBuffer.prototype.transfer = transfer;
    }
    expect(seen).toEqual([0, 0]);
    expect(first).toHaveLength(0);
    expect(own).toHaveLength(0);
  });
});
