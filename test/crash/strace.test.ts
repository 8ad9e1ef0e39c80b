import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from './crash-child';
import { Harness, runtimes } from './harness';
import { operations } from './operations';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.end());

const traced = [
  ...['write', 'pwrite64', 'writev', 'pwritev', 'pwritev2', 'sendfile', 'copy_file_range', 'fallocate'],
  ...['fsync', 'fdatasync', 'sync_file_range', 'msync', 'truncate', 'ftruncate', 'fchmod', 'chmod', 'fchmodat'],
  ...['rename', 'renameat', 'renameat2', 'link', 'linkat', 'symlink', 'symlinkat', 'unlink', 'unlinkat', 'rmdir'],
  ...['mkdir', 'mkdirat', 'open', 'openat', 'openat2', 'creat', 'io_uring_enter'],
];

test.each(runtimes)('$name: the shim sees every call that the kernel does', async (runtime) => {
  for (const operation of operations) {
    const folder = harness.newFolder(await harness.prepare(operation));
    const log = path.join(harness.folder, `${path.basename(folder)}.strace`);
    const cases = JSON.stringify([{ folder, fault: { at: 0, mode: 'count' } }]);
    const wrapper = ['strace', '-f', '-y', '-qq', '-s', '0', '-e', `trace=${traced.join(',')}`, '-o', log];
    const { lines } = await harness.run([operation.name, cases], runtime, { wrapper });
    const { calls } = JSON.parse(lines.at(-1) ?? '') as Outcome;
    expect({ operation: operation.name, calls: countsOf(calls.map(({ kind }) => kind)) }).toEqual({
      operation: operation.name,
      calls: countsOf(kindsSeenBy(readFileSync(log, 'utf8'), folder)),
    });
  }
});

/** What changed something below the folder while the shim was armed, in its words. */
function kindsSeenBy(log: string, folder: string): string[] {
  // Calls outside of that: getting ready before, the probe afterwards.
  const lines = log.split('\n');
  return lines.flatMap((line) => {
    if (!line.includes(folder) || / = -1 /.test(line)) return [];
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1] ?? '';
    return [call];
  });
}

function countsOf(kinds: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
