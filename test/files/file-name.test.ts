import { expect, test } from 'vitest';
import { safeFileName } from '../../main/files/file-name';
import { tryTitles } from '../support/file-names';

test.each([
  ['../../.bashrc', 'bashrc'],
  ['..', 'key'],
  ['.', 'key'],
  ['', 'key'],
  ['   ', 'key'],
  ['.ssh', 'ssh'],
  ['~root', 'root'],
  ['-rf *', 'rf'],
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['LPT¹', '_LPT¹'],
  ['Nul ', '_Nul'],
  ['console', 'console'],
  ['a\0b', 'a-b'],
  ['line\nend', 'line-end'],
  ['photo\u202egnp.exe', 'photo-gnp.exe'],
  ['zero\u200bwidth', 'zero-width'],
  ['\ufeffmark', 'mark'],
  ['half \ud800', 'half'],
  ['C:\\Windows\\system32', 'C-Windows-system32'],
  ['what? "this" <is> | it*', 'what- -this- -is- - it'],
  ['trailing dots...', 'trailing dots'],
  ['trailing spaces   ', 'trailing spaces'],
  ['no\u00a0break', 'no break'],
  ['Schlüssel für Köln', 'Schlüssel für Köln'],
  ['e\u0301', 'é'],
  ['鍵 🔑', '鍵 🔑'],
  ['x'.repeat(300), 'x'.repeat(179)],
  ['🔑'.repeat(100), '🔑'.repeat(44)],
])('%j becomes %j', (title, name) => {
  expect(safeFileName(title, 'key')).toBe(name);
});

test('any title gives a name that can be written, alone, where it should be', () => {
  tryTitles(
    (title) => safeFileName(title, 'key'),
    (name) => {
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
      expect(name).toMatch(
        /^[^-.~ /\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]([^/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]*[^-. /\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}])?$/u,
      );
      expect(safeFileName(name, 'key')).toBe(name);
    },
  );
});
