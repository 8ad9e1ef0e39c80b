import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ElectronApplication, test as base } from '@playwright/test';
import { launchPatiently } from '../support/patient-app';
import { buildSmallApp } from '../support/small-app/build';
import { smallPages } from '../support/small-app/pages';
import { electron } from './support';

/** A folder with the small app, which has the windows and the keychain of main/desktop and no vault. */
interface SmallDesk {
  readonly folder: string;
  /** Starts it, with switches and environment added; closed when the test ends. */
  readonly start: (flags?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<ElectronApplication>;
}

/** Playwright's test with a small desk. */
export const test = base.extend<{ desk: SmallDesk }>({
  desk: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'coffer-desk-'));
    await buildSmallApp(path.join(folder, 'app'), smallPages);
    const running: ElectronApplication[] = [];
    const start: SmallDesk['start'] = async (flags = [], env = {}) => {
      const machine = JSON.parse(process.env['COFFER_ELECTRON_FLAGS'] ?? '[]') as string[];
      const app = await launchPatiently({
        executablePath: electron,
        args: [...machine, ...flags, path.join(folder, 'app'), `--user-data-dir=${path.join(folder, 'profile')}`],
        env: { ...process.env, GSETTINGS_BACKEND: 'memory', ...env },
        cwd: folder,
        chromiumSandbox: true,
      });
      running.push(app);
      await (await app.firstWindow()).waitForLoadState();
      return app;
    };
    await use({ folder, start });
    for (const app of running) await app.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  },
});
