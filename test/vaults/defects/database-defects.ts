import { truncateSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { schemaStatements } from '../../../main/store/schema';
import { type Defect, errors } from './defect';

const notAVault = { code: 'not-a-vault', message: 'expected a Coffer vault' };

/** What is not exactly our schema, or not a sound SQLite file. Nothing in it may run. */
export const databaseDefects: readonly Defect[] = [
  sql('trigger', 'a trigger that deletes all records when a save is made', [
    'CREATE TRIGGER t AFTER UPDATE ON head BEGIN DELETE FROM secret; DELETE FROM page; END',
  ]),
  sql('trigger-on-insert', 'a trigger that acts when a day is added to the table for codes', [
    'CREATE TRIGGER t AFTER INSERT ON code_day BEGIN DELETE FROM secret; END',
  ]),
  sql('view', 'a view', ['CREATE VIEW v AS SELECT * FROM page']),
  sql('view-in-place', 'a view with the name of a table', [
    'DROP TABLE page',
    'CREATE VIEW page AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS no, 1 AS revision, zeroblob(2000000) AS sealed FROM n',
  ]),
  sql('virtual-table', 'a virtual table', ['CREATE VIRTUAL TABLE f USING fts5(x)']),
  sql('generated-column', 'a generated column', [
    "ALTER TABLE page ADD COLUMN more TEXT GENERATED ALWAYS AS (printf('%9000d', no)) VIRTUAL",
  ]),
  sql('check-constraint', 'a constraint that computes for ever', [
    'DROP TABLE head',
    "CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), counter INTEGER NOT NULL CHECK (length(printf('%1000000000d', counter)) > 0), mac BLOB NOT NULL) STRICT",
  ]),
  sql('extra-index', 'an index', ['CREATE INDEX i ON page (revision)']),
  sql('partial-index', 'an index over an expression', ['CREATE INDEX i ON secret (abs(revision)) WHERE revision > 0']),
  sql('extra-table', 'a further table', ['CREATE TABLE extra (x ANY) STRICT']),
  sql('statistics', 'the table that ANALYZE makes', ['ANALYZE']),
  sql('table-missing', 'a table is missing', ['DROP TABLE secret']),
  sql('schema-broken', 'the schema holds a statement that is no SQL', [
    'PRAGMA writable_schema=ON',
    "UPDATE sqlite_schema SET sql = 'CREATE TABLE page nonsense(' WHERE name = 'page'",
  ]),
  sql('text-for-bytes', 'a text stands where bytes belong, in a table that says STRICT', [
    'DROP TABLE head',
    'CREATE TABLE head (id INTEGER PRIMARY KEY, counter, mac)',
    "INSERT INTO head VALUES (1, 1, 'a text of thirty-two characters.')",
    'PRAGMA writable_schema=ON',
    `UPDATE sqlite_schema SET sql = '${schemaStatements.find((statement) => statement.includes(' head '))!}' WHERE name = 'head'`,
  ]),
  { ...sql('application-id', 'another application id', ['PRAGMA application_id = 7']) },
  { ...sql('user-version', 'a version in SQLite’s header that the tables are not of', ['PRAGMA user_version = 2']) },
  { ...sql('page-size', 'SQLite pages of 8192 bytes', ['PRAGMA page_size = 8192', 'VACUUM']) },
  { ...sql('auto-vacuum', 'a database that moves its pages', ['PRAGMA auto_vacuum = 1', 'VACUUM']) },
  {
    name: 'encoding',
    defect: 'texts in UTF-16',
    error: errors.file,
    derivations: 0,
    make: async (kit) => {
      const { rows } = await kit.vault('a');
      kit.write(rows);
      writeFileSync(kit.file, '');
      kit.run("PRAGMA encoding = 'UTF-16le'", 'PRAGMA page_size = 4096', ...schemaStatements);
      kit.run('PRAGMA application_id = 1129268818', 'PRAGMA user_version = 1');
      const db = new Database(kit.file);
      db.prepare('INSERT INTO header VALUES (1, @body, @digest, @mac, @notes)').run(rows.header);
      db.prepare('INSERT INTO head VALUES (1, @counter, @mac)').run(rows.head);
      for (const page of rows.pages) db.prepare('INSERT INTO page VALUES (@no, @revision, @sealed)').run(page);
      for (const secret of rows.secrets) db.prepare('INSERT INTO secret VALUES (@no, @revision, @sealed)').run(secret);
      db.close();
    },
  },
  {
    name: 'other-database',
    defect: 'a SQLite file of another program',
    error: { code: 'not-a-vault', message: 'not a Coffer vault' },
    derivations: 0,
    make: (kit) => {
      writeFileSync(kit.file, '');
      kit.run('CREATE TABLE notes (x)');
    },
  },
  bytes(
    'truncated',
    'the last page of the file is missing',
    { code: 'vault-damaged', message: 'bytes and should have' },
    (file) => truncateSync(file, readFileSync(file).length - 4096),
  ),
  bytes(
    'truncated-to-half',
    'the file ends in the middle',
    { code: 'vault-damaged', message: 'bytes and should have' },
    (file) => truncateSync(file, Math.floor(readFileSync(file).length / 2) + 5),
  ),
  bytes('empty', 'the file has no bytes', { code: 'not-a-vault', message: 'it is empty' }, (file) =>
    writeFileSync(file, ''),
  ),
  bytes('no-database', 'the file is a text', notAVault, (file) => writeFileSync(file, 'No vault.\n'.repeat(800))),
  bytes('header-bytes', 'the first bytes say that only newer programs may write to it', errors.file, (file) =>
    patch(file, 18, 9),
  ),
  bytes(
    'page-count',
    'the first bytes say that the file has 16 TiB',
    { code: 'vault-damaged', message: 'bytes and should have' },
    (file) => patch(file, 28, 0xff),
  ),
  bytes('tree-loop', 'a page of a table leads back to its root', errors.file, (file) => {
    const all = readFileSync(file);
    all.copyWithin(4096, 0, 4096); // the root of a table becomes a copy of that of the schema
    writeFileSync(file, all);
  }),
];

function sql(name: string, defect: string, statements: readonly string[]): Defect {
  return { name, defect, error: errors.file, derivations: 0, make: (kit) => kit.change(...statements) };
}

function bytes(name: string, defect: string, error: Defect['error'], change: (file: string) => void): Defect {
  const make: Defect['make'] = async (kit) => {
    kit.write((await kit.vault('a')).rows);
    change(kit.file);
  };
  return { name, defect, error, derivations: 0, make };
}

function patch(file: string, at: number, value: number): void {
  const all = readFileSync(file);
  all[at] = value;
  writeFileSync(file, all);
}
