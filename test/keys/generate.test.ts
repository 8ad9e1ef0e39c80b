import { expect, test } from 'vitest';
import { describeKey } from '../../main/keys/describe';
import { generateKeyPair } from '../../main/keys/generate';

const unstopped = (): AbortSignal => new AbortController().signal;

test.each([
  ['rsa-2048', { type: 'rsa', bits: 2048 }],
  ['rsa-4096', { type: 'rsa', bits: 4096 }],
  ['ed25519', { type: 'ed25519' }],
] as const)('%s gives a key of that type and size, another one each time', async (algorithm, expected) => {
  const [first, second] = await Promise.all([
    generateKeyPair(algorithm, unstopped()),
    generateKeyPair(algorithm, unstopped()),
  ]);
  expect(describeKey(first).algorithm).toEqual(expected);
  expect(Buffer.from(first).equals(second)).toBe(false);
});

test('a third at the same time is refused, and after the end of one it is taken', async () => {
  const running = [generateKeyPair('rsa-2048', unstopped()), generateKeyPair('rsa-2048', unstopped())];
  await expect(generateKeyPair('ed25519', unstopped())).rejects.toMatchObject({ code: 'busy' });
  await Promise.all(running);
  expect(describeKey(await generateKeyPair('ed25519', unstopped())).algorithm.type).toBe('ed25519');
});

test('on abort it is given up at once', async () => {
  const controller = new AbortController();
  const running = generateKeyPair('rsa-4096', controller.signal);
  controller.abort();
  // Settled before the event loop turns, while the thread works on.
  const afterTurns = new Promise((resolve) => setTimeout(() => resolve('still waiting'), 0));
  await expect(Promise.race([running, afterTurns])).rejects.toMatchObject({ code: 'cancelled' });
});

test('a signal that is aborted already starts nothing', async () => {
  const signal = AbortSignal.abort();
  const tries = Array.from({ length: 5 }, () => generateKeyPair('rsa-4096', signal));
  for (const attempt of tries) await expect(attempt).rejects.toMatchObject({ code: 'cancelled' });
});
