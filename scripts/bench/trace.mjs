/** Counts in a trace of system calls what each save wrote and synced. */
import { readFileSync } from 'node:fs';

const isSync = /\b(fsync|fdatasync)\(\d+.*= 0$/;
const written = /\b(?:pwrite64|write|pwritev)\(\d+, .*= (\d+)$/;

/**
 * @param {string} file - Written by `strace -f -o`; saves lie between calls for `/coffer-bench-save` and `/coffer-bench-end`.
 * @param {number} n - Records in the vault.
 * @returns {import('./core.mjs').Measure[]} The most that any save took, and the median of what they wrote.
 */
export function countSyncs(file, n) {
  const saves = [];
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line.includes('/coffer-bench-save')) saves.push({ syncs: 0, bytes: 0 });
    else if (line.includes('/coffer-bench-end')) break;
    const save = saves.at(-1);
    if (save === undefined) continue;
    if (isSync.test(line)) save.syncs++;
    save.bytes += Number(written.exec(line)?.[1] ?? 0);
  }
  if (saves.length === 0) throw new Error('strace: the trace shows no save');
  const bytes = saves.map((save) => save.bytes).sort((a, b) => a - b);
  return [
    { name: 'save-syncs-max', value: Math.max(...saves.map(({ syncs }) => syncs)), unit: 'syncs', n },
    { name: 'save-bytes-p50', value: bytes[Math.floor(bytes.length / 2)], unit: 'B', n },
    { name: 'save-bytes-p95', value: bytes[Math.floor(bytes.length * 0.95)], unit: 'B', n },
    { name: 'save-bytes-max', value: bytes.at(-1), unit: 'B', n },
  ];
}
