import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PreferencesFile } from '../../main/files/preferences';
import { RecentVaults } from '../../main/files/recent-vaults';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

function setUp() {
  const clock = { nowMs: 1000 };
  const preferences = new PreferencesFile(path.join(place.folder, 'profile'), () => Promise.resolve());
  const home = path.join(place.folder, 'home');
  mkdirSync(path.join(home, 'work'), { recursive: true });
  const recent = new RecentVaults({ preferences, home, nowMs: () => clock.nowMs++ });
  const make = (...names: string[]) => {
    const file = path.join(home, ...names);
    writeFileSync(file, '');
    return file;
  };
  const namesOf = async () => (await recent.list(null)).map(({ name }) => name);
  return { recent, preferences, home, make, namesOf };
}

test('vaults are listed from the last one back, by name and folder, and whether they are there', async () => {
  const { recent, make, home } = setUp();
  await recent.note(make('a.coffer'));
  const chosen = make('work', 'b.COFFER');
  await recent.note(chosen);
  await recent.note('/nowhere/c.coffer');
  await recent.note(`${home}-2/d.coffer`);
  expect(await recent.list(chosen)).toEqual([
    { id: 0, name: 'd', folder: `${home}-2`, atMs: 1003, isChosen: false, isThere: false },
    { id: 1, name: 'c', folder: '/nowhere', atMs: 1002, isChosen: false, isThere: false },
    { id: 2, name: 'b', folder: `~${path.sep}work`, atMs: 1001, isChosen: true, isThere: true },
    { id: 3, name: 'a', folder: '~', atMs: 1000, isChosen: false, isThere: true },
  ]);
});

test('a vault that is opened again moves to the front, by whatever name', async () => {
  const { recent, make, home, namesOf } = setUp();
  const file = make('a.coffer');
  await recent.note(file);
  await recent.note(make('b.coffer'));
  await recent.note(file);
  expect(await namesOf()).toEqual(['a', 'b']);
  symlinkSync(file, path.join(home, 'link.coffer'));
  await recent.note(path.join(home, 'link.coffer'));
  expect(await namesOf()).toEqual(['link', 'b']);
});

test('the eleventh pushes the oldest out', async () => {
  const { recent, preferences, namesOf } = setUp();
  for (let n = 0; n < 11; n++) await recent.note(`/vaults/${n}.coffer`);
  expect(await namesOf()).toEqual(['10', '9', '8', '7', '6', '5', '4', '3', '2', '1']);
  expect(preferences.current.recentVaults).toHaveLength(10);
});

test('an id leads to its file until that is forgotten; the file stays', async () => {
  const { recent, make, namesOf } = setUp();
  const file = make('a.coffer');
  await recent.note(file);
  await recent.note(make('b.coffer'));
  const [, second] = await recent.list(null);
  expect(recent.fileOf(second!.id)).toBe(file);
  await recent.forget(second!.id);
  expect(await namesOf()).toEqual(['b']);
  for (const id of [second!.id, 99, -1]) {
    expect(() => recent.fileOf(id)).toThrow(expect.objectContaining({ code: 'not-found' }));
    await expect(recent.forget(id)).rejects.toMatchObject({ code: 'not-found' });
  }
});

test('what was taken out last can be put back where it was, once', async () => {
  const { recent, make, namesOf } = setUp();
  for (const name of ['a', 'b', 'c']) await recent.note(make(`${name}.coffer`));
  const rows = await recent.list(null);
  const [newest, middle] = rows;
  await expect(recent.putBack(middle!.id)).rejects.toMatchObject({ code: 'not-found' });
  await recent.forget(middle!.id);
  expect(await namesOf()).toEqual(['c', 'a']);
  await expect(recent.putBack(newest!.id)).rejects.toMatchObject({ code: 'not-found' });
  await recent.putBack(middle!.id);
  expect(await recent.list(null)).toEqual(rows);
  await expect(recent.putBack(middle!.id)).rejects.toMatchObject({ code: 'not-found' });
  // One that was opened meanwhile is in the list already.
  await recent.forget(middle!.id);
  await recent.note(make('b.coffer'));
  await recent.putBack(middle!.id);
  expect(await namesOf()).toEqual(['b', 'c', 'a']);
});
