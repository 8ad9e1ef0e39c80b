import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Commit, SecretRow } from '../../main/store/rows';
import { VaultDatabase } from '../../main/store/vault-database';
import { temporaryFolder } from '../support/small-vault';

const filled = (byte: number, length: number) => Buffer.alloc(length, byte);
const header = { body: filled(1, 100), digest: filled(2, 32), mac: filled(3, 32), notes: filled(4, 284) };
const headAt = (counter: number) => ({ counter, mac: filled(counter, 32) });
const secret = (byte: number, sealed: Uint8Array): SecretRow => ({ no: byte, revision: 1, sealed });
const pageAt = (no: number, revision: number) => ({ no, revision, sealed: filled(no + 10 * revision, 4124) });
const first: Commit = {
  head: headAt(2),
  pages: [pageAt(0, 1), pageAt(1, 1)],
  secrets: [secret(7, filled(70, 284)), secret(8, filled(80, 9000))],
};

let place: ReturnType<typeof temporaryFolder>;
let open: VaultDatabase[];
beforeEach(() => {
  place = temporaryFolder();
  open = [];
});
afterEach(() => {
  for (const db of open) db.close();
  place.remove();
});

function create(): VaultDatabase {
  writeFileSync(place.file, '', { mode: 0o600, flag: 'wx' });
  return closedLater(VaultDatabase.create(place.file, { header, head: headAt(1) }));
}

function createFilled(): VaultDatabase {
  const db = create();
  db.startWriting();
  db.commit(first);
  return db;
}

const reopen = () => closedLater(VaultDatabase.open(place.file));
const closedLater = (db: VaultDatabase) => {
  open.push(db);
  return db;
};

/** Changes a vault that nobody has open, as somebody with write access can. */
function change(sql: string): void {
  const db = new Database(place.file);
  db.exec(sql);
  db.close();
}

function contentOf(db: VaultDatabase) {
  const secrets = [7, 8, 9].map((byte) => db.readSecret(byte));
  return { header: db.readHeader(), head: db.readHead(), pages: db.readPages(), secrets, count: db.countSecrets() };
}

test('a new vault holds its header and head, and nothing else', () => {
  const empty = { header, head: headAt(1), pages: [], secrets: [null, null, null], count: 0 };
  const db = create();
  expect(contentOf(db)).toEqual(empty);
  db.close();
  expect(contentOf(reopen())).toEqual(empty);
  expect(readFileSync(place.file).readUInt32BE(68)).toBe(0x434f4652); // application_id, "COFR"
});

test('a commit adds, replaces and removes, and is there after closing and opening', () => {
  const db = createFilled();
  expect(contentOf(db)).toEqual({ header, ...first, secrets: [...first.secrets!, null], count: 2 });
  db.commit({
    head: headAt(3),
    pages: [pageAt(5, 1), pageAt(1, 2)],
    removedPages: [0],
    secrets: [{ ...secret(8, filled(81, 300)), revision: 2 }, secret(9, filled(90, 10))],
    removedSecrets: [7],
  });
  const expected = {
    header,
    head: headAt(3),
    pages: [pageAt(1, 2), pageAt(5, 1)],
    secrets: [null, { ...secret(8, filled(81, 300)), revision: 2 }, secret(9, filled(90, 10))],
    count: 2,
  };
  expect(contentOf(db)).toEqual(expected);
  db.close();
  expect(contentOf(reopen())).toEqual(expected);
});

// Each has something valid before the row that SQLite refuses: STRICT tables take no fractions.
test.each<[string, Omit<Commit, 'head'>]>([
  ['a page after another', { pages: [pageAt(0, 2), { ...pageAt(9, 1), revision: 1.5 }] }],
  ['a page number', { pages: [pageAt(0, 2), { ...pageAt(9, 1), no: 9.5 }] }],
  ['a secret after pages', { pages: [pageAt(0, 2)], secrets: [{ ...secret(9, filled(9, 9)), revision: 1.5 }] }],
])('a commit in which %s breaks a constraint changes nothing', (_name, rows) => {
  const db = createFilled();
  const before = contentOf(db);
  expect(() => db.commit({ head: headAt(3), ...rows })).toThrow(expect.objectContaining({ name: 'CofferError' }));
  expect(contentOf(db)).toEqual(before);
  db.commit({ head: headAt(4) }); // no transaction was left open
  db.close();
  expect(contentOf(reopen())).toEqual({ ...before, head: headAt(4) });
});

test('a head that breaks a constraint takes the rows before it along', () => {
  const db = createFilled();
  const before = contentOf(db);
  const rows = { pages: [pageAt(0, 2)], removedPages: [1], removedSecrets: [7] };
  expect(() => db.commit({ ...rows, head: { ...headAt(3), counter: 3.5 } })).toThrow(
    expect.objectContaining({ name: 'CofferError' }),
  );
  expect(contentOf(db)).toEqual(before);
});

describe('settings', () => {
  const always = {
    ...{ secure_delete: 1, trusted_schema: 0, cell_size_check: 1, temp_store: 2, mmap_size: 0 },
    ...{ locking_mode: 'exclusive', synchronous: 2, fullfsync: 1, page_size: 4096 },
  };

  test.each([
    ['a new vault', () => create(), 'delete'],
    ['an opened vault', () => (create().close(), reopen()), 'delete'],
    ['a vault being written', () => createFilled(), 'wal'],
  ])('%s has those that SQLite must have been told', (_name, make, journalMode) => {
    const spy = vi.spyOn(Database.prototype, 'pragma');
    make();
    const connection = spy.mock.contexts.at(-1) as Database.Database;
    const expected = { ...always, journal_mode: journalMode };
    const actual = Object.keys(expected).map((name) => [name, connection.pragma(name, { simple: true })]);
    expect(Object.fromEntries(actual)).toEqual(expected);
  });
});

describe('the file', () => {
  test('has a log beside it while it is written, for its owner alone, and is one file when closed', () => {
    const db = createFilled();
    expect(readdirSync(place.folder)).toEqual(['test.coffer', 'test.coffer-wal']);
    expect(statSync(`${place.file}-wal`).mode & 0o777).toBe(0o600);
    db.close();
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
    // 1 in SQLite's header: a reader expects no log.
    expect([...readFileSync(place.file).subarray(18, 20)]).toEqual([1, 1]);
    expect(statSync(place.file).mode & 0o777).toBe(0o600);
  });

  test('is not changed by opening, reading and closing', () => {
    createFilled().close();
    const before = readFileSync(place.file);
    const db = reopen();
    contentOf(db);
    db.close();
    expect(readFileSync(place.file)).toEqual(before);
  });

  test('is locked from opening to closing, also while nothing is written', () => {
    create().close();
    const db = reopen();
    expect(reopen).toThrow(expect.objectContaining({ code: 'vault-in-use' }));
    db.startWriting();
    db.commit(first);
    expect(reopen).toThrow(expect.objectContaining({ code: 'vault-in-use' }));
    db.close();
    expect(contentOf(reopen())).toMatchObject({ head: headAt(2) });
  });

  test('is locked when the caller looks at it before anything is read, and free after a refusal of theirs', () => {
    create().close();
    const refusal = new Error('refused by the caller');
    const look = vi.fn(() => {
      expect(reopen).toThrow(expect.objectContaining({ code: 'vault-in-use' }));
      throw refusal;
    });
    expect(() => VaultDatabase.open(place.file, look)).toThrow(refusal);
    expect(look).toHaveBeenCalledOnce();
    expect(contentOf(reopen())).toMatchObject({ head: headAt(1) });
  });

  test('holds no byte of what was removed or replaced, once it is closed', () => {
    const isInFile = (text: string) => readFileSync(place.file).includes(text);
    // From part of a page to many; each found by its own word.
    const canaries = [100, 3000, 9000, 70_000].map((length, no) => {
      const word = `canary-${no}-of-the-store`;
      const sealed = Buffer.from(word.repeat(length / word.length + 1));
      return { word, row: secret(no, sealed), page: { no, revision: 1, sealed } };
    });
    const db = createFilled();
    db.commit({ head: headAt(3), secrets: canaries.map(({ row }) => row), pages: canaries.map(({ page }) => page) });
    db.close();
    for (const { word } of canaries) expect(isInFile(word)).toBe(true);

    const again = reopen();
    again.startWriting();
    again.commit({
      head: headAt(4),
      removedSecrets: canaries.slice(0, 2).map(({ row }) => row.no),
      secrets: canaries.slice(2).map(({ row }) => ({ ...row, revision: 2, sealed: filled(5, 50) })),
      removedPages: [1, 2],
      pages: [pageAt(0, 2), pageAt(3, 2)],
    });
    again.close();
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
    for (const { word } of canaries) expect(isInFile(word)).toBe(false);
  });
});

describe('blobs larger than Coffer writes', () => {
  test.each([
    ['a header', 'UPDATE header SET body', 64 * 1024, (db: VaultDatabase) => db.readHeader()],
    ['a page', 'UPDATE page SET sealed', 2 * 1024 * 1024, (db: VaultDatabase) => db.readPages()],
  ])('%s: the largest is read, one byte more is damage', (_name, update, limitBytes, read) => {
    createFilled().close();
    change(`${update} = zeroblob(${limitBytes})`);
    const db = reopen();
    expect(() => read(db)).not.toThrow();
    db.close();
    change(`${update} = zeroblob(${limitBytes + 1})`);
    expect(() => read(reopen())).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
  });

  test('a secret: the largest is read, one byte more is as if it were missing', () => {
    const limitBytes = 16 * 1024 * 1024;
    createFilled().close();
    change(`UPDATE secret SET sealed = zeroblob(${limitBytes}) WHERE length(sealed) = 284`);
    const db = reopen();
    expect(db.readSecret(7)?.sealed.length).toBe(limitBytes);
    db.close();
    change(`UPDATE secret SET sealed = zeroblob(${limitBytes + 1}) WHERE length(sealed) > 9000`);
    const changed = reopen();
    expect(changed.readSecret(7)).toBeNull();
    expect(changed.readSecret(8)?.sealed.length).toBe(9000);
  });
});

test('a vault whose header or head row is gone is damaged', () => {
  createFilled().close();
  change('DELETE FROM header; DELETE FROM head');
  const db = reopen();
  expect(() => db.readHeader()).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
  expect(() => db.readHead()).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
});
