import argon2 from 'argon2';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { deriveArgon2id } from '../../main/crypto/kdf';
import vectors from '../vectors/argon2id.json';

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const cheap = { memoryKiB: 32, timeCost: 1, parallelism: 1, salt: new Uint8Array(16).fill(2) };

for (const v of vectors.cases) {
  test(`${vectors.source}: ${v.name}`, async () => {
    const { memoryKiB, timeCost, parallelism, lengthBytes } = v;
    const derived = await deriveArgon2id(
      fromHex(v.inputHex),
      { memoryKiB, timeCost, parallelism, salt: fromHex(v.saltHex) },
      { secret: fromHex(v.secretHex), associatedData: fromHex(v.associatedDataHex), lengthBytes },
    );
    expect(toHex(derived)).toBe(v.outputHex);
  });
}

test('the input is left as it was, for its owner to wipe', async () => {
  const input = new Uint8Array(32).fill(7);
  await deriveArgon2id(input, cheap);
  expect(input).toEqual(new Uint8Array(32).fill(7));
});

test('a view into a larger buffer gives what its own bytes give, not those around it', async () => {
  const around = new Uint8Array(64).fill(9);
  around.set([1, 2, 3, 4], 30);
  const ofView = await deriveArgon2id(around.subarray(30, 34), cheap);
  const ofCopy = await deriveArgon2id(Uint8Array.of(1, 2, 3, 4), cheap);
  expect(toHex(ofView)).toBe(toHex(ofCopy));
});

test('each cost, the salt and the input change the result', async () => {
  const input = Uint8Array.of(1, 2, 3);
  const results = await Promise.all([
    deriveArgon2id(input, cheap),
    deriveArgon2id(Uint8Array.of(1, 2, 4), cheap),
    deriveArgon2id(input, { ...cheap, memoryKiB: 64 }),
    deriveArgon2id(input, { ...cheap, timeCost: 2 }),
    deriveArgon2id(input, { ...cheap, parallelism: 2 }),
    deriveArgon2id(input, { ...cheap, salt: new Uint8Array(16).fill(3) }),
  ]);
  expect(new Set(results.map(toHex)).size).toBe(results.length);
});

describe('given up', () => {
  // Some tenths of a second.
  const dear = { memoryKiB: 65_536, timeCost: 6, parallelism: 1, salt: new Uint8Array(16).fill(2) };
  const reason = new Error('given up');
  const giveUpSoon = () => {
    const controller = new AbortController();
    const { signal } = controller;
    const deriving = deriveArgon2id(Uint8Array.of(1), dear, { signal });
    setImmediate(() => controller.abort(reason));
    return deriving;
  };
  afterEach(() => vi.restoreAllMocks());

  test('it throws the reason at once, and what it gives too late is wiped', async () => {
    const hash = vi.spyOn(argon2, 'hash');
    await expect(giveUpSoon()).rejects.toBe(reason);
    const [late] = hash.mock.results;
    const isOver = vi.fn();
    const lateHash = Promise.resolve(late?.value as Promise<Uint8Array>).then((bytes) => {
      isOver();
      return bytes;
    });
    expect(isOver).not.toHaveBeenCalled();
    await deriveArgon2id(Uint8Array.of(1), cheap);
    expect(toHex(await lateHash)).toBe('00'.repeat(32));
  });

  test('the next ones wait until it ends, however many were given up: the memory is taken once', async () => {
    const hash = argon2.hash.bind(argon2);
    let [running, most] = [0, 0];
    vi.spyOn(argon2, 'hash').mockImplementation(async (...given: Parameters<typeof hash>) => {
      if (given[1]?.memoryCost !== dear.memoryKiB) return hash(...given);
      most = Math.max(most, ++running);
      try {
        return await hash(...given);
      } finally {
        running--;
      }
    });
    for (let n = 0; n < 3; n++) await expect(giveUpSoon()).rejects.toBe(reason);
    const last = await deriveArgon2id(Uint8Array.of(1), dear);
    expect([running, most]).toEqual([0, 1]);
    vi.restoreAllMocks();
    expect(toHex(last)).toBe(toHex(await deriveArgon2id(Uint8Array.of(1), dear)));
  });

  test('one that was given up before it began does not begin', async () => {
    const hash = vi.spyOn(argon2, 'hash');
    await expect(deriveArgon2id(Uint8Array.of(1), cheap, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(hash).not.toHaveBeenCalled();
  });

  test('one that fails, given up or not, keeps no later one out', async () => {
    let fail: (error: Error) => void = () => undefined;
    vi.spyOn(argon2, 'hash').mockImplementation(() => new Promise((_, reject) => (fail = reject)));
    await expect(giveUpSoon()).rejects.toBe(reason);
    vi.restoreAllMocks();
    const next = deriveArgon2id(Uint8Array.of(1), cheap);
    fail(new Error('the library failed'));
    expect(await next).toHaveLength(32);
  });
});
