/** Looks at processes by Linux' /proc. */
import { readFileSync, readdirSync } from 'node:fs';

/**
 * @param {number} pid - Of a process.
 * @returns {string[]} It and all below it, as they are now.
 */
export function familyOf(pid) {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((id) => ({ id, parent: statOf(id)[1] }));
  const below = (parent) => parents.filter((one) => one.parent === parent).flatMap(({ id }) => [id, ...below(id)]);
  return [String(pid), ...below(String(pid))];
}

/**
 * @param {string[]} family - From familyOf.
 * @returns {number} Time on a processor so far, in seconds; of processes that ended since, none.
 */
export function processorSeconds(family) {
  const ticksPerSecond = 100; // USER_HZ, the same on every Linux
  return (
    family.reduce((sum, id) => sum + Number(statOf(id)[11] ?? 0) + Number(statOf(id)[12] ?? 0), 0) / ticksPerSecond
  );
}

/**
 * @param {string[]} family - From familyOf.
 * @returns {number} Memory in MB; what several share is counted once between them.
 */
export function memoryMB(family) {
  return family.reduce((sum, id) => sum + sharedOutKB(id), 0) / 1024;
}

function sharedOutKB(id) {
  try {
    return Number(/^Pss:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0; // ended since
  }
}

/** Fields of its `stat` from the state on, behind the name in brackets, which may hold anything; none once it ended. */
function statOf(id) {
  try {
    return readFileSync(`/proc/${id}/stat`, 'utf8').split(') ').at(-1).split(' ');
  } catch {
    return [];
  }
}
