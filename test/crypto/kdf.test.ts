import { expect, test } from 'vitest';
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
