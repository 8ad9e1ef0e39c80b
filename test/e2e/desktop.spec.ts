import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type ElectronApplication, type Page, expect } from '@playwright/test';
import { startKeyring } from '../support/keyring';
import type { Parts } from '../support/small-app/main';
import { plugIn } from '../support/software-key';
import { countWindows } from '../support/ways-driver';
import { test } from './small-desk';

// The windows, the keychain and the printing of main/desktop in the real Electron, without a vault; what the app makes of them is
// tested elsewhere.
type Small = typeof globalThis & {
  parts: Parts;
  controller: AbortController;
  outcome: Promise<{ ok: unknown } | { code: unknown }>;
};

test.describe('the keychain', () => {
  test('of a real keyring seals what opens again after a start, and not on another computer', async ({ desk }) => {
    const keyring = await startKeyring();
    const other = await startKeyring();
    try {
      const open = (app: ElectronApplication, sealed: number[]) =>
        app.evaluate(async (_, bytes) => {
          const opened = await (globalThis as Small).parts.keychain.open(new Uint8Array(bytes));
          return opened === null ? null : [...opened];
        }, sealed);
      const first = await desk.start(keyring.flags, keyring.env);
      const { availability, sealed } = await first.evaluate(async () => {
        const { keychain } = (globalThis as Small).parts;
        return {
          availability: await keychain.availability(),
          sealed: [...(await keychain.seal(new Uint8Array([0, 7, 128, 255])))],
        };
      });
      expect(availability).toEqual({ isPossible: true, reason: '' });
      expect(await open(first, sealed)).toEqual([0, 7, 128, 255]);
      await first.close();
      const again = await desk.start(keyring.flags, keyring.env);
      expect(await open(again, sealed)).toEqual([0, 7, 128, 255]);
      await again.close();
      const elsewhere = await desk.start(other.flags, other.env);
      expect(await open(elsewhere, sealed)).toBeNull();
    } finally {
      await keyring.stop();
      await other.stop();
    }
  });

  test('is refused where there is no keyring, with what to do', { tag: '@long' }, async ({ desk }) => {
    const app = await desk.start([], { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere' });
    const { availability, refusal } = await app.evaluate(async () => {
      const { keychain } = (globalThis as Small).parts;
      const refusal = await keychain.seal(new Uint8Array(3)).then(
        () => null,
        (error: unknown) => (error as { code: unknown }).code,
      );
      return { availability: await keychain.availability(), refusal };
    });
    expect(availability).toMatchObject({ isPossible: false });
    expect(availability.reason).toContain('Install GNOME Keyring or KWallet');
    expect(refusal).toBe('not-supported');
  });
});

test('the app’s window is shown, and told what it was opened for, also if its first page goes before it has loaded', async ({
  desk,
}) => {
  const app = await desk.start();
  await app.evaluate(async ({ app: electronApp }) => {
    const { main } = (globalThis as Small).parts;
    const rejections: unknown[] = [];
    Object.assign(globalThis, { rejections });
    process.on('unhandledRejection', (reason) => rejections.push(reason));
    electronApp.removeAllListeners('window-all-closed').on('window-all-closed', () => undefined);
    const closed = new Promise<void>((resolve) => main.native?.once('closed', () => resolve()));
    main.native?.close();
    await closed;
    main.open();
    main.renewPage();
    main.sendOnceLoaded('menu:about');
  });
  await expect
    .poll(() => app.evaluate(() => (globalThis as Small).parts.main.native?.isVisible()), { timeout: 15_000 })
    .toBe(true);
  const heading = (page: Page) => page.locator('h1').textContent({ timeout: 1000 });
  await expect
    .poll(() => Promise.all(app.windows().map((page) => heading(page).catch(() => null))), { timeout: 15_000 })
    .toContain('About');
  expect(await app.evaluate(() => (globalThis as unknown as { rejections: unknown[] }).rejections.length)).toBe(0);
});

test.describe('the window for security keys', () => {
  async function ask(app: ElectronApplication, credentialId: number[] | null): Promise<Page> {
    const opened = app.waitForEvent('window');
    await app.evaluate((_, id) => {
      const small = globalThis as Small;
      const filled = (value: number) => new Uint8Array(32).fill(value);
      const question = {
        kind: id === null ? ('enrol' as const) : ('evaluate' as const),
        vaultName: 'work',
        credentialId: id === null ? null : new Uint8Array(id),
        prfSalt: filled(1),
        challenge: filled(2),
        userId: filled(3),
      };
      small.controller = new AbortController();
      small.outcome = small.parts.prompt.ask(question, small.controller.signal).then(
        ({ credentialId: made, first, second }) => ({
          ok: { credentialId: [...made], first: [...first], second: second === null ? null : [...second] },
        }),
        (error: unknown) => ({ code: (error as { code: unknown }).code }),
      );
    }, credentialId);
    const page = await opened;
    await page.waitForLoadState();
    return page;
  }
  const outcomeOf = (app: ElectronApplication) => app.evaluate(() => (globalThis as Small).outcome);

  test(
    'gets a secret out of a key, twice the same, with every permission denied',
    { tag: '@long' },
    async ({ desk }) => {
      const app = await desk.start();
      const page = await ask(app, null);
      await plugIn(page, true);
      await page.getByRole('button').click();
      const outcome = (await outcomeOf(app)) as { ok: { first: number[]; second: number[]; credentialId: number[] } };
      expect(outcome.ok.first).toHaveLength(32);
      expect(outcome.ok.second).toEqual(outcome.ok.first);
      await expectNoSideWindow(app);
    },
  );

  test('goes when the user closes it and when the vault is locked', { tag: '@long' }, async ({ desk }) => {
    const app = await desk.start();
    await ask(app, null);
    await app.evaluate(({ BaseWindow }) =>
      BaseWindow.getAllWindows()
        .find((window) => window.isModal())
        ?.close(),
    );
    expect(await outcomeOf(app)).toEqual({ code: 'cancelled' });
    await expectNoSideWindow(app);
    await ask(app, null);
    await app.evaluate(() => (globalThis as Small).controller.abort());
    expect(await outcomeOf(app)).toEqual({ code: 'cancelled' });
    await expectNoSideWindow(app);
  });

  test('goes with a page that crashes', { tag: '@long' }, async ({ desk }) => {
    const app = await desk.start();
    await ask(app, null);
    await app.evaluate(({ webContents }) => {
      webContents
        .getAllWebContents()
        .find((contents) => contents.getURL().includes('security-key'))
        ?.forcefullyCrashRenderer();
    });
    expect(await outcomeOf(app)).toEqual({ code: 'cancelled' });
    await expectNoSideWindow(app);
  });

  test('is the only one that is answered', { tag: '@long' }, async ({ desk }) => {
    const app = await desk.start();
    const main = app.windows()[0]!;
    const page = await ask(app, null);
    const task = (from: Page) => from.evaluate(async () => (await window.coffer.securityKey.task({})).ok);
    expect(await task(main)).toBe(false);
    expect(await task(page)).toBe(true);
  });
});

test.describe('the window with the recovery sheet', () => {
  const code = 'ABCD EFGH JKMN';
  async function show(app: ElectronApplication): Promise<Page> {
    const opened = app.waitForEvent('window');
    await app.evaluate((_, text) => {
      const content = { code: new TextEncoder().encode(text), vaultName: 'work', fileName: 'w.coffer', madeAtMs: 0 };
      (globalThis as Small).parts.sheet.show(content);
    }, code);
    const page = await opened;
    await expect(page.locator('output')).toHaveText(code);
    return page;
  }
  const textOf = (pdf: string) => execFileSync('pdftotext', [pdf, '-']).toString();
  const startPrinting = (app: ElectronApplication) =>
    app.evaluate(() => {
      (globalThis as Small).outcome = (globalThis as Small).parts.sheet.print().then(
        () => ({ ok: true }),
        (error: unknown) => ({ code: (error as { code: unknown }).code }),
      );
    });
  const xdotool = (...args: string[]) => execFileSync('xdotool', args).toString().trim();
  const printDialogs = () => {
    try {
      return xdotool('search', '--onlyvisible', '--name', '^Print$').split('\n');
    } catch {
      return [];
    }
  };
  async function printDialog(): Promise<string> {
    await expect.poll(printDialogs).toHaveLength(1);
    return printDialogs()[0]!;
  }

  test('gives a PDF on A4 that says the code and no more than the sheet', { tag: '@long' }, async ({ desk }) => {
    const app = await desk.start();
    await show(app);
    const bytes = await app.evaluate(async () => [...(await (globalThis as Small).parts.sheetWindow.toPdf())]);
    const pdf = path.join(desk.folder, 'sheet.pdf');
    writeFileSync(pdf, new Uint8Array(bytes));
    expect(
      textOf(pdf)
        .split(/\s*\n\s*/)
        .filter((line) => line !== '' && line !== '\f'),
    ).toEqual(['Recovery sheet', code]);
    expect(execFileSync('pdfinfo', [pdf]).toString()).toMatch(/Page size: .*\(A4\)/);
  });

  test('prints by the dialog of the system, here to a file', { tag: '@long' }, async ({ desk }) => {
    const app = await desk.start();
    await show(app);
    await startPrinting(app);
    const dialog = await printDialog();
    // The one printer that is always there: "Print to File", with this name and the folder that the app was started in.
    const pdf = path.join(desk.folder, 'output.pdf');
    xdotool('windowfocus', '--sync', dialog, 'key', '--delay', '200', 'Down', 'Return');
    await expect.poll(printDialogs).toEqual([]);
    expect(await app.evaluate(() => (globalThis as Small).outcome)).toEqual({ ok: true });
    await expect.poll(() => existsSync(pdf)).toBe(true);
    expect(textOf(pdf)).toContain(code);
  });

  test(
    'goes with its print dialog when the vault is locked, and can be shown again',
    { tag: '@long' },
    async ({ desk }) => {
      const app = await desk.start();
      await show(app);
      await startPrinting(app);
      await printDialog();
      await app.evaluate(() => (globalThis as Small).parts.sheet.close());
      expect(await app.evaluate(() => (globalThis as Small).outcome)).toEqual({ code: 'io-failed' });
      await expect.poll(printDialogs).toEqual([]);
      await expectNoSideWindow(app);
      await show(app);
      await startPrinting(app);
      xdotool('windowfocus', '--sync', await printDialog(), 'key', 'Escape');
      await expect.poll(printDialogs).toEqual([]);
    },
  );
});

test('pages for one step have no more rights than the page of the app, and nothing to complain of', async ({
  desk,
}) => {
  const app = await desk.start();
  const complaints: string[] = [];
  app.on('console', (message) => complaints.push(message.text()));
  app.on('window', (page) => {
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
  });
  const rights = () =>
    app.evaluate(({ webContents }) => {
      // Left out of Electron's types, and the only way to read what a page really runs with.
      type Readable = Electron.WebContents & { getLastWebPreferences(): Electron.WebPreferences };
      return webContents.getAllWebContents().map((contents) => {
        const preferences = (contents as Readable).getLastWebPreferences();
        const { sandbox, contextIsolation, nodeIntegration, webviewTag, preload } = preferences;
        const { session } = contents;
        return { sandbox, contextIsolation, nodeIntegration, webviewTag, preload, partition: session.isPersistent() };
      });
    });
  const [own] = await rights();
  expect(own).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false });
  const opened = app.waitForEvent('window');
  await app.evaluate(() => {
    const content = { code: new Uint8Array(1), vaultName: 'work', fileName: 'w.coffer', madeAtMs: 0 };
    (globalThis as Small).parts.sheet.show(content);
  });
  const page = await opened;
  await page.waitForLoadState();
  expect(await rights()).toEqual([own, own]);
  await page.evaluate(() => (location.href = 'https://example.com/')).catch(() => undefined);
  await page.evaluate(() => window.open('/index.html'));
  await page.waitForTimeout(300);
  expect(page.url()).toBe('https://coffer.localhost/sheet.html');
  expect(complaints).toEqual([]);
});

/** The app's own window and page are left, in no more than a moment. */
async function expectNoSideWindow(app: ElectronApplication): Promise<void> {
  await expect.poll(() => countWindows({ app })).toEqual([1, 1]);
}
