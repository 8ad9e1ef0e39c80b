import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { GoldenSecrets } from '../vaults/golden-secrets';
import { givenOf } from './given';
import { readVault } from './reader';

const longestShownBytes = 144;
const lineCharacters = 96;

interface Case {
  readonly title: string;
  readonly vault: string;
  /** Which of its ways. */
  readonly way: number;
  /** Names of traced values to show; null for all. */
  readonly shown: readonly string[] | null;
}

const untilVaultKey = [
  'typed input',
  'salt',
  'stretched',
  'key material',
  'HKDF salt',
  'HKDF info',
  'okm',
  'vault key',
];

const cases: readonly Case[] = [
  { title: 'password-totp.coffer, password and code', vault: 'password-totp', way: 0, shown: null },
  {
    title: 'recovery.coffer, recovery code',
    vault: 'recovery',
    way: 1,
    shown: ['recovery code', 'hash for the checksum', 'checksum', ...untilVaultKey],
  },
  { title: 'all-factors.coffer, all factors', vault: 'all-factors', way: 0, shown: untilVaultKey },
  {
    title: 'password.coffer, a password that is normalised',
    vault: 'password',
    way: 0,
    shown: ['password, normalised', ...untilVaultKey],
  },
];

/**
 * The test vectors of docs/FORMAT.md, as code blocks, worked out by the reader beside this.
 *
 * @param folder - Where the golden vaults are.
 */
export async function renderVectors(folder: string): Promise<string> {
  const blocks: string[] = [];
  for (const { title, vault, way: index, shown } of cases) {
    const secrets = JSON.parse(readFileSync(path.join(folder, `${vault}.json`), 'utf8')) as GoldenSecrets;
    const way = secrets.ways[index];
    if (way === undefined) throw new Error(`${vault}: no such way`);
    const lines = inputsOf(way, secrets);
    await readVault(path.join(folder, `${vault}.coffer`), way.slot, givenOf(way, secrets.atMs), (name, value) => {
      if (shown === null || shown.includes(name)) lines.push(...lineOf(name, value));
    });
    blocks.push(`### ${title}\n\n\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`);
  }
  return blocks.join('\n');
}

function inputsOf(way: GoldenSecrets['ways'][number], { vaultId, epoch, atMs }: GoldenSecrets): string[] {
  const given = [
    ['vault id', vaultId],
    ['epoch', String(epoch)],
    ['slot id', way.slot],
    ['password as typed', way.password === null ? null : JSON.stringify(way.password)],
    ['recovery code as typed', way.recoveryCode],
    ['secret of the app', way.totp?.secret],
    ['clock, ms', way.totp === null ? null : String(atMs)],
    ['code', way.totp?.code],
    ['target', way.totp === null ? null : String(way.totp.target).padStart(6, '0')],
    ['key file', way.keyFile],
    ['PRF output', way.securityKey?.prfOutput],
    ['secret of the computer', way.computerSecret],
  ] as const;
  return given.flatMap(([name, value]) => (typeof value === 'string' ? lineOf(name, value) : []));
}

function lineOf(name: string, value: Uint8Array | string): string[] {
  if (typeof value === 'string') return [`${name}: ${value}`];
  const bytes = Buffer.from(value);
  const hex = bytes.subarray(0, longestShownBytes).toString('hex');
  const lines = hex.match(new RegExp(`.{1,${lineCharacters}}`, 'g')) ?? [];
  const rest = bytes.length <= longestShownBytes ? [] : [`  ... SHA-256 of all: ${hashOf(bytes)}`];
  return [`${name} (${bytes.length}):`, ...lines.map((line) => `  ${line}`), ...rest];
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const beginning = '<!-- vectors -->';

/** The document with its vectors replaced. */
export function withVectors(document: string, vectors: string): string {
  const at = document.indexOf(beginning);
  if (at < 0) throw new Error('FORMAT.md: no place for the vectors');
  return `${document.slice(0, at + beginning.length)}\n\n${vectors}`;
}
