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
  theme: 'system',
  lastVaultFile: null,
  backupFolders: {},
  showsTray: true,
  hasToldNoTray: false,
  quickAccessKeys: 'CommandOrControl+Shift+Space',
};

test('preferences are kept, in a file for the user alone', async () => {
  await open().update({ theme: 'dark' });
  await open().update({ lastVaultFile: '/a/b.coffer', backupFolders: { '/a/b.coffer': '/c' } });
  await open().update({ showsTray: false, hasToldNoTray: true, quickAccessKeys: '' });
  expect(open().current).toEqual({
    theme: 'dark',
    lastVaultFile: '/a/b.coffer',
    backupFolders: { '/a/b.coffer': '/c' },
    showsTray: false,
    hasToldNoTray: true,
    quickAccessKeys: '',
  });
  expect(statSync(path.join(profile, 'preferences.json')).mode & 0o777).toBe(0o600);
  expect(JSON.parse(readFileSync(path.join(profile, 'preferences.json'), 'utf8'))).toEqual(open().current);
});

test.each([
  '',
  '{',
  'null',
  '[]',
  '{"theme":7,"lastVaultFile":{},"backupFolders":{"a":7},"showsTray":0,"hasToldNoTray":1,"quickAccessKeys":7}',
  '{"__proto__":{"theme":"dark"}}',
  '"dark"',
])('a file that is not ours counts as absent: %s', (content) => {
  mkdirSync(profile);
  writeFileSync(path.join(profile, 'preferences.json'), content);
  expect(open().current).toEqual(untouched);
});
