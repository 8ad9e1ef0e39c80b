import { say } from '../../preload/words/say';
import type { Notifications } from './notifications';
import type { AppTray } from './tray';

/** What a copy from the tray's menu rests on. */
export interface TrayCopyDeps {
  /** Copies something of a record; rejects if nothing was copied. */
  readonly copy: (id: string, action: string) => Promise<void>;
  /** Tells the user by a notification; false if that is not wanted, or not to be had. */
  readonly notify: Notifications['notify'];
  readonly logNotCopied: () => void;
}

/**
 * Copies something of a record from the tray's menu, where no window says what came of it.
 *
 * A failure is told by a notification, otherwise on the icon's line: the user would paste what was on the clipboard before.
 */
export async function copyFromTray(
  { copy, notify, logNotCopied }: TrayCopyDeps,
  tray: Pick<AppTray, 'warn'>,
  { id, action }: { readonly id: string; readonly action: string },
): Promise<void> {
  try {
    await copy(id, action);
  } catch {
    logNotCopied();
    if (!notify('copy-failed')) tray.warn(say('main-desktop.nothing-was-copied'));
  }
}
