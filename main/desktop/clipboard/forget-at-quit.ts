import type { App } from 'electron';
import type { ForgettingClipboard } from './forgetting-clipboard';

/** Quitting waits no longer than this for a clipboard that does not answer. */
const patienceMs = 1000;

/** Holds the quitting of the app until a secret on the clipboard is taken away: Electron 45 does that by promises. */
export function forgetAtQuit(
  app: Pick<App, 'on' | 'quit'>,
  clipboard: Pick<ForgettingClipboard, 'isHolding' | 'forget'>,
): void {
  let isDone = false;
  app.on('will-quit', (event) => {
    if (isDone || !clipboard.isHolding) return;
    event.preventDefault();
    isDone = true;
    const patience = new Promise((resolve) => setTimeout(resolve, patienceMs));
    void Promise.race([clipboard.forget(), patience]).then(() => app.quit());
  });
}
