import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { fileStemOf } from '../../main/credentials/file-stem';

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
const deviceOfWindows = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

test('any title gives a stem that all three systems take, and that a file can be written under', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-stems-'));
  const nasty = fc.constantFrom(
    '.',
    '/',
    '\\',
    '\0',
    ' ',
    '-',
    ':',
    'CON',
    'nul',
    'com1',
    '\u202e',
    '\ud800',
    'é',
    '🔑',
    'a',
    '\n',
    '~',
  );
  const titles = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: nasty, maxLength: 300 }));
  try {
    fc.assert(
      fc.property(titles, (title) => {
        const stem = fileStemOf(title);
        if (stem === '') return;
        expect(stem).not.toMatch(forbidden);
        expect(stem).not.toMatch(deviceOfWindows);
        expect(Buffer.byteLength(`${stem}.pem`)).toBeLessThanOrEqual(255);
        writeFileSync(path.join(folder, `${stem}.pem`), '');
        expect(readdirSync(folder)).toEqual([`${stem}.pem`]);
        rmSync(path.join(folder, `${stem}.pem`));
      }),
      { numRuns: 500 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
