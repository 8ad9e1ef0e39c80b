import type { WebContents } from 'electron';
import { sayFirst } from '../../preload/words/first';
import { CofferError } from '../errors';

/** The part of a page that printing needs. */
export type PrintablePage = Pick<WebContents, 'print' | 'executeJavaScript' | 'once' | 'off'>;

// Chromium ignores `window.print()` for some seconds after the user cancelled; then it sends no event either.
const scriptedPrint = `(() => {
  let isShown = false;
  addEventListener('beforeprint', () => { isShown = true; }, { once: true });
  window.print();
  return isShown;
})()`;

/**
 * Prints a page by the system's own dialog; done when the dialog is.
 *
 * Electron's `print` refuses where no printer is set up, though the dialog can still write a file. There the page's own
 * `window.print()` opens it, which does not say whether anything was printed.
 *
 * @throws CofferError `cancelled` by the user; `busy` if the dialog can't be opened again yet; `io-failed` if the page goes.
 */
export async function printPage(page: PrintablePage): Promise<void> {
  // A page that is destroyed while its dialog is open answers to nothing.
  let destroyed: () => void = () => undefined;
  const gone = new Promise<never>((_, reject) => {
    destroyed = () =>
      reject(new CofferError('io-failed', sayFirst('main-first.printing-the-page-is-not-there-any-more')));
  });
  page.once('destroyed', destroyed);
  try {
    const outcome = await Promise.race([gone, printByElectron(page)]);
    if (outcome === 'cancelled') throw new CofferError('cancelled', sayFirst('main-first.printing-it-was-cancelled'));
    if (outcome === 'printed') return;
    const isShown: unknown = await Promise.race([gone, page.executeJavaScript(scriptedPrint, true)]);
    if (isShown !== true) {
      throw new CofferError('busy', sayFirst('main-first.printing-its-window-cannot-open-again-so-soon'));
    }
  } finally {
    page.off('destroyed', destroyed);
  }
}

function printByElectron(page: PrintablePage): Promise<'printed' | 'cancelled' | 'refused'> {
  return new Promise((resolve) => {
    page.print({ silent: false, printBackground: false }, (isPrinted, reason) => {
      if (isPrinted) resolve('printed');
      else resolve(/cancel/i.test(reason) ? 'cancelled' : 'refused');
    });
  });
}
