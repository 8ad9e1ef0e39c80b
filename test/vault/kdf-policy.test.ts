import argon2 from 'argon2';
import { expect, test, vi } from 'vitest';
import { deriveArgon2id } from '../../main/crypto/kdf';
import { chooseCosts, formatLimits, isWithinLimits } from '../../main/vault/kdf-policy';

const gibibyte = 1024 ** 3;
/** A clock on which a derivation takes the given time. */
const clockWith = (elapsedMs: number) => {
  let calls = 0;
  return () => elapsedMs * calls++;
};

test.each([
  ['a fast machine gets more passes', 16 * gibibyte, 300, { memoryKiB: 256 * 1024, timeCost: 10 }],
  ['a slow one keeps three', 16 * gibibyte, 3000, { memoryKiB: 256 * 1024, timeCost: 3 }],
  ['a very fast one stops at the limit', 16 * gibibyte, 1, { memoryKiB: 256 * 1024, timeCost: 16 }],
  ['one with little memory gives an eighth', gibibyte, 1000, { memoryKiB: 128 * 1024, timeCost: 3 }],
  ['one with hardly any still gives 64 MiB', gibibyte / 4, 1000, { memoryKiB: 64 * 1024, timeCost: 3 }],
])('%s', async (_, totalMemoryBytes, elapsedMs, expected) => {
  const costs = await chooseCosts(totalMemoryBytes, clockWith(elapsedMs));
  expect(costs).toMatchObject({ ...expected, parallelism: 4 });
  expect(isWithinLimits(costs, formatLimits)).toBe(true);
});

test('the limits are those of format 1', () => {
  const mebibyte = 1024;
  const costs = { memoryKiB: 64 * mebibyte, timeCost: 2, parallelism: 1 };
  expect(isWithinLimits(costs, formatLimits)).toBe(true);
  for (const wrong of [
    { memoryKiB: 64 * mebibyte - 1 },
    { memoryKiB: 1024 * mebibyte + 1 },
    { timeCost: 1 },
    { timeCost: 17 },
    { parallelism: 0 },
    { parallelism: 9 },
    { memoryKiB: 1024 * mebibyte, timeCost: 5 },
  ]) {
    expect(isWithinLimits({ ...costs, ...wrong }, formatLimits), JSON.stringify(wrong)).toBe(false);
  }
});

test('a derivation that was given up, and still runs, is not measured: what is chosen after it is as strong', async () => {
  const hash = argon2.hash.bind(argon2);
  let [running, isMeasuring] = [0, false];
  vi.spyOn(argon2, 'hash').mockImplementation(async (...given) => {
    running++;
    return hash(...given).finally(() => running--);
  });
  const giving = new AbortController();
  const deriving = deriveArgon2id(
    new Uint8Array(1),
    { memoryKiB: 65_536, timeCost: 6, parallelism: 1, salt: new Uint8Array(16) },
    { signal: giving.signal },
  );
  setImmediate(() => giving.abort(new Error('given up')));
  await expect(deriving).rejects.toThrow('given up');
  expect(running).toBe(1);
  const clock = clockWith(300);
  const looks: number[] = [];
  const costs = await chooseCosts(gibibyte / 4, () => {
    if (!isMeasuring) looks.push(running);
    isMeasuring = true;
    return clock();
  });
  expect([looks, costs.timeCost]).toEqual([[0], 10]);
  vi.restoreAllMocks();
});
