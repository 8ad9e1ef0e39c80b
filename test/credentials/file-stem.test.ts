import { expect, test } from 'vitest';
import { fileStemOf } from '../../main/credentials/file-stem';
import { tryTitles } from '../support/file-names';

test.each([
  ['../../.bashrc', 'bashrc'],
  ['..', ''],
  ['CON', 'key-CON'],
  ['con.txt', 'key-con.txt'],
  ['LPT¹', 'key-LPT1'],
  ['nul\0', 'key-nul'],
  ['a\0b', 'a-b'],
  ['x'.repeat(300), 'x'.repeat(100)],
  ['photo\u202egnp.exe', 'photo-gnp.exe'],
  ['<img src=x onerror=alert(1)>', 'img-src-x-onerror-alert-1'],
  ['C:\\Windows\\system32', 'C-Windows-system32'],
  ['-rf *', 'rf'],
  ['Schlüssel', 'Schlussel'],
])('%j becomes %j', (title, stem) => {
  expect(fileStemOf(title)).toBe(stem);
});

// What Linux, macOS and Windows forbid, taken together, and what each of them reads as something else than a name.
const forbidden = /[<>:"/\\|?*\p{C}\p{Z}]|^[-.~]|\.$/u;

test('any title gives a stem that all three systems take, and that a file can be written under', () => {
  const nameOf = (title: string) => {
    const stem = fileStemOf(title);
    return stem === '' ? '' : `${stem}.pem`;
  };
  tryTitles(nameOf, (name) => {
    expect(name.replace(/\.pem$/, '')).not.toMatch(forbidden);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
  });
});
