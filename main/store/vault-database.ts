import Database from 'better-sqlite3';
import { checkIdentity } from './check-identity';
import type { CodeDayRow, Commit, HeadRow, HeaderRow, PageRow, SecretRow } from './rows';
import { applicationId, isBlob, pageSizeBytes, schemaStatements, schemaVersion } from './schema';
import { damaged, translatingSqliteErrors } from './sqlite-errors';
import { writeCommit } from './write-commit';

// Far above what Coffer writes; a larger blob is not ours, and is not read.
const maxPageBytes = 2 * 1024 * 1024;
const maxSecretBytes = 16 * 1024 * 1024;
const maxHeaderBytes = 64 * 1024;
const maxCodeDayBytes = 16 * 1024;
const maxCodeDays = 100;
// A step of a copy: about a megabyte, a millisecond or two.
const pagesPerStep = 256;
const cacheKiB = 2048;
const longestLogBytes = 16 * 1024 * 1024;
// Head, and what is left over in SQLite's pages.
const otherBytesOfCommit = 6 * pageSizeBytes;

type ForeignPageRow = Pick<PageRow, 'no'> & { readonly sealed: null };

/**
 * One vault file, locked for this process from open to close. Sees opaque bytes only.
 * While it is open nothing else in this process may open or close the file: POSIX would drop the lock.
 * Every method throws CofferError: `vault-damaged`, `vault-in-use`, `disk-full`, `no-permission`, `io-failed`.
 */
export class VaultDatabase {
  readonly #db: Database.Database;
  readonly #statements = new Map<string, Database.Statement>();
  #isWriting = false;
  #isLogBegun = false;
  /** About how long the log is; what it holds is in the file once it is folded. */
  #logBytes = 0;

  private constructor(db: Database.Database) {
    this.#db = db;
  }

  /**
   * Makes a vault in an existing, empty file.
   *
   * @param path - Made by the caller with mode 0600; SQLite gives its log the same mode.
   * @param first - What the vault begins with: at least its header.
   * @param options - `isScratch`: nothing is synced or can be rolled back; the file counts only once the caller synced it whole.
   */
  static create(
    path: string,
    first: Commit & { readonly header: HeaderRow },
    { isScratch = false }: { readonly isScratch?: boolean } = {},
  ): VaultDatabase {
    return this.#connect(path, (db) => {
      db.pragma(`page_size=${pageSizeBytes}`);
      if (isScratch) for (const setting of ['journal_mode=OFF', 'synchronous=OFF']) db.pragma(setting);
      lock(db);
      db.transaction(() => {
        for (const statement of schemaStatements) db.exec(statement);
        db.pragma(`application_id=${applicationId}`);
        db.pragma(`user_version=${schemaVersion}`);
        db.prepare('INSERT INTO header (id, body, digest, mac, notes) VALUES (1, @body, @digest, @mac, @notes)').run(
          first.header,
        );
        db.prepare('INSERT INTO head (id, counter, mac) VALUES (1, @counter, @mac)').run(first.head);
        writeCommit(db, first);
      })();
    });
  }

  /**
   * Opens and locks a vault and checks that it is one, without writing to it.
   *
   * @param onLocked - Called once the lock is held and before anything is read; what it throws is thrown.
   * @throws CofferError also `not-a-vault` and `newer-format`.
   */
  static open(path: string, onLocked: () => void = () => undefined): VaultDatabase {
    return this.#connect(path, (db) => {
      lock(db);
      onLocked();
      checkIdentity(db);
    });
  }

  static #connect(path: string, prepare: (db: Database.Database) => void): VaultDatabase {
    return translatingSqliteErrors(() => {
      const db = new Database(path, { fileMustExist: true, timeout: 200 });
      try {
        for (const setting of [
          'trusted_schema=OFF',
          'secure_delete=ON',
          'temp_store=MEMORY',
          'cell_size_check=ON',
          'mmap_size=0',
          'locking_mode=EXCLUSIVE',
          'synchronous=FULL',
          'fullfsync=ON',
          // What SQLite reads while a vault is opened would otherwise stay in 16 MiB of memory.
          `cache_size=-${cacheKiB}`,
        ]) {
          db.pragma(setting);
        }
        prepare(db);
        return new VaultDatabase(db);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  /** Whether it was not closed yet. */
  get isOpen(): boolean {
    return this.#db.open;
  }

  /** Requires that the file can be written to, without writing. */
  requireWritable(): void {
    // Without a row to change, SQLite begins a transaction for writing and goes no further.
    translatingSqliteErrors(() => this.#db.exec('DELETE FROM head WHERE id = 0'));
  }

  /** Switches to a write-ahead log: a save is one sync then. For an unlocked vault only; a second call does nothing. */
  startWriting(): void {
    if (this.#isWriting) return;
    translatingSqliteErrors(() => {
      if (this.#db.pragma('journal_mode=WAL', { simple: true }) !== 'wal') throw damaged();
      this.#db.pragma('synchronous=FULL'); // better-sqlite3 compiles NORMAL as WAL's default
      // Folding the log takes syncs of its own: not in the middle of a save, but when `foldLog` is called.
      this.#db.pragma('wal_autocheckpoint=0');
    });
    this.#isWriting = true;
  }

  /**
   * Writes the head of the log, which costs a sync: the first save would pay it. A second call does nothing. For a moment in
   * which nobody waits.
   */
  beginLog(): void {
    if (this.#isLogBegun) return;
    // Writes a frame with what is there already.
    translatingSqliteErrors(() => this.#db.pragma(`user_version=${schemaVersion}`));
    this.#isLogBegun = true;
  }

  /**
   * Folds the log into the file if it has grown. Takes a few syncs: for a moment in which nobody waits. {@link commit} does it
   * where there was no such moment for very long.
   *
   * @param fromBytes - A shorter log stays as it is.
   */
  foldLog(fromBytes: number): void {
    if (this.#logBytes < fromBytes) return;
    translatingSqliteErrors(() => this.#db.pragma('wal_checkpoint(PASSIVE)'));
    this.#logBytes = 0;
    this.#isLogBegun = false;
    this.beginLog();
  }

  /** The version that the file claims in SQLite's own header; to be compared with the one that is authenticated. */
  get version(): number {
    return translatingSqliteErrors(() => Number(this.#db.pragma('user_version', { simple: true })));
  }

  /** Reads slots and costs, and the sealed notes on them. */
  readHeader(): HeaderRow {
    return this.#readOne(
      `SELECT body, digest, mac, notes FROM header WHERE id = 1 AND ${isBlob('body', maxHeaderBytes)} AND ${isBlob('digest', 32)} AND ${isBlob('mac', 32)} AND ${isBlob('notes', maxHeaderBytes)}`,
    ) as HeaderRow;
  }

  /** Reads the table for codes in the order of its days. */
  readCodeDays(): CodeDayRow[] {
    return translatingSqliteErrors(() => {
      if ((this.#db.prepare('SELECT count(*) FROM code_day').pluck().get() as number) > maxCodeDays) throw damaged();
      const notOurs = `SELECT 1 FROM code_day WHERE NOT (${isBlob('offsets', maxCodeDayBytes)}) LIMIT 1`;
      if (this.#db.prepare(notOurs).get() !== undefined) throw damaged();
      return this.#db.prepare('SELECT day, offsets FROM code_day ORDER BY day').all() as CodeDayRow[];
    });
  }

  /** Reads commit counter and set MAC. */
  readHead(): HeadRow {
    return this.#readOne(
      `SELECT counter, mac FROM head WHERE id = 1 AND typeof(counter) = 'integer' AND ${isBlob('mac', 32)}`,
    ) as HeadRow;
  }

  /** Reads all pages in the order of their numbers. */
  readPages(): PageRow[] {
    return [...this.eachPage()];
  }

  /**
   * Reads all pages in the order of their numbers, one at a time: whoever frees a page before the next reads all into the same
   * memory, where new memory for each takes the system longer than reading it. Other reads may come between.
   *
   * @param after - Number of the page before the first one; null for all.
   */
  *eachPage(after: number | null = null): Generator<PageRow, void> {
    const isOurs = `typeof(revision) = 'integer' AND ${isBlob('sealed', maxPageBytes)}`;
    // A row that is not ours comes without its blob, which is then not read.
    const sql = `SELECT no, revision, CASE WHEN ${isOurs} THEN sealed END AS sealed FROM page WHERE no >= ? ORDER BY no LIMIT 1`;
    let from: number | bigint = after === null ? -(2n ** 63n) : after + 1;
    for (;;) {
      const row = translatingSqliteErrors(() => this.#prepare(sql).get(from) as PageRow | ForeignPageRow | undefined);
      if (row === undefined) return;
      // Beyond exact numbers the next one would be the same again.
      if (row.sealed === null || !Number.isSafeInteger(row.no + 1)) throw damaged();
      yield row;
      from = row.no + 1;
    }
  }

  /** Reads one record's sealed rest; null if there is none, or none that Coffer would have written. */
  readSecret(no: number): SecretRow | null {
    return translatingSqliteErrors(() => {
      const isOurs = `typeof(revision) = 'integer' AND ${isBlob('sealed', maxSecretBytes)}`;
      const row = this.#prepare(`SELECT no, revision, sealed FROM secret WHERE no = ? AND ${isOurs}`).get(no);
      return (row as SecretRow | undefined) ?? null;
    });
  }

  /** How many secrets there are. */
  countSecrets(): number {
    return translatingSqliteErrors(() => this.#db.prepare('SELECT count(*) FROM secret').pluck().get() as number);
  }

  /** Writes everything or nothing, and returns only when it is on disk. */
  commit(commit: Commit): void {
    this.foldLog(longestLogBytes);
    const db = this.#db;
    translatingSqliteErrors(() => {
      db.transaction(() => writeCommit(db, commit, (sql) => this.#prepare(sql))).immediate();
    });
    for (const { sealed } of [...(commit.pages ?? []), ...(commit.secrets ?? [])]) this.#logBytes += sealed.length;
    this.#logBytes += otherBytesOfCommit;
    this.#isLogBegun = true;
  }

  /**
   * Copies the database into another file while it is in use, a part at a time; what is saved meanwhile is in the copy, too.
   * The live file is not opened a second time.
   *
   * @param path - An existing, empty file, mode 0600.
   */
  async copyTo(path: string): Promise<void> {
    const copying = this.#db.backup(path, { progress: () => pagesPerStep });
    await copying.catch((error: unknown) =>
      translatingSqliteErrors(() => {
        throw error;
      }),
    );
  }

  /**
   * Folds the log back into the file, so that one file is at rest, and gives up the lock. Where folding fails (a full disk),
   * the log stays beside the file: every commit in it is on disk, and the next opening folds it.
   */
  close(): void {
    try {
      if (this.#db.pragma('journal_mode', { simple: true }) === 'wal') this.#db.pragma('journal_mode=DELETE');
    } catch {
      // As said above: nothing is lost, and a vault must lock whatever the disk says.
    } finally {
      this.#db.close();
    }
  }

  /** Gives up the lock after a refusal. SQLite folds a log that it found; the caller puts back what was there. */
  abandon(): void {
    this.#db.close();
  }

  /** A statement that is used again and again, compiled once. */
  #prepare(sql: string): Database.Statement {
    const known = this.#statements.get(sql) ?? this.#db.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #readOne(sql: string): unknown {
    return translatingSqliteErrors(() => {
      const row = this.#db.prepare(sql).get();
      if (row === undefined) throw damaged();
      return row;
    });
  }
}

function lock(db: Database.Database): void {
  // With locking_mode=EXCLUSIVE the lock stays after the commit. Nothing is written.
  db.exec('BEGIN EXCLUSIVE; COMMIT');
}
