import { describe, expect, test } from 'vitest';
import { countOf } from '../../renderer/state/bulk.svelte';
import { allOf, daysUntil, sizeText } from '../../renderer/state/formats';
import { needsRecovery, wayTitle, wayTitles, weakness } from '../../renderer/state/way-words';
import { sampleRecovery, sampleWay } from './samples';

describe('ways in are named', () => {
  test('by what they ask for', () => {
    expect(wayTitle(sampleWay(1, []))).toBe('Password');
    expect(wayTitle(sampleWay(1, ['key-file', 'totp']))).toBe('Password, code and key file');
    expect(wayTitle(sampleRecovery(1))).toBe('Recovery code');
  });

  test('with a number where two ask for the same', () => {
    const ways = [sampleWay(1, ['key-file']), sampleWay(2, []), sampleWay(3, ['key-file'])];
    expect(wayTitles(ways)).toEqual(['Password and key file (1)', 'Password', 'Password and key file (2)']);
  });
});

describe('a way in that is added', () => {
  test('is warned about if the password alone is enough, by it or by another', () => {
    const alone = 'Anyone with only the password still gets in.';
    expect(weakness([sampleWay(1, ['totp'])], [])).toBe(alone);
    expect(weakness([sampleWay(1, [])], ['totp'])).toBe(alone);
    expect(weakness([sampleWay(1, [])], [])).toBeNull();
  });

  test('is warned about if it asks for less than all others', () => {
    expect(weakness([sampleWay(1, ['totp', 'key-file'])], ['totp'])).toContain('needs no key file');
    expect(weakness([sampleWay(1, ['totp'])], ['totp', 'key-file'])).toBeNull();
    expect(weakness([sampleRecovery(1)], ['totp'])).toBeNull();
  });

  test('needs a recovery code if it can get lost with a device', () => {
    expect(needsRecovery(['key-file'])).toBe(false);
    for (const factor of ['totp', 'security-key', 'this-computer'] as const) expect(needsRecovery([factor])).toBe(true);
  });
});

test('numbers are written for people', () => {
  expect([countOf(1), countOf(2), countOf(1200)]).toEqual(['1 item', '2 items', `${(1200).toLocaleString()} items`]);
  expect([allOf([]), allOf(['a.pem']), allOf(['a.pem', 'a.pub'])]).toEqual(['', 'a.pem', 'a.pem and a.pub']);
  expect([sizeText(999), sizeText(1499), sizeText(999_499), sizeText(1_250_000)]).toEqual([
    '999 B',
    '1 kB',
    '999 kB',
    '1.3 MB',
  ]);
  const day = 86_400_000;
  expect([daysUntil(10 * day, day), daysUntil(2 * day - 1, day), daysUntil(0, day)]).toEqual([9, 0, 0]);
});
