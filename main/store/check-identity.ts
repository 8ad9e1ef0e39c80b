import type Database from 'better-sqlite3';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { applicationId, expectedSchema, pageSizeBytes, schemaVersion } from './schema';
import { damaged } from './sqlite-errors';

// SQLite's own check of the whole structure, where it costs a few milliseconds at most.
const quickCheckUpToPages = 1024;

/**
 * Requires that a database is a vault: schema to the letter, then id and layout, then, of a small one, its structure. Nothing
 * but SQLite's own tables is read.
 *
 * @throws CofferError `not-a-vault`, `newer-format`, `vault-damaged`; SQLite's errors.
 */
export function checkIdentity(db: Database.Database): void {
  const number = (pragma: string) => Number(db.pragma(pragma, { simple: true }));
  const schema = db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name LIMIT 100').all();
  const isOurSchema = JSON.stringify(schema) === JSON.stringify(expectedSchema());
  const isOurId = number('application_id') === applicationId;
  if (!isOurId && !isOurSchema)
    throw new CofferError('not-a-vault', say('main-store.file-a-sqlite-file-but-not-a-coffer'));
  const version = number('user_version');
  if (isOurId && !isOurSchema && version > schemaVersion) {
    throw new CofferError('newer-format', say('main-store.vault-written-by-a-newer-coffer-format-update', { version }));
  }
  const hasOurLayout =
    number('page_size') === pageSizeBytes &&
    number('auto_vacuum') === 0 &&
    db.pragma('encoding', { simple: true }) === 'UTF-8';
  if (!isOurSchema || !isOurId || !hasOurLayout) throw damaged();
  if (number('page_count') <= quickCheckUpToPages && db.pragma('quick_check(1)', { simple: true }) !== 'ok')
    throw damaged();
}
