import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attemptOf, copyGolden, goldenDeps, goldenSecrets, unlockGolden } from '../support/golden-vault';
import { bytesOf, temporaryFolder } from '../support/small-vault';
import { unlockVault } from '../../main/vault/open-vault';
import { readRecords } from '../vaults/golden-records';
import { goldenNames, type GoldenWay } from '../vaults/golden-secrets';

let place: ReturnType<typeof temporaryFolder>;
beforeEach(() => (place = temporaryFolder()));
afterEach(() => place.remove());

const nameOf = ({ kind, factors, password }: GoldenWay) =>
  `${kind}${factors.map((f) => ` + ${f}`).join('')} (${password ?? 'sheet'})`;

describe.each(goldenNames)('%s', (name) => {
  const secrets = goldenSecrets(name);

  test.each(secrets.ways.map((way) => [nameOf(way), way] as const))('opens by %s', async (_, way) => {
    copyGolden(name, place.file);
    const vault = await unlockGolden(place.file, way, secrets.atMs);
    expect(Buffer.from(vault.mark.vaultId).toString('hex')).toBe(secrets.vaultId);
    expect(vault.mark.epoch).toBe(secrets.epoch);
    const there = vault.ways.list().map(({ slot, kind, factors }) => ({ slot, kind, factors }));
    expect(there).toEqual(secrets.ways.map(({ slot, kind, factors }) => ({ slot, kind, factors })));
    expect(readRecords(vault)).toEqual(secrets.records);
    expect([...vault.checkBodies()].at(-1)).toBe(secrets.records.length);
    vault.lock();
  });

  test('opens again after what the first opening wrote', async () => {
    copyGolden(name, place.file);
    const way = secrets.ways[0]!;
    (await unlockGolden(place.file, way, secrets.atMs)).lock();
    if (way.totp !== null) {
      // Its code is used up now: within the same window it is refused, and no derivation is paid.
      await expect(unlockGolden(place.file, way, secrets.atMs)).rejects.toMatchObject({ code: 'code-used' });
      return;
    }
    const vault = await unlockGolden(place.file, way, secrets.atMs);
    expect(readRecords(vault)).toEqual(secrets.records);
    vault.lock();
  });

  test('does not open with any one secret of a way changed, or one of an older epoch', async () => {
    copyGolden(name, place.file);
    const before = place.snapshot();
    const deps = goldenDeps(secrets.atMs);
    for (const way of secrets.ways) {
      for (const wrong of wrongAttempts(way)) {
        await expect(unlockVault(place.file, wrong, deps)).rejects.toMatchObject({ code: 'wrong-password' });
      }
    }
    for (const way of secrets.doNotOpen) {
      const attempt = way.kind === 'recovery' ? attemptOf(way) : withPasswordOf(way, secrets.ways);
      await expect(unlockVault(place.file, attempt, deps)).rejects.toMatchObject({ code: 'wrong-password' });
    }
    expect(place.snapshot()).toEqual(before);
  });
});

/** An attempt on the first password way of today, with an older password. */
function withPasswordOf({ password }: GoldenWay, ways: readonly GoldenWay[]) {
  const attempt = attemptOf(ways.find(({ kind }) => kind === 'password')!);
  return attempt.kind === 'password' ? { ...attempt, password: bytesOf(password ?? '') } : attempt;
}

/** For each secret of a way, an attempt in which that one alone is wrong. */
function* wrongAttempts(way: GoldenWay) {
  const attempt = attemptOf(way);
  if (attempt.kind === 'recovery') return;
  yield { ...attempt, password: bytesOf(`${way.password ?? ''}!`) };
  if (way.totp !== null) {
    const code = (Number(way.totp.code) + 1) % 1_000_000;
    yield { ...attempt, code: bytesOf(String(code).padStart(6, '0')) };
  }
  for (const factor of ['keyFile', 'securityKey', 'computer'] as const) {
    const secret = attempt[factor];
    if (secret !== null) yield { ...attempt, [factor]: secret.map((byte, at) => (at === 31 ? byte ^ 1 : byte)) };
  }
}
