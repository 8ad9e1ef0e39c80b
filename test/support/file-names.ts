import fc from 'fast-check';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'vitest';

const runs = 500;
/** What one of the systems, a shell or a reader takes for something else than a name. */
const nasty = fc.constantFrom(
  ...['.', '/', '\\', '\0', ' ', '-', ':', '*', '~', '\n'],
  ...['CON', 'nul', 'com1', '\u202e', '\ud800', 'é', '🔑', 'a'],
);
const titles = fc.oneof(fc.string({ unit: 'binary', maxLength: 300 }), fc.string({ unit: nasty, maxLength: 300 }));

/** What Windows keeps for devices. */
const deviceOfWindows = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])(\.|$)/i;

/**
 * Tries many titles: each gives a name that is no device of Windows, and that a file can be written under, alone, where it should be.
 *
 * @param nameOf - The name for a title; empty if there is none.
 * @param check - What else holds for it.
 */
export function tryTitles(nameOf: (title: string) => string, check: (name: string) => void): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-names-'));
  try {
    fc.assert(
      fc.property(titles, (title) => {
        const name = nameOf(title);
        if (name === '') return;
        check(name);
        expect(name).not.toMatch(deviceOfWindows);
        writeFileSync(path.join(folder, name), '');
        expect(readdirSync(folder)).toEqual([name]);
        rmSync(path.join(folder, name));
      }),
      { numRuns: runs },
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
