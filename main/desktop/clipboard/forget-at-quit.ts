import type { App } from 'electron';
import { type ForgettingClipboard, longestForgettingMs } from './forgetting-clipboard';

/**
 * Holds the quitting of the app until a secret on the clipboard is taken away: Electron 45 does that by promises, and a clipboard that
 * another program has open is tried again. Waits no longer than {@link longestForgettingMs}.
 */
export function forgetAtQuit(
  app: Pick<App, 'on' | 'quit'>,
  clipboard: Pick<ForgettingClipboard, 'isHolding' | 'forget'>,
): void {
  let isDone = false;
  app.on('will-quit', (event) => {
    if (isDone || !clipboard.isHolding) return;
    event.preventDefault();
    isDone = true;
    const patience = new Promise((resolve) => setTimeout(resolve, longestForgettingMs));
    void Promise.race([clipboard.forget(), patience]).then(() => app.quit());
  });
}
