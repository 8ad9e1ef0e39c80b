import { expect } from '@playwright/test';
import { channels } from '../../preload/channels';
import type { AppDriver } from '../support/app-driver';
import { password, test } from './support';

// Every request that there is, asked for by who may not ask, and with what no request looks like. What answers must be a refusal, and
// the app must go on as if nothing had been.
const answeredWithinMs = 60_000;

type Answer = { ok: boolean; error?: { code: string } } | null;
/** Electron's own table of handlers; not in its types, as nobody but a test should reach past the bridge. */
interface Handlers {
  _invokeHandlers: Map<string, (event: unknown, request: unknown) => Promise<Answer>>;
}

/** A second page with all of Node's rights, on an origin that is not the app's: what foreign code in a window would be. */
async function openForeignWindow(driver: AppDriver): Promise<void> {
  await driver.app.evaluate(async ({ BrowserWindow }) => {
    const window = new BrowserWindow({
      show: false,
      title: 'Foreign',
      webPreferences: { nodeIntegration: true, contextIsolation: false, sandbox: false },
    });
    await window.loadURL('data:text/html,<title>Foreign</title>');
  });
}

async function expectAlive(driver: AppDriver): Promise<void> {
  const status = await driver.page.evaluate(() => window.coffer.app.status({}));
  expect(status).toMatchObject({ ok: true, value: { state: 'unlocked' } });
  await expect(driver.button('Lock')).toBeVisible();
}

test('no other page, frame or window gets an answer on any channel', async ({ desk }) => {
  test.setTimeout(answeredWithinMs);
  const driver = await desk.start();
  await driver.createVault(password);
  await openForeignWindow(driver);
  const byMessage = await driver.app.evaluate(async ({ BrowserWindow }, names) => {
    const foreign = BrowserWindow.getAllWindows().find((window) => window.title === 'Foreign');
    return (await foreign?.webContents.executeJavaScript(
      `Promise.all(${JSON.stringify(names)}.map((name) => require('electron').ipcRenderer.invoke(name, {})))`,
    )) as Answer[];
  }, channels);
  expect(byMessage.map((answer) => answer?.error?.code)).toEqual(channels.map(() => 'refused'));

  // The page's policy lets it make an empty frame: it has no bridge, and no call of it would count.
  const hasBridge = await driver.page.evaluate(() => {
    const frame = document.createElement('iframe');
    document.body.append(frame);
    return 'coffer' in (frame.contentWindow as object);
  });
  expect(hasBridge).toBe(false);
  const codes = await driver.app.evaluate(async ({ BrowserWindow, ipcMain, webContents }, names) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as Handlers;
    const foreign = BrowserWindow.getAllWindows().find((window) => window.title === 'Foreign')?.webContents;
    const ours = webContents.getAllWebContents().find((contents) => contents !== foreign);
    const [subframe] = ours?.mainFrame.frames ?? [];
    const events = {
      subframe: { sender: ours, senderFrame: subframe },
      'frame of another window': { sender: ours, senderFrame: foreign?.mainFrame },
      'another window with our frame': { sender: foreign, senderFrame: ours?.mainFrame },
      'frame that is gone': { sender: ours, senderFrame: null },
    };
    const entries = Object.entries(events).map(async ([who, event]) => {
      const answers = await Promise.all(names.map(async (name) => handlers.get(name)?.(event, {})));
      return [who, answers.map((answer) => answer?.error?.code ?? 'answered')] as const;
    });
    return { hasSubframe: subframe !== undefined, codes: Object.fromEntries(await Promise.all(entries)) };
  }, channels);
  expect(codes.hasSubframe).toBe(true);
  for (const answers of Object.values(codes.codes)) expect(answers).toEqual(channels.map(() => 'refused'));
  await expectAlive(driver);
});

test(
  'wrong types, huge, deep and cyclic values are refused on every channel, and hurt nobody',
  { tag: '@long' },
  async ({ desk }) => {
    test.setTimeout(4 * answeredWithinMs);
    const driver = await desk.start();
    await driver.createVault(password);
    const outcomes = await driver.page.evaluate(async (names) => {
      const nested = (levels: number) => {
        let value: unknown = 'bottom';
        for (let n = 0; n < levels; n++) value = { value };
        return value;
      };
      const cyclic: Record<string, unknown> = {};
      cyclic['self'] = cyclic;
      const megabyte = 1024 * 1024;
      // 50 MB take a while to cross: a request without members, one with text, one with bytes, one with a list of objects.
      const forHuge = ['app:status', 'record:get', 'vault:unlock', 'import:drop'];
      const values: Record<string, () => unknown> = {
        nothing: () => undefined,
        null: () => null,
        number: () => 7,
        text: () => 'text',
        true: () => true,
        list: () => [{}],
        'unknown field': () => ({ surprise: 1 }),
        prototype: () => JSON.parse('{"__proto__":{"a":1},"constructor":{"b":2}}') as unknown,
        'every field a list': () => ({ id: [], title: [], query: [], password: [], format: [], kind: [], values: [] }),
        bytes: () => new Uint8Array(8),
        function: () => ({ id: () => 1 }),
        cyclic: () => cyclic,
        deep: () => nested(900),
        'too deep for the bridge': () => nested(10_000),
        'long text': () => ({ id: 'x'.repeat(megabyte / 4) }),
        'many bytes': () => new Uint8Array(megabyte / 4),
        'huge text': () => ({ id: 'x'.repeat(50 * megabyte), password: 'x' }),
        'huge bytes': () => new Uint8Array(50 * megabyte),
        'huge bytes in a field': () => ({ password: new Uint8Array(50 * megabyte) }),
        'many fields': () => Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`f${n}`, n])),
      };
      const camel = (name: string) => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
      const bridge = window.coffer as unknown as Record<string, Record<string, (value: unknown) => Promise<Answer>>>;
      const wrong: string[] = [];
      for (const [what, make] of Object.entries(values)) {
        const value = make();
        for (const name of what.startsWith('huge') ? forHuge : names) {
          const [noun = '', verb = ''] = name.split(':').map(camel);
          let outcome: string;
          try {
            const patience = new Promise<Answer>((resolve) =>
              setTimeout(() => resolve({ ok: false, error: { code: 'no answer' } }), 15_000),
            );
            const answer = await Promise.race([bridge[noun]![verb]!(value), patience]);
            outcome = answer?.ok === true ? 'answered' : (answer?.error?.code ?? 'none');
          } catch {
            outcome = 'refused by the bridge';
          }
          if (!['bad-request', 'refused', 'refused by the bridge'].includes(outcome))
            wrong.push(`${name}, ${what}: ${outcome}`);
        }
      }
      return wrong;
    }, channels);
    expect(outcomes).toEqual([]);
    await expectAlive(driver);
  },
);

test('values that no bridge would let through are refused in the main process, too', async ({ desk }) => {
  test.setTimeout(2 * answeredWithinMs);
  const driver = await desk.start();
  await driver.createVault(password);
  const codes = await driver.app.evaluate(async ({ ipcMain, webContents }, names) => {
    const { _invokeHandlers: handlers } = ipcMain as unknown as Handlers;
    const [sender] = webContents.getAllWebContents();
    const event = { sender, senderFrame: sender?.mainFrame };
    let deep: unknown = [];
    for (let n = 0; n < 10_000; n++) deep = n % 2 === 0 ? { value: deep } : [deep];
    const cyclic: Record<string, unknown> = { id: 'x' };
    Object.assign(cyclic, { id: cyclic, values: cyclic, records: [cyclic] });
    const values = [deep, { values: deep, id: deep, query: deep, changes: deep }, cyclic, new Map([[1, 2]])];
    const answers = [];
    for (const value of values) {
      for (const name of names) answers.push(await handlers.get(name)?.(event, value));
    }
    return [...new Set(answers.map((answer) => answer?.error?.code ?? 'answered'))].sort();
  }, channels);
  expect(codes).toEqual(['bad-request', 'refused']);
  await expectAlive(driver);
});
