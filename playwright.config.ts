import { defineConfig } from '@playwright/test';

// One test at a time on a screen, whose keyboard focus and clipboard it has for itself. The scripts that run tests start the screens.
const screens = JSON.parse(process.env['COFFER_SCREENS'] ?? '[]') as Record<string, string>[];
// Set in each worker, which reads this file, too.
Object.assign(process.env, screens[Number(process.env['TEST_PARALLEL_INDEX'] ?? 0)]);

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: Math.max(1, screens.length),
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 3_000_000,
  expect: { timeout: 15_000 },
});
