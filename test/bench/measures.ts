import { closeSync, fsyncSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { totalmem } from 'node:os';
import path from 'node:path';
import { deriveArgon2id } from '../../main/crypto/kdf';
import { systemRandom } from '../../main/crypto/random';
import { Records } from '../../main/ipc/records';
import { warmUpUnlock } from '../../main/ipc/warm-up';
import { type KeyAlgorithm, generateKeyPair } from '../../main/keys/generate';
import { chooseCosts, formatLimits } from '../../main/vault/kdf-policy';
import { settleLogin } from '../../main/vault/open-vault';
import { startEpoch } from '../../main/vault/rekey';
import type { SessionEvent } from '../../main/vault/session';
import type { Vault } from '../../main/vault/vault';
import { makeQueries, makeRecord } from './records';
import { type BenchVault, openVault, prepareToOpen, smallCosts } from './vaults';

/** One line of the bench's report. */
export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | 'B' | 'MB' | 'syncs';
  /** Records in the vault; for what no vault has to do with, how often it was measured. */
  readonly n: number;
}

const firstList = { query: '', view: 'all', sort: 'title', offset: 0, limit: 200 } as const;
/** Less than anybody takes to type a password. */
const typingMs = 1000;
const nowMs = (): number => performance.now();

/** The value below which a share of the values lies. */
function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

/** Records of an unlocked vault, as the bridge asks for them, and what locks it as a session does: the list ends with it. */
export function recordsOf(vault: Vault): { readonly records: Records; readonly lock: () => void } {
  const listeners: ((event: SessionEvent) => void)[] = [];
  const subscribe = (listener: (event: SessionEvent) => void) => {
    listeners.push(listener);
    return () => undefined;
  };
  const records = new Records({ vault, subscribe }, Date.now);
  const lock = (): void => {
    vault.lock();
    for (const listener of listeners) listener('locked');
  };
  return { records, lock };
}

/** One key derivation with the costs that the app would choose on this machine. */
export async function measureKdf(): Promise<Measure[]> {
  const costs = await chooseCosts(totalmem(), nowMs);
  const times: number[] = [];
  for (let n = 0; n < 3; n++) {
    const startMs = nowMs();
    await deriveArgon2id(new Uint8Array(16), { ...costs, salt: new Uint8Array(32) });
    times.push(nowMs() - startMs);
  }
  return [{ name: 'kdf', value: percentile(times, 0.5), unit: 'ms', n: times.length }];
}

/** From the vault key to the rows of the first list: what follows the key derivation; once, as once after the app's start. */
export async function measureOpen(made: BenchVault): Promise<Measure[]> {
  const open = await prepareToOpen(made);
  // As the app does while the unlock screen waits for the user.
  warmUpUnlock();
  await new Promise((resolve) => setTimeout(resolve, typingMs));
  const startMs = nowMs();
  const vault = open();
  await settleLogin(vault, null);
  const { records, lock } = recordsOf(vault);
  const { total } = records.list(firstList);
  const value = nowMs() - startMs;
  if (total === 0) throw new Error('the first list is empty');
  lock();
  return [{ name: 'open-rest', value, unit: 'ms', n: made.records }];
}

/** Answers of the list to what people type. */
export async function measureSearch(made: BenchVault): Promise<Measure[]> {
  const vault = await openVault(made);
  const { records, lock } = recordsOf(vault);
  const queries = makeQueries();
  const times: number[] = [];
  records.list({ ...firstList, query: 'warm up' });
  for (let round = 0; round < 8; round++) {
    for (const query of queries) {
      const startMs = nowMs();
      records.list({ ...firstList, query });
      // The first round compiles, as the first minutes of use do.
      if (round > 0) times.push(nowMs() - startMs);
    }
  }
  lock();
  const line = (name: string, share: number): Measure => ({
    ...{ name, unit: 'ms', n: made.records },
    value: percentile(times, share),
  });
  return [line('search-p50', 0.5), line('search-p99', 0.99)];
}

/** Saves of records as people edit them, in both vaults and on the bare disk by turns, so that all meet the same noise. */
export async function measureCommits(small: BenchVault, large: BenchVault, folder: string): Promise<Measure[]> {
  const floorFile = path.join(folder, 'fsync-floor');
  const floor = openSync(floorFile, 'a', 0o600);
  const block = systemRandom(4096);
  const open = async (made: BenchVault) => {
    const vault = await openVault(made);
    vault.prepareForSaving();
    const { records, lock } = recordsOf(vault);
    records.list(firstList);
    return { vault, lock, made, ids: Array.from(vault.overviews(), ({ id }) => id), times: [] as number[] };
  };
  const vaults = [await open(small), await open(large)];
  const floorTimes: number[] = [];
  const rounds = 600;
  const unmeasured = 40;
  for (let round = 0; round < rounds; round++) {
    for (const { vault, ids, times } of vaults) {
      const id = round % 4 === 0 ? null : (ids[(round * 7919) % ids.length] ?? null);
      const record = makeRecord(1_000_000 + round);
      const startMs = nowMs();
      vault.save({ id, ...record });
      if (round >= unmeasured) times.push(nowMs() - startMs);
    }
    const startMs = nowMs();
    writeSync(floor, block);
    fsyncSync(floor);
    if (round >= unmeasured) floorTimes.push(nowMs() - startMs);
  }
  closeSync(floor);
  rmSync(floorFile);
  for (const { lock } of vaults) lock();
  return [
    ...vaults.flatMap(({ made, times }): Measure[] => [
      { name: 'commit-p50', value: percentile(times, 0.5), unit: 'ms', n: made.records },
      { name: 'commit-p99', value: percentile(times, 0.99), unit: 'ms', n: made.records },
    ]),
    { name: 'fsync-floor', value: percentile(floorTimes, 0.5), unit: 'ms', n: floorTimes.length },
  ];
}

/** A new vault key: every record sealed again into a new file, verified, and put in the old one's place. */
export async function measureRekey(made: BenchVault): Promise<Measure[]> {
  const vault = await openVault(made);
  const password = new TextEncoder().encode('another horse battery staple');
  const way = { password, factors: [], keyFile: null, securityKey: null, computer: null, name: '' };
  const startMs = nowMs();
  const { vault: next } = await startEpoch(
    vault,
    { way, codes: null, hasRecovery: false },
    {
      ...{ random: systemRandom, limits: formatLimits, costs: smallCosts, nowMs: Date.now, path: made.file },
      onProgress: () => undefined,
    },
  );
  const value = nowMs() - startMs;
  next?.lock();
  return [{ name: 'rekey', value, unit: 'ms', n: made.records }];
}

/** How large the file of a locked vault is. */
export function measureFile(made: BenchVault): Measure[] {
  return [{ name: 'file-bytes', value: statSync(made.file).size, unit: 'B', n: made.records }];
}

/** Generating key pairs. */
export async function measureKeys(): Promise<Measure[]> {
  const measure = async (name: string, algorithm: KeyAlgorithm, runs: number): Promise<Measure> => {
    const times: number[] = [];
    for (let n = 0; n < runs; n++) {
      const startMs = nowMs();
      await generateKeyPair(algorithm, new AbortController().signal);
      times.push(nowMs() - startMs);
    }
    return { name, value: percentile(times, 0.5), unit: 'ms', n: runs };
  };
  return [await measure('rsa2048-generate', 'rsa-2048', 15), await measure('ed25519-generate', 'ed25519', 50)];
}
