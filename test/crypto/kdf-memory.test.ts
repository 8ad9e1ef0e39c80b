import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import { afterAll, beforeAll, expect, test } from 'vitest';

const project = path.join(import.meta.dirname, '../..');

// A process that lets itself have 512 MiB more than it has, derives, and lifts the limit. The limit is on what can be
// written to (RLIMIT_DATA): Electron sets aside more address space than it uses, which a limit on that would not notice.
const program = `
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { deriveArgon2id } from './kdf.js';

const setLimit = (bytes) => execFileSync('prlimit', ['--pid', String(process.pid), '--data=' + bytes + ':']);
const dataKiB = () => Number(/^VmData:\\s*(\\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]);
async function derive(memoryMiB) {
  const params = { memoryKiB: memoryMiB * 1024, timeCost: 1, parallelism: 4, salt: new Uint8Array(16) };
  try {
    return (await deriveArgon2id(new Uint8Array(4), params)).length;
  } catch (error) {
    return error.name + ' ' + error.code + ': ' + error.message;
  }
}

await derive(8); // the threads are there before the limit is
setLimit((dataKiB() + 512 * 1024) * 1024);
const limited = [await derive(1024), await derive(8), await derive(1024)];
setLimit('unlimited');
console.log(JSON.stringify({ limited, lifted: await derive(1024) }));
`;

let built: string;

beforeAll(async () => {
  mkdirSync(path.join(project, 'out'), { recursive: true });
  // Inside the project, so that the bundle finds the packages that stay outside of it.
  built = mkdtempSync(path.join(project, 'out/kdf-'));
  await build({
    configFile: false,
    logLevel: 'error',
    build: { ssr: path.join(project, 'main/crypto/kdf.ts'), outDir: built, target: 'node20' },
  });
  writeFileSync(path.join(built, 'program.mjs'), program);
});
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

test('memory that cannot be had is said to be so, the process lives on, and the same call works once there is enough', async () => {
  // In Electron this file runs in Electron, and so does the program.
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(built, 'program.mjs')], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
  const refusal =
    'CofferError not-enough-memory: memory: 1024 MiB are needed and not free; close programs and try again';
  expect(JSON.parse(stdout)).toEqual({ limited: [refusal, 32, refusal], lifted: 32 });
});
