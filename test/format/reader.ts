import Database from 'better-sqlite3';
import { type CodeDay, type HeaderRow, associatedData, headerMac, openSealed, readHeader, subkey } from './header';
import { Cursor, type Trace, Unreadable, hmac, label, LP, sha256, totp, unsigned } from './primitives';
import { type ReadRecord, readBody, readOverview, readPage } from './records';
import { type Given, openSlot } from './way-in';

const schema = [
  'CREATE TABLE code_day (day INTEGER PRIMARY KEY, offsets BLOB NOT NULL) STRICT',
  'CREATE TABLE head (id INTEGER PRIMARY KEY CHECK (id = 1), counter INTEGER NOT NULL, mac BLOB NOT NULL) STRICT',
  'CREATE TABLE header (id INTEGER PRIMARY KEY CHECK (id = 1), body BLOB NOT NULL, digest BLOB NOT NULL, mac BLOB NOT NULL, notes BLOB NOT NULL) STRICT',
  'CREATE TABLE page (no INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
  'CREATE TABLE secret (no INTEGER PRIMARY KEY, revision INTEGER NOT NULL, sealed BLOB NOT NULL) STRICT',
];

interface PageRow {
  readonly no: number;
  readonly revision: number;
  readonly sealed: Buffer;
}

interface SecretRow {
  readonly revision: number;
  readonly sealed: Buffer;
}

/**
 * Reads all records of a vault at rest. A witness for docs/FORMAT.md: uses nothing of Coffer.
 *
 * @param slotHex - Id of the way in.
 * @returns Records sorted by id; null if the secrets do not open that way.
 */
export async function readVault(
  file: string,
  slotHex: string,
  given: Given,
  trace: Trace = () => undefined,
): Promise<ReadRecord[] | null> {
  const db = new Database(file, { readonly: true, fileMustExist: true });
  try {
    checkContainer(db);
    return await readDatabase(db, slotHex, given, trace);
  } finally {
    db.close();
  }
}

function checkContainer(db: Database.Database): void {
  db.pragma('trusted_schema=OFF');
  const found = db.prepare('SELECT sql FROM sqlite_schema ORDER BY name').pluck().all();
  if (JSON.stringify(found) !== JSON.stringify(schema)) throw new Unreadable('schema');
  const expected = { application_id: 0x434f4652, user_version: 1, page_size: 4096, encoding: 'UTF-8', auto_vacuum: 0 };
  for (const [name, value] of Object.entries(expected)) {
    if (db.pragma(name, { simple: true }) !== value) throw new Unreadable(name);
  }
}

async function readDatabase(db: Database.Database, slotHex: string, given: Given, trace: Trace) {
  const row = db.prepare('SELECT body, digest, mac, notes FROM header').get() as HeaderRow;
  const days = db.prepare('SELECT day, offsets FROM code_day ORDER BY day').all() as CodeDay[];
  const header = readHeader(row, days);
  const slot = header.slots.find(({ id }) => id.toString('hex') === slotHex);
  if (slot === undefined) throw new Unreadable('no such slot');
  const vaultKey = await openSlot(header, slot, given, { days, trace });
  if (vaultKey === null) return null;

  const purposes = ['page-key', 'secret-key', 'notes-key', 'header-mac-key', 'set-mac-key'] as const;
  const keys = Object.fromEntries(purposes.map((name) => [name, subkey(vaultKey, header, name)])) as Record<
    (typeof purposes)[number],
    Buffer
  >;
  for (const name of purposes) trace(name, keys[name]);
  if (!headerMac(keys['header-mac-key'], row.body).equals(row.mac)) throw new Unreadable('header: mac');
  trace('header body', row.body);
  trace('header digest', row.digest);
  trace('header mac', row.mac);
  const [first] = days;
  if (first !== undefined) {
    const hashed = Buffer.concat([label('code-day'), unsigned(4, first.day), first.offsets]);
    trace('input of the hash of the first day', hashed);
    trace('hash of the first day', sha256(hashed));
  }
  const notesPlace = associatedData(header, ['header', unsigned(8, 1), 'notes', header.notesRevision]);
  trace('associated data of the notes', notesPlace);
  const notes = openSealed(keys['notes-key'], row.notes, notesPlace);
  trace('notes', notes);
  traceCode(notes, given.atMs, trace);

  const pages = db.prepare('SELECT no, revision, sealed FROM page ORDER BY no').all() as PageRow[];
  const { counter, mac } = db.prepare('SELECT counter, mac FROM head').get() as { counter: number; mac: Buffer };
  const opening = [label('set'), header.vaultId, unsigned(4, header.epoch), unsigned(8, counter), row.mac];
  const marks = pages.flatMap(({ no, revision, sealed }) => [
    unsigned(8, no),
    unsigned(8, revision),
    sealed.subarray(-16),
  ]);
  const setInput = Buffer.concat([LP(...opening, unsigned(4, pages.length)), ...marks]);
  trace('input of the set MAC', setInput);
  trace('set MAC', mac);
  if (!hmac(keys['set-mac-key'], setInput).equals(mac)) throw new Unreadable('set mac');

  const records = pages.flatMap(({ no, revision, sealed }) => {
    const place = associatedData(header, ['page', unsigned(8, no), 'overviews', revision]);
    const content = openSealed(keys['page-key'], sealed, place);
    trace(`associated data of page ${no}`, place);
    trace(`page ${no}, sealed`, sealed);
    trace(`page ${no}, content`, content);
    return readPage(content).map((entry): ReadRecord => {
      const secret = db.prepare('SELECT revision, sealed FROM secret WHERE no = ?').get(entry.id.readUIntBE(10, 6)) as
        SecretRow | undefined;
      const isListed = secret?.revision === entry.secretRevision && secret.sealed.subarray(-16).equals(entry.secretTag);
      if (secret === undefined || !isListed) throw new Unreadable('secret: not the one listed');
      const id = entry.id.toString('hex');
      const secretPlace = associatedData(header, ['secret', entry.id, 'body', secret.revision]);
      const body = openSealed(keys['secret-key'], secret.sealed, secretPlace);
      trace(`associated data of secret ${id}`, secretPlace);
      trace(`secret ${id}, sealed`, secret.sealed);
      trace(`secret ${id}, content`, body);
      return { id, ...readOverview(entry.overview), fields: readBody(body) };
    });
  });
  const secrets = db.prepare('SELECT count(*) FROM secret').pluck().get();
  const ids = new Set(records.map(({ id }) => id));
  if (ids.size !== records.length || secrets !== records.length)
    throw new Unreadable('records: not one secret for each');
  return records.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Section 5, notes: with the app's secret, the code of the moment. */
function traceCode(notes: Buffer, atMs: number, trace: Trace): void {
  const cursor = new Cursor(notes);
  if (cursor.number(1) !== 1) throw new Unreadable('notes: version');
  cursor.number(1); // horizon
  const secret = cursor.take(cursor.number(1));
  JSON.parse(cursor.take(cursor.number(4)).toString('utf8'));
  cursor.end();
  if (secret.length === 0) return;
  trace('secret of the app, from the notes', secret);
  trace('its code for the clock', String(totp(secret, Math.floor(atMs / 30_000))).padStart(6, '0'));
}
