import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@playwright/test';
import { root } from './support';

interface PseudoReport {
  readonly steps: readonly { readonly name: string; readonly ok: boolean }[];
  readonly clipped: readonly { readonly screen: string; readonly size: string; readonly clipped: readonly string[] }[];
}

test('in a language with longer words no screen cuts a message off', { tag: '@long' }, async () => {
  test.setTimeout(1_500_000);
  const out = mkdtempSync(path.join(tmpdir(), 'coffer-pseudo-'));
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts/demo/run.mjs'), out, '', '', 'pseudo']);
  const { steps, clipped } = JSON.parse(readFileSync(path.join(out, 'report.json'), 'utf8')) as PseudoReport;
  expect(steps.filter(({ ok }) => !ok)).toEqual([]);
  // Each screen at both sizes, but those of other windows.
  expect(clipped.length).toBeGreaterThan(80);
  expect(clipped.filter((found) => found.clipped.length > 0)).toEqual([]);
  // Where something is cut off, the pictures stay.
  rmSync(out, { recursive: true, force: true });
});
