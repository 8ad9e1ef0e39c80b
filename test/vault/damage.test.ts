import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf, createSmallWithRecords, memoryFolder, temporaryFolder, unlockSmall } from '../support/small-vault';

/** Codes that say "this file is not as it should be" and cannot be mistaken for a wrong password. */
const damageCodes = ['vault-damaged', 'not-a-vault', 'newer-format'];

// Every byte in the long tests, every fourth otherwise.
const step = process.env['COFFER_LONG'] === undefined ? 4 : 1;

const place = temporaryFolder(memoryFolder);
const { folder, file } = place;
let original: Buffer;
let content: string;

beforeAll(async () => {
  await createSmallWithRecords(file);
  original = readFileSync(file);
  content = (await readAll()).outcome;
});
afterAll(() => place.remove());

/** Everything in the vault, or the code of the error that refused it, and whether unlocking was what failed. */
async function readAll(): Promise<{ outcome: string; isUnlocked: boolean }> {
  const codeOf = (error: unknown) => (error as { code?: string }).code ?? String(error);
  let vault;
  try {
    vault = await unlockSmall(file);
  } catch (error) {
    return { outcome: codeOf(error), isUnlocked: false };
  }
  try {
    return { outcome: contentOf(vault), isUnlocked: true };
  } catch (error) {
    return { outcome: codeOf(error), isUnlocked: true };
  } finally {
    vault.lock();
  }
}

/** Refused at unlock: the file, byte for byte, and nothing beside it. Unlocked: SQLite may have touched its own header. */
async function outcomeOf(bytes: Uint8Array): Promise<string> {
  writeFileSync(file, bytes);
  const { outcome, isUnlocked } = await readAll();
  if (!isUnlocked) expect(readFileSync(file).equals(bytes), 'the file is as it was').toBe(true);
  expect(readdirSync(folder)).toEqual(['test.coffer']);
  return outcome;
}

test('every byte flipped: identical content, or an error that says damage', { timeout: 600_000 }, async () => {
  const seen = new Map<string, number>();
  for (let offset = 0; offset < original.length; offset += step) {
    const bytes = Buffer.from(original);
    const at = offset / step;
    bytes[offset] = (bytes[offset] ?? 0) ^ (at % 2 === 0 ? 0xff : 1 << (at % 8));
    const outcome = await outcomeOf(bytes);
    const isSame = outcome === content;
    if (!isSame) expect(damageCodes, `byte ${offset}`).toContain(outcome);
    const key = isSame ? 'same' : outcome;
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  console.info(`flipped bytes: ${original.length / step}, outcomes:`, Object.fromEntries(seen));
  expect(seen.get('vault-damaged')).toBeGreaterThan(1000 / step);
});

test('every truncation: an error that says damage', { timeout: 600_000 }, async () => {
  for (let length = 0; length < original.length; length += step) {
    const outcome = await outcomeOf(original.subarray(0, length));
    expect(damageCodes, `length ${length}`).toContain(outcome);
  }
});
