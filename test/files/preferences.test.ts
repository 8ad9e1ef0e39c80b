import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PreferencesFile } from '../../main/files/preferences';
import { writeFileSafely } from '../../main/files/safe-write';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
let profile: string;
beforeEach(() => {
  place = temporaryFolder();
  profile = path.join(place.folder, 'profile');
});
afterEach(() => place.remove());

const open = () => new PreferencesFile(profile, (file) => writeFileSafely({ ...file, mode: 0o600, replace: true }));

const untouched = {
  ...{ theme: 'system', recentVaults: [], backupFolders: {}, window: null, zoomPercent: 100 },
  formerBackupFolders: {},
  ...{ whenLastWindowCloses: 'quit', startsHidden: false, notifications: [] },
  ...{ showsTray: true, hasToldNoTray: false, quickAccessKeys: 'CommandOrControl+Shift+Space' },
};

test('preferences are kept, in a file for the user alone', async () => {
  const changed = {
    theme: 'dark',
    recentVaults: [{ file: '/a/b.coffer', atMs: 5 }],
    backupFolders: { '/a/b.coffer': '/c' },
    formerBackupFolders: { '/a/b.coffer': ['/d', '/e'] },
    window: { x: -5, y: 7, width: 800, height: 600, isMaximised: true },
    zoomPercent: 125,
    whenLastWindowCloses: 'stay',
    startsHidden: true,
    notifications: ['backup-failed'],
    showsTray: false,
    hasToldNoTray: true,
    quickAccessKeys: '',
  } as const;
  const { theme, ...others } = changed;
  await open().update({ theme });
  await open().update(others);
  expect(open().current).toEqual(changed);
  expect(statSync(path.join(profile, 'preferences.json')).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path.join(profile, 'preferences.json'), 'utf8'))).toEqual(open().current);
});

test('changes that come at once are all in the file when the last of them is written', async () => {
  const preferences = open();
  expect(preferences.writing).toBeNull();
  void preferences.update({ theme: 'dark' });
  void preferences.update({ theme: 'light', zoomPercent: 110 });
  void preferences.update({ startsHidden: true });
  await preferences.writing;
  expect(preferences.writing).toBeNull();
  expect(open().current).toEqual({ ...untouched, theme: 'light', zoomPercent: 110, startsHidden: true });
});

test('a write that fails is told to the one who asked, and the next one is tried', async () => {
  let isFull = true;
  const preferences = new PreferencesFile(profile, (file) =>
    isFull ? Promise.reject(new Error('ENOSPC')) : writeFileSafely({ ...file, mode: 0o600, replace: true }),
  );
  await expect(preferences.update({ theme: 'dark' })).rejects.toMatchObject({ code: 'io-failed' });
  isFull = false;
  await preferences.update({ zoomPercent: 90 });
  expect(open().current).toEqual({ ...untouched, theme: 'dark', zoomPercent: 90 });
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"theme":7,"recentVaults":{},"backupFolders":{"a":7}}',
  '{"formerBackupFolders":["/a"]}',
  '{"recentVaults":[7,null,{"file":7,"atMs":1},{"file":"/a.coffer"},{"file":"/a.coffer","atMs":"1"}]}',
  '{"window":{"x":0,"y":0,"width":"800","height":600},"zoomPercent":49,"notifications":["other",7]}',
  '{"window":{"x":1.5,"y":0,"width":800,"height":600},"zoomPercent":301,"notifications":"backup-failed"}',
  '{"whenLastWindowCloses":"never","startsHidden":1,"window":7,"zoomPercent":null}',
  '{"showsTray":0,"hasToldNoTray":1,"quickAccessKeys":7}',
  '{"__proto__":{"theme":"dark"}}',
  '"dark"',
])('a file that is not ours counts as absent: %s', (content) => {
  mkdirSync(profile);
  writeFileSync(path.join(profile, 'preferences.json'), content);
  expect(open().current).toEqual(untouched);
});

test('no more vaults are remembered than are shown', () => {
  mkdirSync(profile);
  const recentVaults = Array.from({ length: 12 }, (_, at) => ({ file: `/${at}.coffer`, atMs: at }));
  writeFileSync(path.join(profile, 'preferences.json'), JSON.stringify({ recentVaults }));
  expect(open().current.recentVaults).toEqual(recentVaults.slice(0, 10));
});
