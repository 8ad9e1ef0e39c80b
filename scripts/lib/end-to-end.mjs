/** Runs the Playwright tests, which drive the real app on a virtual screen, and counts. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startXvfb } from './display.mjs';
import { launchFlags } from './electron.mjs';
import { node24 } from './packages.mjs';
import { root, run } from './steps.mjs';
import { electronVariables } from './unit-tests.mjs';

/**
 * @param {import('./electron.mjs').ElectronRuntime} electron - From resolveElectron.
 * @param {Record<string, string>} env - Added to the environment.
 * @returns {Promise<import('./stages.mjs').Outcome>} A skipped test counts as failed.
 */
export async function runEndToEnd(electron, env = {}) {
  const folder = mkdtempSync(path.join(tmpdir(), 'coffer-e2e-'));
  const report = path.join(folder, 'report.json');
  const display = process.platform === 'linux' ? await startXvfb() : { env: {}, stop: async () => undefined };
  try {
    const { code, output } = await run(
      [node24, path.join(root, 'node_modules/@playwright/test/cli.js'), 'test', '--reporter=list,json'],
      {
        capture: true,
        env: {
          ...process.env,
          ...display.env,
          ...electronVariables(electron),
          COFFER_ELECTRON_FLAGS: JSON.stringify(launchFlags()),
          PLAYWRIGHT_JSON_OUTPUT_FILE: report,
          ...env,
        },
      },
    );
    return { ...countsOf(report, code), details: output };
  } finally {
    await display.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function countsOf(report, code) {
  let passed = 0;
  let failed = 0;
  try {
    const { stats, errors } = JSON.parse(readFileSync(report, 'utf8'));
    passed = stats.expected;
    failed = stats.unexpected + stats.flaky + stats.skipped + errors.length;
  } catch {
    // No report: Playwright itself failed, which the exit code says.
  }
  if (failed === 0 && (code !== 0 || passed === 0)) failed = 1;
  return { passed, failed };
}
