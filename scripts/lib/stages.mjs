/** Runs stages, goes on after a failing one, and counts. */
import { stripVTControlCharacters } from 'node:util';

/**
 * @typedef {object} Outcome What a stage found.
 * @property {number} passed - Tests that passed; 1 for a check.
 * @property {number} failed - Tests that failed; 1 for a check.
 * @property {string} [details] - Shown when something failed.
 * @property {string[]} [failures] - Names of the tests that failed with how, repeated at the very end; see {@link failureOf}.
 */
/** @typedef {{ passed: number, failed: number, failures: string[] }} Sums */
/** @typedef {{ name: string, run: () => Promise<Outcome> }} Stage - A name for its line, and what it does. */

const mostErrorLines = 12;

/**
 * A failed test, for the very end of the output, which is often all that is kept of it.
 *
 * @param {string} name - Its file and title.
 * @param {string} [error] - What it said, with or without colours; its beginning is taken.
 * @returns {string} The name, and the error's first lines below it.
 */
export function failureOf(name, error = '') {
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.includes('node_modules'))
    .slice(0, mostErrorLines)
    .map((line) => `         ${line.slice(0, 600)}`);
  return [name, ...lines].join('\n');
}

/**
 * Runs stages and prints one line for each when it ends; details follow the line of one that failed.
 *
 * @param {Stage[]} stages - In the order in which they begin.
 * @param {number} atOnce - How many run beside each other.
 * @returns {Promise<Sums>} Of all stages; a failure is named by its stage and itself.
 */
export async function runStages(stages, atOnce = 1) {
  const sum = { passed: 0, failed: 0, failures: [] };
  const waiting = [...stages];
  const lane = async () => {
    for (let stage = waiting.shift(); stage !== undefined; stage = waiting.shift()) {
      const { passed, failed, failures = [] } = await runStage(stage);
      sum.passed += passed;
      sum.failed += failed;
      const named = failures.length === 0 && failed > 0 ? [''] : failures;
      sum.failures.push(...named.map((name) => (name === '' ? stage.name : `${stage.name}: ${name}`)));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return sum;
}

/** @param {Stage} stage - Run, and told of in a line. */
async function runStage({ name, run }) {
  const startedAtMs = performance.now();
  // A stage that breaks is a failed one; the others still report.
  const outcome = await run().catch((error) => ({
    passed: 0,
    failed: 1,
    failures: [],
    details: error.stack ?? String(error),
  }));
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
  const counts = outcome.passed + outcome.failed > 1 ? `${outcome.passed} passed, ${outcome.failed} failed, ` : '';
  process.stdout.write(`${outcome.failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${counts}${seconds} s)\n`);
  if (outcome.failed > 0) process.stdout.write(`${(outcome.details ?? '').trimEnd()}\n\n`);
  return outcome;
}

/**
 * Prints what failed, and the closing line.
 *
 * @param {Sums[]} sums - From {@link runStages}.
 * @returns {number} The exit code.
 */
export function closeWith(...sums) {
  const total = (count) => sums.reduce((sum, each) => sum + each[count], 0);
  const [passed, failed] = [total('passed'), total('failed')];
  for (const name of sums.flatMap(({ failures }) => failures)) process.stdout.write(`FAILED ${name}\n`);
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
