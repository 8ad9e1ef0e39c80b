import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { codeCount } from '../../main/crypto/totp';
import { schemaStatements } from '../../main/store/schema';
import { vaultsFolder } from '../support/golden-vault';
import { renderVectors, withVectors } from './vectors';

const document = readFileSync(path.join(import.meta.dirname, '../../docs/FORMAT.md'), 'utf8');

test('docs/FORMAT.md holds the vectors that its reader works out from the golden vaults', async () => {
  expect(document).toBe(withVectors(document, await renderVectors(vaultsFolder)));
});

test('docs/FORMAT.md holds the schema to the letter', () => {
  for (const statement of schemaStatements) expect(document.split('\n')).toContain(statement);
});

/** Of a code that is 31 uniform bits reduced to some digits: what it falls short of uniform, in bits. */
function biasBits(count: number): number {
  const all = 2 ** 31;
  const least = Math.floor(all / count);
  const more = all % count;
  const entropyOf = (times: number) => -(times / all) * Math.log2(times / all);
  return Math.log2(count) - more * entropyOf(least + 1) - (count - more) * entropyOf(least);
}

test('docs/FORMAT.md has the right numbers for the bias of codes', () => {
  expect([Math.floor(2 ** 31 / codeCount), 2 ** 31 % codeCount]).toEqual([2147, 483_648]);
  const six = biasBits(codeCount);
  expect(six * 1e8).toBeCloseTo(3.9, 1);
  expect(six * 90 * 2880).toBeCloseTo(0.01, 3);
  expect(six * 10 * 365.25 * 2880).toBeCloseTo(0.41, 2);
  const eight = biasBits(1e8);
  expect(eight * 1e4).toBeCloseTo(3.9, 1);
  expect(eight * 90 * 2880).toBeCloseTo(101, 0);
});
