import { afterEach, describe, expect, test, vi } from 'vitest';
import type * as FreeMemory from '../../main/crypto/free-memory';
import { freshBytes } from '../../main/crypto/fresh-bytes';
import type { PageRow } from '../../main/store/rows';
import { VaultDatabase } from '../../main/store/vault-database';
import { PageList } from '../../main/vault/page-list';
import { ReadAhead } from '../../main/vault/read-ahead';

const watch = vi.hoisted((): { onFree: (array: Uint8Array) => void } => ({ onFree: () => undefined }));
vi.mock('../../main/crypto/free-memory', async (importOriginal) => {
  const { freeMemory } = await importOriginal<typeof FreeMemory>();
  return {
    freeMemory: (array: Uint8Array) => {
      watch.onFree(array);
      freeMemory(array);
    },
  };
});

const megabyte = 1024 * 1024;
const filled = (length: number, value: number) => freshBytes(length).fill(value);
let open: VaultDatabase[] = [];
afterEach(() => {
  watch.onFree = () => undefined;
  for (const db of open) db.close();
  open = [];
});

/** A database with pages of these lengths, each full of the number that says which it is. */
function withPages(...lengths: readonly number[]): VaultDatabase {
  const pages = lengths.map((length, at): PageRow => ({
    no: 3 * at + 1,
    revision: at,
    sealed: filled(length, at % 251),
  }));
  const header = { body: filled(100, 1), digest: filled(32, 2), mac: filled(32, 3), notes: filled(284, 4) };
  const db = VaultDatabase.create(':memory:', { header, head: { counter: 1, mac: filled(32, 5) }, pages });
  open.push(db);
  return db;
}

async function readAhead(db: VaultDatabase): Promise<ReadAhead> {
  const ahead = new ReadAhead(db);
  await ahead.readAll();
  return ahead;
}

const plain = (rows: Iterable<PageRow>) =>
  Array.from(rows, ({ no, revision, sealed }) => ({ no, revision, sealed: Uint8Array.from(sealed) }));

describe('reading ahead', () => {
  test.each([
    ['no page', []],
    ['one page', [12_288]],
    ['a megabyte and more', Array.from({ length: 300 }, (_, at) => 12_000 + at)],
    ['a page that just fits', [megabyte, 10]],
    ['a page that fits nowhere, in the middle', [5000, megabyte + 1, 6000]],
    ['pages that are none, in the middle', [5000, 0, 1, 6000]],
  ])('gives what the database gives: %s', async (_, lengths) => {
    const db = withPages(...lengths);
    const ahead = await readAhead(db);
    expect(plain(ahead.pages())).toEqual(plain(db.readPages()));
    expect(plain(new ReadAhead(db).pages())).toEqual(plain(db.readPages()));
  });

  test('reads no more than 64 megabytes, and the rest later', () => {
    const db = withPages(...Array.from({ length: 66 }, () => megabyte));
    const ahead = new ReadAhead(db);
    let turns = 1;
    while (ahead.readSome()) turns++;
    expect(turns).toBe(65);
    const buffers = new Set(Array.from(ahead.pages(), ({ sealed }) => sealed.byteOffset + sealed.buffer.byteLength));
    expect(buffers.has(megabyte)).toBe(true);
    expect(Array.from(ahead.pages())).toHaveLength(66);
  });

  test('says what is wrong with the file when the pages are asked for, not before', async () => {
    const db = withPages(5000, 3 * megabyte, 5000);
    const ahead = await readAhead(db);
    const seen: number[] = [];
    expect(() => {
      for (const { no } of ahead.pages()) seen.push(no);
    }).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    expect(seen).toEqual([1]);
  });

  test.each([2 ** 53, Number.MAX_SAFE_INTEGER])(
    'comes to an end where a number can’t be counted on: %s',
    async (no) => {
      const db = withPages(5000);
      db.commit({ head: { counter: 2, mac: filled(32, 6) }, pages: [{ no, revision: 1, sealed: filled(0, 0) }] });
      const ahead = await readAhead(db);
      expect(() => [...ahead.pages()]).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    },
  );

  test('is given back where the vault was not opened', async () => {
    const db = withPages(5000, 6000);
    const ahead = await readAhead(db);
    const sealed = [...ahead.pages()].map((row) => row.sealed);
    ahead.free();
    expect(sealed.map(({ length }) => length)).toEqual([0, 0]);
    expect(ahead.readSome()).toBe(false);
    expect(plain(ahead.pages())).toEqual(plain(db.readPages()));
  });
});

describe('what is in a page', () => {
  test('takes the place of what was read of it, and nothing is left where it was', async () => {
    const ahead = await readAhead(withPages(12_288, 12_288));
    const [first, second] = [...ahead.pages()];
    const content = filled(12_000, 9);
    const kept = ahead.replace(first?.sealed ?? content, content);
    expect(content).toHaveLength(0);
    expect(kept).toEqual(filled(12_000, 9));
    expect(kept.buffer).toBe(second?.sealed.buffer);
    expect(second?.sealed).toEqual(filled(12_288, 1));
  });

  test('stays where it is if nothing was read ahead, and what was read is freed', () => {
    const db = withPages(12_288);
    const ahead = new ReadAhead(db);
    const [row] = [...ahead.pages()];
    const content = filled(12_000, 9);
    expect(ahead.replace(row?.sealed ?? content, content)).toBe(content);
    expect(row?.sealed).toHaveLength(0);
  });

  test('is wiped in all pages before any memory is freed', async () => {
    const ahead = await readAhead(withPages(12_288, 12_288));
    const rows = [...ahead.pages()];
    const contents = rows.map(({ sealed }, at) => ahead.replace(sealed, filled(12_000, at + 1)));
    const own = filled(12_000, 3);
    const list = new PageList();
    for (const [at, content] of [...contents, own].entries())
      list.add({ no: at + 1, revision: 2, tag: new Uint8Array(16), content });
    const left: number[] = [];
    // What stands in the memory at the moment at which it goes; the last 288 bytes of each page are as they were sealed.
    watch.onFree = ({ buffer }) => {
      if (!(buffer instanceof ArrayBuffer) || buffer.detached) return;
      const places = buffer.byteLength === megabyte ? [0, 12_288] : [0];
      for (const place of places) left.push(new Uint8Array(buffer, place, 12_000).filter((byte) => byte !== 0).length);
    };
    list.wipe();
    expect(left).toEqual([0, 0, 0]);
    expect(contents[0]).toHaveLength(0);
    expect(own).toHaveLength(0);
  });
});
