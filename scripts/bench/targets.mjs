/** What is aimed at, and the table for people. */

const atMost = (name, n, limit) => ({ name, n, limit: () => limit });
const timesOther = (name, n, times, other, otherN) => ({
  name,
  n,
  limit: (find) => times * (find(other, otherN) ?? NaN),
});

const targets = [
  atMost('open-rest', 10_000, 15),
  atMost('open-rest', 100_000, 90),
  atMost('search-p99', 100_000, 5),
  atMost('save-syncs-max', 10_000, 1),
  atMost('save-bytes-p50', 10_000, 48_000),
  atMost('save-bytes-p95', 10_000, 48_000),
  atMost('save-bytes-max', 10_000, 48_000),
  timesOther('commit-p50', 100_000, 1.2, 'commit-p50', 1000),
  timesOther('commit-p50', 100_000, 3, 'fsync-floor'),
  atMost('rss-unlocked', 100_000, 70),
  atMost('idle-cpu-locked', 10_000, 1),
  atMost('idle-cpu-unlocked', 10_000, 1),
  timesOther('window-ready', undefined, 1.3, 'window-ready-bare'),
  timesOther('first-paint', undefined, 1.2, 'first-paint-bare'),
  atMost('scroll-slow-frames', 100_000, 5),
  atMost('search-shown-max', 100_000, 50),
  atMost('open-shown-max', 100_000, 50),
];

/**
 * @param {import('./core.mjs').Measure[]} measures - In the order in which they are shown.
 * @returns {string} A line for each, with what is aimed at and whether it was met.
 */
export function tableOf(measures) {
  const find = (name, n) =>
    measures.find((measure) => measure.name === name && (n === undefined || measure.n === n))?.value;
  const lines = measures.map(({ name, value, unit, n }) => {
    const verdicts = targets
      .filter((target) => target.name === name && (target.n === undefined || target.n === n))
      .map((target) => target.limit(find))
      .map((limit) => `${value <= limit ? 'pass' : 'FAIL'} (at most ${shown(limit)})`);
    return `${name.padEnd(20)} ${String(n).padStart(7)} ${shown(value).padStart(12)} ${unit.padEnd(5)} ${verdicts.join(', ')}`;
  });
  return `${['measure'.padEnd(20), 'n'.padStart(7), 'value'.padStart(12)].join(' ')}\n${lines.map((line) => line.trimEnd()).join('\n')}\n`;
}

function shown(value) {
  return value >= 1000 ? String(Math.round(value)) : value.toFixed(2);
}
