/** Copies by the tray's menu over a session bus, and by quick access with real keys. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const runFile = promisify(execFile);
const record = 'Demo account';
const readyWithinMs = 20_000;

/** @param {object} demo - Driver, report and panel of the running demo, whose vault is unlocked. */
export async function showTray({ driver, report, panel }) {
  await report.step('make a favourite, and copy it by the tray’s menu', async () => {
    await driver.row(record).first().click();
    await driver.button('Favourite').click();
    const menu = await until(async () => {
      const entries = (await panel.layout()) ?? [];
      return entries.some(({ label }) => label === record) ? entries : null;
    }, 'the favourite in the tray');
    const submenu = menu.find(({ label }) => label === record)?.children ?? [];
    const labelsOf = (entries) => entries.flatMap(({ label, separator }) => (separator ? [] : [label]));
    report.set({ tray: [...labelsOf(menu), ...labelsOf(submenu)] });
    await panel.click(record, 'Copy account ID');
    await until(
      async () => ((await clipboard()) === '029608264753' ? true : null),
      'the account’s ID on the clipboard',
    );
  });
  await report.step('copy by quick access', async () => {
    const quick = await driver.otherWindow(async () => void (await runFile('xdotool', ['key', 'ctrl+shift+space'])));
    const search = quick.getByRole('combobox', { name: 'Search the vault' });
    await search.fill('demo access');
    await quick.getByRole('option', { name: 'Demo access key' }).first().waitFor();
    await report.picture('quick-access', quick);
    const closed = quick.waitForEvent('close');
    await search.press('Enter').catch(() => undefined);
    await closed;
    await until(
      async () => (/^A[KS]IA[A-Z0-9]{16}$/.test(await clipboard()) ? true : null),
      'the key’s ID on the clipboard',
    );
  });
}

/**
 * @param {object} demo - Report and panel of the running demo, whose vault is locked.
 */
export async function showLockedTray({ report, panel }) {
  await report.step('see that the tray names nothing once the vault is locked', async () => {
    await until(async () => {
      const labels = ((await panel.layout()) ?? []).flatMap(({ label, separator }) => (separator ? [] : [label]));
      return labels.join() === 'Unlock…,Quit' ? true : null;
    }, 'a tray with Unlock and Quit alone');
  });
}

async function clipboard() {
  return (await runFile('xclip', ['-o', '-selection', 'clipboard'])).stdout;
}

async function until(look, what) {
  const giveUpAtMs = performance.now() + readyWithinMs;
  for (;;) {
    const found = await look().catch(() => null);
    if (found !== null) return found;
    if (performance.now() > giveUpAtMs) throw new Error(`not there in time: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
