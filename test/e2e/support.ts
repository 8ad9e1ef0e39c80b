import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { AppDriver } from '../support/app-driver';

/** Root folder of the project. */
export const root = path.resolve(import.meta.dirname, '../..');

/** A password that Coffer takes. */
export const password = 'correct horse battery';

/** The Electron under test; the scripts that run tests set it. */
export const electron = process.env['COFFER_ELECTRON'] ?? '';

/** A folder of one test, with apps that live in it. */
export interface Desk {
  readonly folder: string;
  readonly vaultFile: string;
  /** Starts an app on the desk's vault; closed when the test ends. `profile` names its profile folder. */
  readonly start: (options?: {
    profile?: string;
    vaultFile?: string | null;
    flags?: readonly string[];
    env?: Readonly<Record<string, string>>;
  }) => Promise<AppDriver>;
}

/** Playwright's test with a desk. */
export const test = base.extend<{ desk: Desk }>({
  // Playwright reads a fixture's needs from its first parameter, which must be a pattern.
  desk: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'coffer-e2e-'));
    const vaultFile = path.join(folder, 'test.coffer');
    mkdirSync(path.join(folder, 'home'));
    const running: AppDriver[] = [];
    const start: Desk['start'] = async (options = {}) => {
      const driver = await AppDriver.start({
        electron,
        flags: [...(JSON.parse(process.env['COFFER_ELECTRON_FLAGS'] ?? '[]') as string[]), ...(options.flags ?? [])],
        appFolder: root,
        profile: path.join(folder, options.profile ?? 'profile'),
        home: path.join(folder, 'home'),
        vaultFile: options.vaultFile === undefined ? vaultFile : options.vaultFile,
        env: options.env ?? {},
      });
      running.push(driver);
      // Answered once all of the app's code is there. Before, the collector may take what a test is about to ask of the main process.
      await driver.page.evaluate(() => window.coffer.vault.ways({}));
      return driver;
    };
    await use({ folder, vaultFile, start });
    for (const driver of running) await driver.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  },
});

/** Makes a key pair by the form; it is shown afterwards. */
export async function generateKeyPair(driver: AppDriver, name: string, type = 'Ed25519'): Promise<void> {
  await driver.newItem('EC2 key pair');
  await driver.field('Name').fill(name);
  await driver.page.getByRole('radio', { name: type }).check();
  await driver.button('Generate').click();
  await driver.page.getByRole('heading', { level: 2, name }).waitFor();
}

/** Pictures of the page, light and dark, large and small, for a person to look at; only where `COFFER_PICTURES` names a folder. */
export async function picture(driver: AppDriver, name: string) {
  const folder = process.env['COFFER_PICTURES'];
  if (folder === undefined) return;
  for (const colorScheme of ['dark', 'light'] as const) {
    await driver.page.emulateMedia({ colorScheme });
    for (const [width, height] of [
      [720, 480],
      [1280, 800],
    ] as const) {
      await driver.resize(width, height);
      const file = path.join(folder, `${name}-${colorScheme}-${width}.png`);
      await driver.page.screenshot({ path: file, animations: 'disabled' });
    }
  }
}
