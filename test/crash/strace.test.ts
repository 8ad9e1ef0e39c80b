import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome } from './crash-child';
import { Harness, runtimes } from './harness';
import { operations } from './operations';

const isLong = process.env['COFFER_LONG'] === '1';

let harness: Harness;
beforeAll(async () => {
  harness = await Harness.start();
});
afterAll(() => harness.end());

/** What the shim calls each; a name that is not here is one that it does not know. */
const kinds: Readonly<Record<string, string>> = {
  ...{
    write: 'write',
    pwrite64: 'write',
    writev: 'write',
    pwritev: 'write',
    sendfile: 'write',
    copy_file_range: 'write',
  },
  ...{ fsync: 'fsync', fdatasync: 'fsync', ftruncate: 'truncate', fallocate: 'allocate', fchmod: 'chmod' },
  ...{ link: 'link', linkat: 'link', rename: 'rename', renameat: 'rename', renameat2: 'rename' },
  ...{ unlink: 'unlink', unlinkat: 'unlink', rmdir: 'unlink', mkdir: 'mkdir', mkdirat: 'mkdir' },
  ...{ open: 'create', openat: 'create', creat: 'create' },
};
const unknown = [
  ...['pwritev2', 'sync_file_range', 'msync', 'syncfs', 'truncate', 'chmod', 'fchmodat', 'symlink', 'symlinkat'],
  ...['openat2', 'mknod', 'mknodat', 'io_uring_enter', 'vmsplice', 'splice'],
];

test.each(runtimes)('$name: the shim sees every call that the kernel does', async (runtime) => {
  for (const operation of isLong ? operations : operations.filter((_, at) => at % 3 === 0)) {
    const folder = harness.newFolder(await harness.prepare(operation));
    const log = `${folder}.strace`;
    const cases = JSON.stringify([{ folder, fault: { at: 0, mode: 'count' } }]);
    const traced = ['memfd_create', ...Object.keys(kinds), ...unknown].join(',');
    const wrapper = ['strace', '-f', '-y', '-qq', '-s', '20', '-e', `trace=${traced}`, '-o', log];
    const { lines } = await harness.run([operation.name, cases], runtime, { wrapper });
    const { calls } = JSON.parse(lines.at(-1) ?? '') as Outcome;
    const seen = kindsSeen(readFileSync(log, 'utf8'), path.basename(folder));
    expect([operation.name, countsOf(calls.map(({ kind }) => kind))]).toEqual([operation.name, countsOf(seen)]);
  }
});

/** What changed something below the folder while the shim was armed: between the two files in memory by which it answers. */
function kindsSeen(log: string, folderName: string): string[] {
  const [, armed = ''] = log.split(/memfd_create\("coffer-fault".*\n/);
  const isWatched = new RegExp(`/${folderName}[/">]`);
  return armed.split('\n').flatMap((line) => {
    const call = /^\d+ +(\w+)\(/.exec(line)?.[1];
    if (call === undefined || !isWatched.test(line)) return [];
    if (call.startsWith('open') && !line.includes('O_CREAT')) return [];
    return [kinds[call] ?? call];
  });
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}
