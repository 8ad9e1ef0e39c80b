import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { root } from './support';

interface AxeReport {
  readonly steps: readonly { readonly name: string; readonly ok: boolean }[];
  readonly axe: readonly { readonly screen: string; readonly theme: string; readonly violations: readonly unknown[] }[];
}

test('axe finds nothing on any screen, in any theme', { tag: '@long' }, async () => {
  test.setTimeout(1_500_000);
  const out = mkdtempSync(path.join(tmpdir(), 'coffer-axe-'));
  const command = [path.join(root, 'scripts/demo/run.mjs'), out, '', '', 'axe'];
  // It fails where axe finds something; what that is stands in the report.
  await promisify(execFile)(process.execPath, command).catch(() => undefined);
  const { steps, axe } = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as AxeReport;
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  expect(axe.filter(({ violations }) => violations.length > 0)).toEqual([]);
  // Each screen in four themes.
  expect(axe.length).toBeGreaterThan(400);
  rmSync(out, { recursive: true, force: true });
});
