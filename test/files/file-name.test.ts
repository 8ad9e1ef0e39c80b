import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { safeFileName } from '../../main/files/file-name';

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
  const folder = mkdtempSync(join(tmpdir(), 'coffer-names-'));
  const units = fc.constantFrom(
    '.',
    '/',
    '\\',
    '\0',
    ' ',
    '-',
    ':',
    'CON',
    'nul',
    '\u202e',
    '\ud800',
    'é',
    '🔑',
    'a',
    '\n',
    '*',
  );
  try {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: units, maxLength: 300 })),
        (title) => {
          const name = safeFileName(title, 'key');
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
          expect(name).toMatch(
            /^[^-.~ /\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]([^/\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}]*[^-. /\\:*?"<>|\p{Cc}\p{Cf}\p{Cs}])?$/u,
          );
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          expect(safeFileName(name, 'key')).toBe(name);
          writeFileSync(join(folder, name), '');
          expect(readdirSync(folder)).toEqual([name]);
          rmSync(join(folder, name));
        },
      ),
      { numRuns: 500 },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
