/** "COFR": tells a Coffer vault from other SQLite files. */
export const applicationId = 0x434f4652;
/** `user_version` of the schema below. */
export const schemaVersion = 1;
/** SQLite page size of a vault. */
export const pageSizeBytes = 4096;

/**
 * All statements of format 1. No column says what a record is, when it changed or whose it is.
 * `header`: slots and costs, and sealed notes on them; `code_day`: the table for codes; `head`: commit counter and the MAC over all pages; `page`: sealed overviews; `secret`: sealed rest.
 */
export const schemaStatements: readonly string[] = [
  'CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), body BLOB NOT NULL, digest BLOB NOT NULL, mac BLOB NOT NULL, notes BLOB NOT NULL) STRICT',
  'CREATE TABLE code_day (day INTEGER PRIMARY KEY, offsets BLOB NOT NULL) STRICT',
  'CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), counter INTEGER NOT NULL, mac BLOB NOT NULL) STRICT',
  'CREATE TABLE page (no INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE secret (no INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
];

/**
 * SQL that is true where a column holds bytes, and not too many. A file made by hand may hold text where Coffer writes bytes;
 * STRICT binds only those who keep to it.
 */
export function isBlob(column: string, maxBytes: number): string {
  return `typeof(${column}) = 'blob' AND length(${column}) <= ${maxBytes}`;
}

/** One row of sqlite_schema. */
export interface SchemaRow {
  readonly type: string;
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

/**
 * What sqlite_schema of a vault must hold, exactly: nothing missing, and no trigger, view, index or virtual table more.
 *
 * @returns Rows sorted by name.
 */
export function expectedSchema(): SchemaRow[] {
  const tables = schemaStatements.map((sql) => {
    const name = /^CREATE TABLE (\w+)/.exec(sql)?.[1] ?? '';
    return { type: 'table', name, tbl_name: name, sql };
  });
  return tables.sort((a, b) => (a.name < b.name ? -1 : 1));
}
