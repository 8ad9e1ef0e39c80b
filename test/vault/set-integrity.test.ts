import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { bytesOf, createSmall, temporaryFolder, unlockSmall } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
let ids: string[];

/** A vault with 130 records, so three pages. */
beforeEach(async () => {
  place = temporaryFolder();
  const vault = await createSmall(place.file);
  ids = Array.from({ length: 130 }, (_, n) =>
    vault.save({ id: null, overview: bytesOf(`overview ${n}`), body: bytesOf(`body ${n}`) }),
  );
  vault.lock();
});
afterEach(() => place.remove());

function change(sql: string, ...values: unknown[]) {
  const db = new Database(place.file);
  const { changes } = db.prepare(sql).run(...values);
  db.close();
  expect(changes, 'the attack happened').toBeGreaterThan(0);
}

/** The number of a record's row: the last six bytes of its id. */
const secretNoOf = (id: string | undefined) => Number.parseInt((id ?? '').slice(20), 16);

const row = (sql: string, ...values: unknown[]) => {
  const db = new Database(place.file);
  const found = db.prepare(sql).get(...values) as Record<string, unknown>;
  db.close();
  return found;
};

describe('somebody who can write to the file but has no key', () => {
  test.each([
    ['deletes a page', () => change('DELETE FROM page WHERE no = 2')],
    ['adds a copy of a page', () => change('INSERT INTO page SELECT 9, revision, sealed FROM page WHERE no = 1')],
    [
      'swaps two pages',
      () =>
        change('UPDATE page SET sealed = (SELECT p.sealed FROM page p WHERE p.no = 3 - page.no) WHERE no IN (1, 2)'),
    ],
    ['changes a revision', () => change('UPDATE page SET revision = revision + 1 WHERE no = 1')],
    ['turns the counter back', () => change('UPDATE head SET counter = counter - 1')],
    ['makes the counter no number', () => change('UPDATE head SET counter = -1')],
    ['makes a page huge', () => change('UPDATE page SET sealed = zeroblob(3000000) WHERE no = 1')],
    ['empties a page', () => change("UPDATE page SET sealed = x'' WHERE no = 1")],
    ['deletes the head', () => change('DELETE FROM head')],
    ['deletes the header', () => change('DELETE FROM header')],
  ])('%s: refused at unlock', async (_, attack) => {
    attack();
    await expect(unlockSmall(place.file)).rejects.toMatchObject({ code: 'vault-damaged' });
  });

  test('puts back an older page: refused at unlock', async () => {
    const old = row('SELECT no, revision, sealed FROM page WHERE no = 1');
    const vault = await unlockSmall(place.file);
    vault.save({ id: ids[0] ?? null, overview: bytesOf('newer'), body: null });
    vault.lock();
    change('UPDATE page SET revision = @revision, sealed = @sealed WHERE no = @no', old);
    await expect(unlockSmall(place.file)).rejects.toMatchObject({ code: 'vault-damaged' });
  });

  test.each([
    ['deletes a secret', () => change('DELETE FROM secret WHERE no = ?', secretNoOf(ids[5]))],
    [
      'gives a record the secret of another',
      () =>
        change(
          'UPDATE secret SET sealed = (SELECT sealed FROM secret WHERE no = ?) WHERE no = ?',
          secretNoOf(ids[6]),
          secretNoOf(ids[5]),
        ),
    ],
    ['changes a secret', () => change('UPDATE secret SET sealed = zeroblob(300) WHERE no = ?', secretNoOf(ids[5]))],
  ])('%s: refused when it is opened, and by the check after unlock', async (_, attack) => {
    attack();
    const vault = await unlockSmall(place.file);
    expect(() => vault.openBody(ids[5] ?? '')).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    expect(new TextDecoder().decode(vault.openBody(ids[7] ?? ''))).toBe('body 7');
    expect(() => [...vault.checkBodies()]).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    vault.lock();
  });

  test('puts back an older secret: refused when it is opened', async () => {
    const id = ids[5] ?? '';
    const old = row('SELECT no, revision, sealed FROM secret WHERE no = ?', secretNoOf(id));
    const vault = await unlockSmall(place.file);
    vault.save({ id, overview: bytesOf('o'), body: bytesOf('newer body') });
    vault.lock();
    change('UPDATE secret SET revision = @revision, sealed = @sealed WHERE no = @no', old);
    const again = await unlockSmall(place.file);
    expect(() => again.openBody(id)).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    again.lock();
  });

  test('adds a secret that belongs to no record: found by the check after unlock', async () => {
    change('INSERT INTO secret SELECT 9999, revision, sealed FROM secret LIMIT 1');
    const vault = await unlockSmall(place.file);
    expect(() => [...vault.checkBodies()]).toThrow(expect.objectContaining({ code: 'vault-damaged' }));
    vault.lock();
  });
});

test('the check counts every record of a vault that is whole', async () => {
  const vault = await unlockSmall(place.file);
  expect([...vault.checkBodies()].at(-1)).toBe(130);
  vault.lock();
});
