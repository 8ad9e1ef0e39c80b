import type { MenuItemConstructorOptions } from 'electron';
import { say } from '../../preload/words/say';
import { menuText } from './menu-text';

/** A record in the menu, with what can be copied of it. */
export interface TrayRecord {
  readonly id: string;
  readonly title: string;
  readonly actions: readonly { readonly name: string; readonly label: string }[];
}

/** What the menu shows. A locked vault has no records here. */
export type TrayModel =
  | { readonly isUnlocked: false }
  | {
      readonly isUnlocked: true;
      readonly favourites: readonly TrayRecord[];
      /** The newest first. */
      readonly recent: readonly TrayRecord[];
    };

/** What the menu does. */
export interface TrayActions {
  readonly copy: (id: string, action: string) => void;
  /** Brings the window to the front. */
  readonly open: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
}

/** The tray's menu: of a locked vault it names nothing. */
export function trayMenu(model: TrayModel, act: TrayActions): MenuItemConstructorOptions[] {
  const quit = { label: say('main-desktop.quit'), click: () => act.quit() };
  if (!model.isUnlocked)
    return [{ label: say('main-desktop.unlock'), click: () => act.open() }, { type: 'separator' }, quit];
  const group = (label: string, records: readonly TrayRecord[]): MenuItemConstructorOptions[] =>
    records.length === 0
      ? []
      : [{ label, enabled: false }, ...records.map((record) => recordMenu(record, act)), { type: 'separator' }];
  return [
    ...group(say('main-desktop.favourites'), model.favourites),
    ...group(say('main-desktop.used-last'), model.recent),
    { label: say('main-desktop.open-coffer'), click: () => act.open() },
    { label: say('main-desktop.lock'), click: () => act.lock() },
    { type: 'separator' },
    quit,
  ];
}

function recordMenu({ id, title, actions }: TrayRecord, act: TrayActions): MenuItemConstructorOptions {
  if (actions.length === 0) return { label: menuText(title), enabled: false };
  const submenu = actions.map(({ name, label }) => ({
    label: menuText(say('main-desktop.copy', { label })),
    click: () => act.copy(id, name),
  }));
  return { label: menuText(title), submenu };
}
