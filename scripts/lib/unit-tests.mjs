/** Runs Vitest and counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { node24 } from './packages.mjs';
import { failureOf } from './stages.mjs';
import { root, run } from './steps.mjs';

/**
 * @param {string[]} args - Projects (`--project`, name), files and further options.
 * @param {Record<string, string>} env - Added to the environment.
 * @returns {Promise<import('./stages.mjs').Outcome>} A skipped test counts as failed: it says nothing about the product.
 */
export async function runVitest(args, env = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-vitest-'));
  const report = path.join(folder, 'report.json');
  try {
    const { code, output } = await run(
      [
        ...[node24, path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args],
        ...['--allowOnly=false', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      ],
      { capture: true, env: { ...process.env, NO_COLOR: '1', ...env } },
    );
    return { ...countsOf(report, code), details: output };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Variables that make Vitest's `electron` project run in the given Electron.
 *
 * @param {import('./electron.mjs').ElectronRuntime} electron - From resolveElectron.
 * @returns {Record<string, string>} To be added to the environment.
 */
export function electronVariables({ program, nodeModule, env }) {
  return { ...env, COFFER_ELECTRON: program, ...(nodeModule === null ? {} : { COFFER_ELECTRON_REQUIRE: nodeModule }) };
}

function countsOf(report, code) {
  let [passed, failed] = [0, 0];
  let failures = [];
  try {
    const { numPassedTests, numTotalTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    passed = numPassedTests;
    failed = numTotalTests - numPassedTests;
    failures = testResults.flatMap(({ name, status: ofFile, message, assertionResults }) => {
      const file = path.relative(root, name);
      // One that could not be loaded has no tests.
      if (ofFile === 'failed' && assertionResults.length === 0) return [failureOf(file, message)];
      const failed = assertionResults.filter(({ status }) => status !== 'passed');
      return failed.map((each) => failureOf(`${file} › ${each.fullName}`, each.failureMessages[0]));
    });
  } catch {
    // No report: Vitest itself failed, which the exit code says.
  }
  // An error outside of any test, a worker that crashed, or no test at all.
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  return { passed, failed, failures };
}
