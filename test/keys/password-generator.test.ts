import { expect, test } from 'vitest';
import { systemRandom } from '../../main/crypto/random';
import { missingForAws } from '../../main/credentials/password-policy';
import {
  type CharacterClass,
  type CharactersRecipe,
  entropyBitsOf,
  generatePassword,
} from '../../main/keys/password-generator';
import words from '../../main/keys/words/eff-large.json';

const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const all: readonly CharacterClass[] = ['lower', 'upper', 'digits', 'symbols'];
const of = (length: number, classes: readonly CharacterClass[], isWithoutLookAlikes = false): CharactersRecipe => ({
  style: 'characters',
  length,
  classes,
  isWithoutLookAlikes,
});
const patterns: Record<CharacterClass, RegExp> = {
  lower: /[a-z]/,
  upper: /[A-Z]/,
  digits: /[0-9]/,
  symbols: /[^A-Za-z0-9]/,
};

test('a password has the length that was asked for, every class that was, and no other', () => {
  for (let chosen = 1; chosen < 16; chosen++) {
    const classes = all.filter((_, at) => (chosen >> at) & 1);
    for (const length of [8, 9, 20, 128]) {
      const password = textOf(generatePassword(of(length, classes), systemRandom));
      expect(password).toHaveLength(length);
      for (const name of all) expect(patterns[name].test(password)).toBe(classes.includes(name));
    }
  }
});

test('without look-alikes none of them comes', () => {
  for (let n = 0; n < 200; n++)
    expect(textOf(generatePassword(of(64, all, true), systemRandom))).not.toMatch(/[Il1|Oo0S5B8Z2]/);
});

test('every character is as likely as every other: chi-squared over 200,000 draws', () => {
  const counts = new Map<number, number>();
  // Of one class, so that no draw is thrown away and the expectation is exact.
  for (let n = 0; n < 1600; n++)
    for (const byte of generatePassword(of(125, ['upper']), systemRandom))
      counts.set(byte, (counts.get(byte) ?? 0) + 1);
  const expected = (1600 * 125) / 26;
  const chiSquared = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  expect(counts.size).toBe(26);
  // 25 degrees of freedom: beyond 80 once in ten million runs.
  expect(chiSquared).toBeLessThan(80);
});

test('numbers beyond the last whole multiple are drawn anew, so that none is likelier', () => {
  // 65,536 = 2520 * 26 + 16: 65,520 and above would favour A to P.
  const given = [0xff, 0xff, 0xff, 0xf0, 0xff, 0xef];
  let at = 0;
  const random = (length: number) => Uint8Array.from({ length }, () => given[at++] ?? 0);
  expect(textOf(generatePassword(of(8, ['upper']), random))).toBe('ZAAAAAAA');
});

test('entropy is the logarithm of how many passwords there are, those without a class left out', () => {
  expect(entropyBitsOf(of(20, ['lower']))).toBeCloseTo(20 * Math.log2(26), 9);
  expect(entropyBitsOf(of(8, ['lower', 'digits']))).toBeCloseTo(Math.log2(36 ** 8 - 26 ** 8 - 10 ** 8), 9);
  const whole = entropyBitsOf(of(128, all));
  expect(whole).toBeGreaterThan(127 * Math.log2(82));
  expect(whole).toBeLessThanOrEqual(128 * Math.log2(83));
});

test('words are those of the list, which has 7,776, each once', () => {
  expect(new Set(words).size).toBe(7776);
  const known = new Set<string>(words);
  for (let n = 0; n < 50; n++) {
    const password = textOf(
      generatePassword(
        { style: 'words', count: 12, separator: ' ', isCapitalised: false, hasDigit: false },
        systemRandom,
      ),
    );
    const found = password.split(' ');
    expect(found).toHaveLength(12);
    expect(found.every((word) => known.has(word))).toBe(true);
  }
  expect(entropyBitsOf({ style: 'words', count: 6, separator: '-', isCapitalised: true, hasDigit: false })).toBeCloseTo(
    77.549,
    3,
  );
});

test('what AWS asks for is met by the recipes that begin the form', () => {
  const bytesOf = (text: string) => new TextEncoder().encode(text);
  for (let n = 0; n < 20; n++) {
    expect(missingForAws(generatePassword(of(20, all), systemRandom))).toEqual([]);
    expect(
      missingForAws(
        generatePassword(
          { style: 'words', count: 6, separator: '-', isCapitalised: true, hasDigit: true },
          systemRandom,
        ),
      ),
    ).toEqual([]);
  }
  expect(missingForAws(bytesOf('Abc-123'))).toHaveLength(1);
  expect(missingForAws(bytesOf('abcdefgh1'))).toHaveLength(1);
  expect(missingForAws(bytesOf('aB1.'))).toHaveLength(1);
  expect(missingForAws(bytesOf('short'))).toHaveLength(2);
  expect(missingForAws(bytesOf('Aa1-'.repeat(33)))).toHaveLength(1);
});
