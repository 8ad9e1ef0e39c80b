/** Runs stages one after the other, goes on after a failing one, and counts. */

/**
 * @typedef {object} Outcome What a stage found.
 * @property {number} passed - Tests that passed; 1 for a check.
 * @property {number} failed - Tests that failed; 1 for a check.
 * @property {string} [details] - Shown when something failed.
 */
/** @typedef {{ name: string, run: () => Promise<Outcome> }} Stage - A name for its line, and what it does. */

/**
 * Runs stages and prints one line for each; details follow the line of one that failed.
 *
 * @param {Stage[]} stages - In the order in which they run.
 * @returns {Promise<{ passed: number, failed: number }>} The sums.
 */
export async function runStages(stages) {
  const sum = { passed: 0, failed: 0 };
  for (const { name, run } of stages) {
    const startedAtMs = performance.now();
    // A stage that breaks is a failed one; the others still report.
    const outcome = await run().catch((error) => ({ passed: 0, failed: 1, details: error.stack ?? String(error) }));
    const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1);
    sum.passed += outcome.passed;
    sum.failed += outcome.failed;
    const counts = outcome.passed + outcome.failed > 1 ? `${outcome.passed} passed, ${outcome.failed} failed, ` : '';
    process.stdout.write(`${outcome.failed === 0 ? 'ok    ' : 'FAILED'} ${name} (${counts}${seconds} s)\n`);
    if (outcome.failed > 0) process.stdout.write(`${(outcome.details ?? '').trimEnd()}\n\n`);
  }
  return sum;
}

/** Prints the closing line. @returns {number} The exit code. */
export function closeWith({ passed, failed }) {
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
