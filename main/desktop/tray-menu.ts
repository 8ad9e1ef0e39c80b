import type { MenuItemConstructorOptions } from 'electron';
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
  const quit = { label: 'Quit', click: () => act.quit() };
  if (!model.isUnlocked) return [{ label: 'Unlock…', click: () => act.open() }, { type: 'separator' }, quit];
  const group = (label: string, records: readonly TrayRecord[]): MenuItemConstructorOptions[] =>
    records.length === 0
      ? []
      : [{ label, enabled: false }, ...records.map((record) => recordMenu(record, act)), { type: 'separator' }];
  return [
    ...group('Favourites', model.favourites),
    ...group('Used last', model.recent),
    { label: 'Open Coffer', click: () => act.open() },
    { label: 'Lock', click: () => act.lock() },
    { type: 'separator' },
    quit,
  ];
}

function recordMenu({ id, title, actions }: TrayRecord, act: TrayActions): MenuItemConstructorOptions {
  if (actions.length === 0) return { label: menuText(title), enabled: false };
  const submenu = actions.map(({ name, label }) => ({
    label: menuText(`Copy ${label}`),
    click: () => act.copy(id, name),
  }));
  return { label: menuText(title), submenu };
}
