import { expect, test } from 'vitest';
import { type PrintablePage, printPage } from '../../main/desktop/print-page';

interface Behaviour {
  /** What Electron's `print` answers: done, or why not. Null: never. */
  print: true | string | null;
  /** What the page's own `window.print()` says: whether the dialog was shown. Undefined: it never ends. */
  scripted?: boolean;
}

/** Stands in for a page with printers, which cannot exist here; printing without one is in test/e2e/desktop.spec.ts. */
function pageThat({ print, scripted }: Behaviour) {
  let destroyed: () => void = () => undefined;
  const listeners = { count: 0 };
  const page = {
    print: (_: unknown, answer: (isDone: boolean, reason: string) => void) => {
      if (print !== null) answer(print === true, print === true ? '' : print);
    },
    executeJavaScript: () => (scripted === undefined ? new Promise(() => undefined) : Promise.resolve(scripted)),
    once: (_: string, listener: () => void) => {
      listeners.count++;
      destroyed = listener;
    },
    off: () => listeners.count--,
  };
  return { page: page as unknown as PrintablePage, destroy: () => destroyed(), listeners };
}

test.each([
  ['printed', { print: true }, null],
  ['cancelled', { print: 'Print job canceled' }, 'cancelled'],
  ['no printer, dialog shown by the page', { print: 'Failed to enumerate printers', scripted: true }, null],
  ['no printer, too soon after a cancelled one', { print: 'No printers available', scripted: false }, 'busy'],
] as [string, Behaviour, string | null][])('%s', async (_, behaviour, code) => {
  const { page, listeners } = pageThat(behaviour);
  if (code === null) await printPage(page);
  else await expect(printPage(page)).rejects.toMatchObject({ code });
  expect(listeners.count).toBe(0);
});

test.each([
  ['while the dialog of a printer is open', { print: null }],
  ["while the page's own dialog is open", { print: 'Failed to enumerate printers' }],
] as [string, Behaviour][])('a page that goes %s', async (_, behaviour) => {
  const { page, destroy } = pageThat(behaviour);
  const printing = printPage(page);
  await Promise.resolve();
  destroy();
  await expect(printing).rejects.toMatchObject({ code: 'io-failed' });
});
