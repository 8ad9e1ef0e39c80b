import { Notification } from 'electron';
import { say } from '../../preload/words/say';
import type { NotificationKind } from '../files/preferences';

/** What notifications rest on. */
export interface NotificationDeps {
  /** Whether the user asked to be told of this. */
  readonly isWanted: (kind: NotificationKind) => boolean;
  /** Called when one is clicked. */
  readonly open: () => void;
}

// They stay on lock screens and in lists of the desktop: no name of a vault or a record.
const texts: Readonly<Record<NotificationKind, string>> = {
  'locked-by-itself': say('main-desktop.the-vault-was-locked'),
  'clipboard-cleared': say('main-desktop.the-clipboard-was-cleared'),
  'backup-failed': say('main-desktop.the-automatic-backup-failed-open-coffer'),
  'copy-failed': say('main-desktop.nothing-was-copied'),
};

/** Notifications of the desktop, each only if the user asked for it. */
export class Notifications {
  readonly #deps: NotificationDeps;
  /** Held while they are shown: one that is collected can't be clicked any more. */
  readonly #shown = new Map<NotificationKind, Notification>();

  constructor(deps: NotificationDeps) {
    this.#deps = deps;
  }

  /**
   * Tells the user, if that was asked for and the desktop can; takes the place of an earlier one of its kind.
   *
   * @returns Whether it did.
   */
  notify(kind: NotificationKind): boolean {
    if (!this.#deps.isWanted(kind) || !Notification.isSupported()) return false;
    this.#shown.get(kind)?.close();
    const notification = new Notification({ title: 'Coffer', body: texts[kind] });
    this.#shown.set(kind, notification);
    notification.on('click', this.#deps.open);
    notification.show();
    return true;
  }
}
