import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSmall, temporaryFolder, unlockSmall } from '../support/small-vault';
import { applyTo, operationAt } from './kills-operations';

const kills = 300;
let place: ReturnType<typeof temporaryFolder>;
let built: string;

beforeAll(async () => {
  place = temporaryFolder();
  // Inside the project, so that the bundle finds the packages that stay outside of it.
  built = mkdtempSync(path.join(import.meta.dirname, '../../out/kills-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: path.join(import.meta.dirname, 'killed-writer.ts'), outDir: built, target: 'node20' },
  });
});
afterAll(() => {
  place.remove();
  rmSync(built, { recursive: true, force: true });
});

/** Runs the writer from a step on and kills it some time after its first save; the last step that it said was saved. */
async function writeAndKill(firstStep: number, afterMs: number): Promise<number> {
  const child = spawn(process.execPath, [path.join(built, 'killed-writer.js'), place.file, String(firstStep)]);
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    if (said === '') setTimeout(() => child.kill('SIGKILL'), afterMs);
    said += chunk.toString();
  });
  let complaint = '';
  child.stderr.on('data', (chunk: Buffer) => (complaint += chunk.toString()));
  await new Promise((resolve) => child.once('close', resolve));
  expect(complaint).toBe('');
  // The kill may have cut the last line short.
  return Number(said.slice(0, said.lastIndexOf('\n')).split('\n').at(-1));
}

async function contentOfVault(): Promise<Map<string, string>> {
  const vault = await unlockSmall(place.file);
  const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const content = new Map(
    [...vault.overviews()].map(({ id, overview }) => [textOf(overview), textOf(vault.openBody(id))]),
  );
  expect([...vault.checkBodies()].at(-1) ?? 0).toBe(content.size);
  vault.lock();
  return content;
}

test(`${kills} kills at random moments: all that was said to be saved is there, and nothing else`, async () => {
  (await createSmall(place.file)).lock();
  let model = new Map<string, string>();
  let nextStep = 0;
  for (let round = 0; round < kills; round++) {
    const lastSaid = await writeAndKill(nextStep, Math.random() * 40);
    for (; nextStep <= lastSaid; nextStep++) model = applyTo(model, operationAt(nextStep, [...model.keys()]));
    const content = await contentOfVault();
    const oneMore = applyTo(model, operationAt(nextStep, [...model.keys()]));
    const isOneMore =
      content.size === oneMore.size && [...oneMore].every(([title, body]) => content.get(title) === body);
    if (isOneMore) {
      model = oneMore;
      nextStep++;
    }
    expect(content).toEqual(model);
    expect(readdirSync(place.folder)).toEqual(['test.coffer']);
  }
  console.info(`${kills} kills, ${nextStep} saves, none lost`);
});
