import { defineConfig } from '@playwright/test';

// One app at a time: the tests share a screen, a clipboard and the machine's two cores with the key derivation.
export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 1,
  retries: 0,
  forbidOnly: true,
  timeout: 120_000,
  globalTimeout: 1_800_000,
  expect: { timeout: 15_000 },
});
