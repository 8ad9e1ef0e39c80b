import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

interface Choice {
  readonly testChoice: (platform: NodeJS.Platform) => { unitTests: string[]; isWhole: boolean; leftOut: string | null };
}
const { testChoice } = (await import(path.join(import.meta.dirname, '../../scripts/lib/test-choice.mjs'))) as Choice;

test('on Linux everything runs', () => {
  expect(testChoice('linux')).toEqual({ unitTests: [], isWhole: true, leftOut: null });
});

test.each(['darwin', 'win32'] as const)(
  'on %s those run that are listed and there, and the rest is told',
  (platform) => {
    const { unitTests, isWhole, leftOut } = testChoice(platform);
    // Vitest says nothing about a filter that fits no file.
    expect(unitTests.filter((file) => !existsSync(file))).toEqual([]);
    expect([unitTests.length > 0, isWhole]).toEqual([true, false]);
    expect(leftOut).toContain('end to end');
  },
);
