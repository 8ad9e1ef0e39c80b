import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** What a program did. */
export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a real program without a shell and waits for its end. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly input?: string | Uint8Array; readonly env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    // ELECTRON_RUN_AS_NODE and the like are no business of the programs that are run.
    const child = spawn(program, args, { env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', ...options.env } });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
    child.on('close', (status) =>
      resolve({ status, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() }),
    );
  });
}

/** Runs a program that must succeed; gives its standard output. */
export async function succeed(program: string, args: readonly string[], input?: string | Uint8Array): Promise<string> {
  const { status, stdout, stderr } = await run(program, args, input === undefined ? {} : { input });
  if (status !== 0) throw new Error(`${program} ${args[0] ?? ''} ended with ${String(status)}: ${stderr}`);
  return stdout;
}

/** A folder for one test file, removed after it. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'coffer-keys-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes a file that ssh accepts as private. Gives its path. */
export async function writePrivateFile(folder: string, name: string, bytes: Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, bytes, { mode: 0o600 });
  return path;
}

/** UTF-8 bytes; null stays null. */
export function bytesOf(text: string): Uint8Array;
export function bytesOf(text: string | null): Uint8Array | null;
export function bytesOf(text: string | null): Uint8Array | null {
  return text === null ? null : new TextEncoder().encode(text);
}

/** Hex of bytes, for messages that a person can read. */
export function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** A PEM text with the bytes from `at` on replaced by others. */
export function patchedAt(pem: string, at: number, afterHex: string): Uint8Array {
  const lines = pem.trim().split('\n');
  const der = Buffer.from(lines.slice(1, -1).join(''), 'base64');
  der.set(Buffer.from(afterHex, 'hex'), at);
  return bytesOf([lines[0], der.toString('base64'), lines.at(-1), ''].join('\n'));
}
