import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lookAround } from '../../main/files/look-around';
import { temporaryFolder } from '../support/small-vault';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

function put(name: string, sizeBytes = 1): string {
  const file = path.join(place.folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, new Uint8Array(sizeBytes));
  return file;
}
const look = (...names: string[]) => {
  const { files, isComplete } = lookAround(
    names.map((name) => path.join(place.folder, name)),
    100,
  );
  return { isComplete, files: files.map((one) => path.relative(place.folder, path.join(one.folder, one.fileName))) };
};

test('files of a folder and of those in it, by place; no deeper, no larger, and no folder that is not there', () => {
  for (const name of ['a/2', 'a/1', 'a/in/3', 'a/in/deep/4', 'b/5']) put(name);
  put('a/large', 101);
  expect(look('a', 'b', 'gone')).toEqual({ isComplete: true, files: ['a/1', 'a/2', 'a/in/3', 'b/5'] });
});

test('links are not followed, unless the folder itself is one; a folder in another is told once', () => {
  const file = put('real/key');
  mkdirSync(path.join(place.folder, 'a'));
  symlinkSync(file, path.join(place.folder, 'a/link'));
  symlinkSync(path.dirname(file), path.join(place.folder, 'a/folder'));
  symlinkSync(path.dirname(file), path.join(place.folder, 'ssh'));
  expect(look('a').files).toEqual([]);
  expect(look('ssh').files).toEqual(['ssh/key']);
  put('b/in/key');
  expect(look('b', 'b/in').files).toEqual(['b/in/key']);
});

test('of too many files the newest are told, and that there are more', () => {
  for (let number = 0; number < 501; number++) {
    const file = put(`a/${String(number).padStart(3, '0')}`);
    utimesSync(file, 1000 + number, 1000 + number);
  }
  const { files, isComplete } = look('a');
  expect([files.length, files[0], isComplete]).toEqual([500, 'a/001', false]);
  for (let number = 0; number < 101; number++) mkdirSync(path.join(place.folder, `b/${number}`), { recursive: true });
  expect(look('b')).toEqual({ files: [], isComplete: false });
});
