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
const look = async (names: readonly string[], isOver = () => false) => {
  const folders = names.map((name) => path.join(place.folder, name));
  const { files, isComplete } = await lookAround(folders, 100, isOver);
  return { isComplete, files: files.map((one) => path.relative(place.folder, path.join(one.folder, one.fileName))) };
};

test('files of a folder and of those in it, by place; no deeper, no larger, and no folder that is not there', async () => {
  for (const name of ['a/2', 'a/1', 'a/in/3', 'a/in/deep/4', 'b/5']) put(name);
  put('a/large', 101);
  expect(await look(['a', 'b', 'gone'])).toEqual({ isComplete: true, files: ['a/1', 'a/2', 'a/in/3', 'b/5'] });
});

test('links are not followed, unless the folder itself is one; a folder in another is told once', async () => {
  const file = put('real/key');
  mkdirSync(path.join(place.folder, 'a'));
  symlinkSync(file, path.join(place.folder, 'a/link'));
  symlinkSync(path.dirname(file), path.join(place.folder, 'a/folder'));
  symlinkSync(path.dirname(file), path.join(place.folder, 'ssh'));
  expect((await look(['a'])).files).toEqual([]);
  expect((await look(['ssh'])).files).toEqual(['ssh/key']);
  put('b/in/key');
  expect((await look(['b', 'b/in'])).files).toEqual(['b/in/key']);
});

test('of too many files the newest are told, and that there are more', async () => {
  for (let number = 0; number < 501; number++) {
    const file = put(`a/${String(number).padStart(3, '0')}`);
    utimesSync(file, 1000 + number, 1000 + number);
  }
  const { files, isComplete } = await look(['a']);
  expect([files.length, files[0], isComplete]).toEqual([500, 'a/001', false]);
  for (let number = 0; number < 101; number++) mkdirSync(path.join(place.folder, `b/${number}`), { recursive: true });
  expect(await look(['b'])).toEqual({ files: [], isComplete: false });
});

test('a look that is over leaves the rest, and says so', async () => {
  put('a/1');
  expect(await look(['a'], () => true)).toEqual({ isComplete: false, files: [] });
});
