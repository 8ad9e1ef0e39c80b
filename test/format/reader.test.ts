import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { goldenSecrets, vaultsFolder } from '../support/golden-vault';
import { goldenNames } from '../vaults/golden-secrets';
import { givenOf } from './given';
import { readVault } from './reader';

describe('a reader that is written from docs/FORMAT.md alone', () => {
  test.each(goldenNames)('reads what the product reads: %s', async (name) => {
    const { ways, records, atMs } = goldenSecrets(name);
    const file = path.join(vaultsFolder, `${name}.coffer`);
    const before = readFileSync(file);
    for (const way of ways) expect(await readVault(file, way.slot, givenOf(way, atMs))).toEqual(records);
    const [way] = ways;
    const wrong = { ...givenOf(way!, atMs), password: 'not this one' };
    expect(await readVault(file, way!.slot, wrong)).toBeNull();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('uses nothing of Coffer', () => {
    const sources = ['reader', 'header', 'way-in', 'records', 'primitives'];
    const imported = sources.flatMap((name) => {
      const text = readFileSync(path.join(import.meta.dirname, `${name}.ts`), 'utf8');
      return [...text.matchAll(/\b(?:from|import|require)\b[ (]*'([^']+)'/g)].map((match) => match[1] ?? '');
    });
    const foreign = imported.filter((source) => !sources.includes(source.replace('./', '')));
    expect([...new Set(foreign)].sort()).toEqual(['argon2', 'better-sqlite3', 'node:crypto']);
  });
});
