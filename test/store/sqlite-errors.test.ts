import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { CofferError, type ErrorCode } from '../../main/errors';
import { damaged, translatingSqliteErrors } from '../../main/store/sqlite-errors';

/** What a step that throws leads to. */
function thrownAfter(error: unknown): unknown {
  try {
    translatingSqliteErrors(() => {
      throw error;
    });
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

const table: readonly [ErrorCode, readonly string[]][] = [
  ['not-a-vault', ['SQLITE_NOTADB']],
  ['vault-in-use', ['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_BUSY_RECOVERY', 'SQLITE_LOCKED', 'SQLITE_PROTOCOL']],
  ['disk-full', ['SQLITE_FULL']],
  [
    'no-permission',
    [
      ...['SQLITE_READONLY', 'SQLITE_READONLY_DIRECTORY', 'SQLITE_READONLY_DBMOVED', 'SQLITE_PERM', 'SQLITE_AUTH'],
      ...['SQLITE_CANTOPEN', 'SQLITE_CANTOPEN_ISDIR'],
    ],
  ],
  ['not-enough-memory', ['SQLITE_NOMEM', 'SQLITE_IOERR_NOMEM']],
  ['io-failed', ['SQLITE_IOERR', 'SQLITE_IOERR_READ', 'SQLITE_IOERR_WRITE', 'SQLITE_IOERR_FSYNC']],
  [
    'vault-damaged',
    [
      ...['SQLITE_CORRUPT', 'SQLITE_CORRUPT_INDEX', 'SQLITE_FORMAT', 'SQLITE_IOERR_CORRUPTFS'],
      ...['SQLITE_IOERR_SHORT_READ', 'SQLITE_SCHEMA', 'SQLITE_ERROR'],
    ],
  ],
];

for (const [expected, codes] of table) {
  test.each(codes)(`%s becomes ${expected}, with the original as its cause`, (code) => {
    const cause = new Database.SqliteError('near "canary": some text of SQLite', code);
    const thrown = thrownAfter(cause);
    expect(thrown).toBeInstanceOf(CofferError);
    expect(thrown).toMatchObject({ code: expected, cause });
    // SQLite's own words may quote values; the message is Coffer's alone.
    expect((thrown as CofferError).message).not.toContain('canary');
  });
}

test.each([
  ["Coffer's own refusal", damaged()],
  ['an error of another library with a code', Object.assign(new Error('no such file'), { code: 'ENOENT' })],
  ['a mistake in the program', new TypeError('not a function')],
  ['what is no error at all', 'SQLITE_FULL'],
])('%s passes as it is', (_name, error) => {
  expect(thrownAfter(error)).toBe(error);
});

test('the result of a step that works is handed on', () => {
  expect(translatingSqliteErrors(() => 42)).toBe(42);
});

test('a real error of SQLite carries a code that the table knows', () => {
  const notADatabase = () => {
    const db = new Database(Buffer.from('this is a text and no database '.repeat(40)));
    db.prepare('SELECT * FROM sqlite_schema').all();
  };
  expect(() => translatingSqliteErrors(notADatabase)).toThrow(expect.objectContaining({ code: 'not-a-vault' }));
});
