import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentOf, createSmallWithRecords, memoryFolder, temporaryFolder, unlockSmall } from '../support/small-vault';

/** `npm run test:long` sets COFFER_LONG, and runs twenty times as many cases. */
const runs = (usual: number) => (process.env['COFFER_LONG'] === undefined ? usual : 20 * usual);
const place = temporaryFolder(memoryFolder);
const { folder, file } = place;
let original: Buffer;
let content: string;

beforeAll(async () => {
  await createSmallWithRecords(file);
  original = readFileSync(file);
  content = await read();
});
afterAll(() => place.remove());

/** Everything in the vault, or the code of the refusal. Any other error fails the test. */
async function read(): Promise<string> {
  let vault;
  try {
    vault = await unlockSmall(file);
    return contentOf(vault);
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'CofferError' || !('code' in error)) throw error;
    return String(error.code);
  } finally {
    vault?.lock();
  }
}

const damage = ['vault-damaged', 'not-a-vault', 'newer-format'];

test(
  'runs of bytes changed, moved, zeroed or repeated: the same content, or an error that says damage',
  { timeout: 600_000 },
  async () => {
    const stretch = fc.record({ at: fc.nat(original.length - 1), length: fc.integer({ min: 1, max: 6000 }) });
    const edit = fc.oneof(
      fc.tuple(
        fc.constant('bytes' as const),
        fc.nat(original.length - 1),
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
      ),
      fc.tuple(fc.constant('zero' as const), stretch),
      fc.tuple(fc.constant('move' as const), stretch, fc.nat(original.length - 1)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        const bytes = Buffer.from(original);
        for (const change of edits) {
          if (change[0] === 'bytes') bytes.set(change[2].subarray(0, bytes.length - change[1]), change[1]);
          else if (change[0] === 'zero')
            bytes.fill(0, change[1].at, Math.min(bytes.length, change[1].at + change[1].length));
          else bytes.copy(bytes, change[2], change[1].at, change[1].at + change[1].length);
        }
        writeFileSync(file, bytes);
        const outcome = await read();
        if (outcome !== content) expect(damage).toContain(outcome);
        expect(readdirSync(folder)).toEqual(['test.coffer']);
      }),
      { numRuns: runs(500) },
    );
  },
);

test(
  'any log or journal beside the vault: the same content, or an error, and the vault as it was',
  { timeout: 600_000 },
  async () => {
    const headers = ['377f0682002de218', '377f0683002de218', 'd9d505f920a163d7', ''].map((hex) =>
      Buffer.from(hex, 'hex'),
    );
    const log = fc.tuple(fc.constantFrom(...headers), fc.uint8Array({ maxLength: 9000 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('-wal', '-journal'), log, async (ending, [head, tail]) => {
        writeFileSync(file, original);
        writeFileSync(file + ending, Buffer.concat([head, tail]));
        const outcome = await read();
        if (outcome !== content) {
          expect(damage).toContain(outcome);
          expect(readFileSync(file).equals(original)).toBe(true);
          rmSync(file + ending);
        }
        expect(readdirSync(folder)).toEqual(['test.coffer']);
      }),
      { numRuns: runs(200) },
    );
  },
);
