import type Database from 'better-sqlite3';
import type { CodeDayRow, Commit } from './rows';

/**
 * Writes the rows of a commit. To be called in a transaction.
 *
 * @param db - With the schema of format 1.
 * @param commit - What changes.
 * @param prepare - Where statements are kept for the next commit.
 * @throws SQLite's errors.
 */
export function writeCommit(db: Database.Database, commit: Commit, prepare = (sql: string) => db.prepare(sql)): void {
  for (const page of commit.pages ?? []) {
    prepare(
      'INSERT INTO page (no, revision, sealed) VALUES (@no, @revision, @sealed) ON CONFLICT (no) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed',
    ).run(page);
  }
  for (const secret of commit.secrets ?? []) {
    prepare(
      'INSERT INTO secret (no, revision, sealed) VALUES (@no, @revision, @sealed) ON CONFLICT (no) DO UPDATE SET revision = excluded.revision, sealed = excluded.sealed',
    ).run(secret);
  }
  for (const no of commit.removedPages ?? []) prepare('DELETE FROM page WHERE no = ?').run(no);
  for (const no of commit.removedSecrets ?? []) prepare('DELETE FROM secret WHERE no = ?').run(no);
  if (commit.codeDays !== undefined) writeCodeDays(db, commit.codeDays);
  if (commit.header !== undefined) {
    prepare('UPDATE header SET body = @body, digest = @digest, mac = @mac, notes = @notes WHERE id = 1').run(
      commit.header,
    );
  }
  prepare('UPDATE head SET counter = @counter, mac = @mac WHERE id = 1').run(commit.head);
}

/** Rows that stay as they are are not written again: a login changes two or three of some sixty. */
function writeCodeDays(db: Database.Database, days: readonly CodeDayRow[]): void {
  const [first, last] = [days[0]?.day ?? 0, days.at(-1)?.day ?? -1];
  db.prepare('DELETE FROM code_day WHERE day < ? OR day > ?').run(first, last);
  const upsert = db.prepare(
    'INSERT INTO code_day (day, offsets) VALUES (@day, @offsets) ON CONFLICT (day) DO UPDATE SET offsets = excluded.offsets WHERE offsets <> excluded.offsets',
  );
  for (const row of days) upsert.run(row);
}
