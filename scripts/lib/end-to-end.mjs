/** Runs the Playwright tests, which drive the real app on virtual screens, and counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startXvfb } from './display.mjs';
import { launchFlags } from './electron.mjs';
import { node24 } from './packages.mjs';
import { failureOf } from './stages.mjs';
import { root, run } from './steps.mjs';
import { electronVariables } from './unit-tests.mjs';

// Much of what the tests do is waiting. Each has its own screen, keyboard focus and clipboard; other systems have one of each.
const screensAtOnce = process.platform === 'linux' ? 2 : 0;

/**
 * @param {import('./electron.mjs').ElectronRuntime} electron - From resolveElectron.
 * @param {'short' | 'long'} which - Those without the tag `@long`, or those with it.
 * @returns {Promise<import('./stages.mjs').Outcome>} A skipped test counts as failed.
 */
export async function runEndToEnd(electron, which) {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-e2e-'));
  const report = path.join(folder, 'report.json');
  const screens = [];
  try {
    for (let n = 0; n < screensAtOnce; n++) screens.push(await startXvfb());
    const { code, output } = await run(
      [
        ...[node24, path.join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'],
        ...[which === 'short' ? '--grep-invert' : '--grep', '@long'],
      ],
      {
        capture: true,
        env: {
          ...process.env,
          COFFER_SCREENS: JSON.stringify(screens.map((screen) => screen.env)),
          ...electronVariables(electron),
          COFFER_ELECTRON_FLAGS: JSON.stringify(launchFlags()),
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        },
      },
    );
    return { ...countsOf(report, code), details: output };
  } finally {
    for (const screen of screens) await screen.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function countsOf(report, code) {
  let [passed, failed] = [0, 0];
  let failures = [];
  try {
    const { stats, errors, suites } = JSON.parse(readFileSync(report, 'utf8'));
    passed = stats.expected;
    failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
    failures = suites.flatMap(failedIn);
  } catch {
    // No report: Playwright itself failed, which the exit code says.
  }
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  return { passed, failed, failures };
}

function failedIn({ specs = [], suites = [] }) {
  const isFailed = ({ tests }) => tests.some(({ status }) => status !== 'expected');
  const errorOf = ({ tests }) => tests.flatMap(({ results }) => results).find(({ error }) => error)?.error.message;
  const own = specs.filter(isFailed).map((spec) => failureOf(`${spec.file} › ${spec.title}`, errorOf(spec)));
  return [...own, ...suites.flatMap(failedIn)];
}
