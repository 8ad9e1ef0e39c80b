/** What the app costs while nobody uses it: processor and memory, locked and unlocked, and of an empty Electron window. */
import { setTimeout as sleep } from 'node:timers/promises';
import { familyOf, memoryMB, processorSeconds } from '../lib/processes.mjs';

const settleMs = 20_000;
const watchedMs = 60_000;

/**
 * Watches a running app that nobody touches, for a minute after it has settled. Playwright is attached, which costs a little, too.
 *
 * @param {string} what - `locked`, `unlocked` or `bare`.
 * @param {number} pid - Of its main process.
 * @param {number} n - Records in its vault; 0 for none.
 * @returns {Promise<import('./core.mjs').Measure[]>} Percent of one core, and the memory of all its processes.
 */
export async function measureIdle(what, pid, n) {
  await sleep(settleMs);
  const family = familyOf(pid);
  const before = processorSeconds(family);
  await sleep(watchedMs);
  const percent = ((processorSeconds(family) - before) / (watchedMs / 1000)) * 100;
  return [
    { name: `idle-cpu-${what}`, value: percent, unit: '%', n },
    { name: `memory-${what}`, value: memoryMB(family), unit: 'MB', n },
  ];
}
