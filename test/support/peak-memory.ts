import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const resetFile = '/proc/self/clear_refs';

/**
 * Runs a step and measures what it takes at most.
 *
 * @returns The result; by how much the resident memory of this process grew at its peak, 0 where the system does not tell; the
 *   processor time of all its threads, which a busy machine does not lengthen.
 */
export async function measurePeak<T>(step: () => Promise<T>): Promise<{ result: T; peakBytes: number; cpuMs: number }> {
  const isTold = existsSync(resetFile);
  if (isTold) writeFileSync(resetFile, '5'); // the peak is now what there is, see proc(5)
  const before = isTold ? peakNow() : 0;
  const start = process.cpuUsage();
  const result = await step();
  const { user, system } = process.cpuUsage(start);
  return { result, peakBytes: isTold ? peakNow() - before : 0, cpuMs: (user + system) / 1000 };
}

/** The peak of resident memory so far, in bytes. */
function peakNow(): number {
  const kibibytes = /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kibibytes) * 1024;
}
