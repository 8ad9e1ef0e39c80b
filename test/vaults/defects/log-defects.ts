import { copyFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { type RawRows, writeRaw } from '../raw-vault';
import { type Defect, type DefectKit, errors } from './defect';

/** Logs and journals beside a vault that are not its own, or not of its last commit. The vault is as it was after the refusal. */
export const logDefects: readonly Defect[] = [
  {
    name: 'log-of-another-vault',
    defect: 'the write-ahead log of another vault, with a save of its records',
    error: errors.tag,
    make: async (kit) => {
      const other = await kit.vault('b');
      const before = other.snapshot();
      other.saveAgain(1, 0, 'newer');
      kit.write((await kit.vault('a')).rows);
      makeLog(kit, '-wal', before, other.rows);
    },
  },
  {
    name: 'log-stale',
    defect: 'a write-ahead log of an earlier commit of the same vault',
    error: errors.set,
    make: async (kit) => {
      const vault = await kit.vault('a');
      const first = vault.snapshot();
      vault.saveAgain(1, 0, 'newer');
      const second = vault.snapshot();
      vault.touchHeader();
      vault.saveAgain(2, 0, 'newest');
      kit.write(vault.rows);
      makeLog(kit, '-wal', first, second);
    },
  },
  {
    name: 'journal-of-another-vault',
    defect: 'the rollback journal of another vault: SQLite would roll this one back with it',
    error: errors.tag,
    make: async (kit) => {
      const other = await kit.vault('b');
      const before = other.snapshot();
      other.saveAgain(1, 0, 'newer');
      kit.write((await kit.vault('a')).rows);
      makeLog(kit, '-journal', before, other.rows);
    },
  },
];

/** Leaves the log that a save leaves which is cut off: changes of pages, secrets and head, from `before` to `after`. */
function makeLog({ file }: DefectKit, ending: '-wal' | '-journal', before: RawRows, after: RawRows): void {
  const scratch = `${file}.scratch`;
  writeRaw(scratch, before);
  const db = new Database(scratch);
  db.unsafeMode(true);
  db.pragma(ending === '-wal' ? 'journal_mode=WAL' : 'journal_mode=DELETE');
  db.pragma('wal_autocheckpoint=0');
  db.pragma('cache_size=1'); // a journal is on disk before the commit only once pages are written
  db.exec('BEGIN IMMEDIATE');
  for (const page of after.pages) db.prepare('REPLACE INTO page VALUES (@no, @revision, @sealed)').run(page);
  for (const secret of after.secrets) db.prepare('REPLACE INTO secret VALUES (@no, @revision, @sealed)').run(secret);
  db.prepare('UPDATE head SET counter = @counter, mac = @mac').run(after.head);
  if (ending === '-wal') db.exec('COMMIT');
  copyFileSync(scratch + ending, file + ending);
  if (ending === '-journal') db.exec('ROLLBACK');
  db.close();
  for (const name of ['', '-wal', '-shm', '-journal']) rmSync(scratch + name, { force: true });
}
