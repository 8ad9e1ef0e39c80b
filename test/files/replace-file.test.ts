import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backupFileName, keepReplaced, listBackupNames, requireListed } from '../../main/files/backup-folder';
import { removeLeftovers, workingPath } from '../../main/files/leftovers';
import { startSuccessor } from '../../main/files/replace-file';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  place = temporaryFolder();
  writeFileSync(place.file, 'old');
});
afterEach(() => place.remove());

describe('a successor', () => {
  test('takes the place of a file, for the user alone', () => {
    const successor = startSuccessor(place.file);
    expect(statSync(successor.path).mode & 0o777).toBe(0o600);
    writeFileSync(successor.path, 'new');
    successor.takePlace();
    successor.discard();
    expect(readFileSync(place.file, 'utf8')).toBe('new');
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
  });

  test.each(['-wal', '-journal'])('does not take it beside a log that would be played into it: %s', (ending) => {
    const successor = startSuccessor(place.file);
    writeFileSync(place.file + ending, 'log');
    expect(() => successor.takePlace()).toThrow(expect.objectContaining({ code: 'io-failed' }));
    successor.discard();
    expect(readFileSync(place.file, 'utf8')).toBe('old');
    expect(readdirSync(place.folder).sort()).toEqual(['test.coffer', `test.coffer${ending}`]);
  });

  test('says what hinders it, without the path', () => {
    const nowhere = path.join(place.folder, 'nowhere', 'test.coffer');
    expect(() => startSuccessor(nowhere)).toThrow(expect.objectContaining({ code: 'not-found' }));
    expect(() => startSuccessor(nowhere)).not.toThrow(/nowhere/);
  });
});

test('leftovers of a vault go, and nothing else', () => {
  const ours = ['new', 'aside'].flatMap((purpose) => {
    const file = workingPath(place.file, purpose as 'new' | 'aside');
    return [file, `${file}-wal`, `${file}-journal`];
  });
  const others = [
    workingPath(path.join(place.folder, 'other.coffer'), 'new'),
    path.join(place.folder, '.test.coffer.notes.new'),
    path.join(place.folder, '.test.coffer.new'),
    path.join(place.folder, `test.coffer.${crypto.randomUUID()}.new`),
  ];
  for (const file of [...ours, ...others]) writeFileSync(file, '');
  removeLeftovers(place.file);
  expect(ours.filter((file) => existsSync(file))).toEqual([]);
  expect(others.filter((file) => !existsSync(file))).toEqual([]);
  expect(readFileSync(place.file, 'utf8')).toBe('old');
});

describe('names of backups', () => {
  const at = Date.UTC(2026, 10, 25, 12, 0, 7);

  test('say of which vault, when and why, and are read back; a taken one is not given again', () => {
    const name = backupFileName(place.folder, place.file, 'by hand', at);
    expect(name).toBe('test 2026-11-25 12-00-07Z by hand.coffer');
    writeFileSync(path.join(place.folder, name), '');
    expect(listBackupNames(place.folder, place.file)).toEqual([{ fileName: name, kind: 'by hand', atMs: at }]);
    expect(backupFileName(place.folder, place.file, 'by hand', at)).toBe('test 2026-11-25 12-00-08Z by hand.coffer');
  });

  test('of other vaults and other files are not listed, and nothing outside the list can be asked for', () => {
    for (const name of [
      'test two 2026-11-25 12-00-07Z auto.coffer',
      'test 2026-11-25 12-00-07Z auto.coffer-wal',
      'test 2026-11-25 12-00-07Z.coffer',
      'test 2026-99-25 12-00-07Z auto.coffer',
    ]) {
      writeFileSync(path.join(place.folder, name), '');
      expect(() => requireListed(place.folder, place.file, name)).toThrow(
        expect.objectContaining({ code: 'not-found' }),
      );
    }
    expect(listBackupNames(place.folder, place.file)).toEqual([]);
    expect(listBackupNames(path.join(place.folder, 'nowhere'), place.file)).toEqual([]);
  });
});

test('a vault that is about to be replaced is copied with its log, or stays as it is', () => {
  writeFileSync(`${place.file}-wal`, 'log');
  const folder = path.join(place.folder, 'kept');
  keepReplaced(place.file, folder, 'one.coffer');
  expect(readdirSync(folder).sort()).toEqual(['one.coffer', 'one.coffer-wal']);
  expect(existsSync(`${place.file}-wal`)).toBe(false);
  writeFileSync(`${place.file}-wal`, 'second log');
  expect(() => keepReplaced(place.file, folder, 'one.coffer')).toThrow(
    expect.objectContaining({ code: 'file-exists' }),
  );
  writeFileSync(path.join(folder, 'two.coffer-wal'), 'in the way');
  expect(() => keepReplaced(place.file, folder, 'two.coffer')).toThrow(
    expect.objectContaining({ code: 'file-exists' }),
  );
  expect(readFileSync(`${place.file}-wal`, 'utf8')).toBe('second log');
  expect(readdirSync(folder).sort()).toEqual(['one.coffer', 'one.coffer-wal', 'two.coffer-wal']);
});
