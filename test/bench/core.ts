import { accessSync } from 'node:fs';
import path from 'node:path';
import {
  type Measure,
  measureCommits,
  measureFile,
  measureKdf,
  measureKeys,
  measureOpen,
  measureRekey,
  measureSearch,
  recordsOf,
} from './measures';
import { makeRecord } from './records';
import { type BenchVault, buildVault, openVault } from './vaults';

// One part of the bench, run by scripts/bench inside Electron's Node: its name and its input as JSON; its output is JSON, too.
const [, , part = '', input = '{}'] = process.argv;

interface Input {
  readonly folder: string;
  readonly records: number;
  readonly vault: BenchVault;
  readonly small: BenchVault;
}

const parts: Readonly<Record<string, (input: Input) => Promise<unknown> | Measure[]>> = {
  build: ({ folder, records }) => buildVault(path.join(folder, `${records}.coffer`), records),
  kdf: () => measureKdf(),
  open: ({ vault }) => measureOpen(vault),
  search: ({ vault }) => measureSearch(vault),
  commits: ({ small, vault, folder }) => measureCommits(small, vault, folder),
  rekey: ({ vault }) => measureRekey(vault),
  file: ({ vault }) => measureFile(vault),
  keys: () => measureKeys(),
  saves: ({ vault }) => savesBetweenMarks(vault),
};

/** Saves records, and before each asks for a file that is not there, so that a trace shows where a save begins. */
async function savesBetweenMarks(made: BenchVault): Promise<Measure[]> {
  const vault = await openVault(made);
  const { records, lock } = recordsOf(vault);
  records.list({ query: '', view: 'all', sort: 'title', offset: 0, limit: 200 });
  vault.prepareForSaving();
  const ids = Array.from(vault.overviews(), ({ id }) => id);
  const mark = (name: string): void => {
    try {
      accessSync(`/coffer-bench-${name}`);
    } catch {
      // Not there, as it should be.
    }
  };
  for (let n = 0; n < 300; n++) {
    mark('save');
    vault.save({ id: n % 3 === 0 ? null : (ids[(n * 7919) % ids.length] ?? null), ...makeRecord(2_000_000 + n) });
  }
  mark('end');
  lock();
  return [];
}

const run = parts[part];
if (run === undefined) throw new Error('part: expected one of the bench');
process.stdout.write(`${JSON.stringify(await run(JSON.parse(input) as Input))}\n`);
