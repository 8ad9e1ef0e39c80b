import type { MenuItemConstructorOptions as Item } from 'electron';
import { type Shortcut, type ShortcutName, shortcuts } from '../../preload/shortcuts';
import { say } from '../../preload/words/say';

/** Steps that the page takes, by the names of their messages; see `preload/channels.ts`. */
export type MenuEvent = `menu:${
  'new-item' | 'import' | 'find' | 'palette' | 'open-vault' | 'settings' | 'guide' | 'help' | 'shortcuts' | 'about'}`;

type Steps = MenuEvent extends `menu:${infer Name}` ? Name : never;

/** How the page is made larger or smaller. */
export type ZoomStep = 'in' | 'out' | 'reset';

/** What the menu is about, and what its entries do. */
export interface MenuSource {
  readonly platform: NodeJS.Platform;
  /** Steps inside a vault are grey while it is locked. */
  readonly isUnlocked: boolean;
  /** From the one that was open last back. */
  readonly recent: readonly { readonly label: string; readonly open: () => void }[];
  /** Tells the page, in its window, brought to the front. */
  readonly tell: (event: MenuEvent) => void;
  readonly lock: () => void;
  readonly zoom: (step: ZoomStep) => void;
}

/**
 * The menu bar. On macOS it is the app's, in the order of the platform; on Windows and Linux the window's own, which appears when Alt is
 * pressed. No entry reloads the page or opens tools for developers.
 */
export function menuTemplate(source: MenuSource): Item[] {
  const isMac = source.platform === 'darwin';
  return [
    ...(isMac ? [appMenu(source)] : []),
    fileMenu(source),
    editMenu(source),
    viewMenu(source),
    ...endMenus(source),
  ];
}

const line: Item = { type: 'separator' };

/** Label and keys of a step that has some; keys that do the same are entries of their own, which nobody sees. */
function withKeys(name: ShortcutName, item: Item): Item[] {
  const { label, keys, more = [] }: Shortcut = shortcuts[name];
  const shown = { label, accelerator: keys[0] ?? '', ...item };
  const hidden = more.map((accelerator) => ({ accelerator, visible: false, acceleratorWorksWhenHidden: true }));
  return [shown, ...hidden.map((changes) => ({ ...shown, ...changes }))];
}

/** A step that the page takes in an open vault. */
function step(name: ShortcutName & Steps, { isUnlocked, tell }: MenuSource): Item[] {
  return withKeys(name, { enabled: isUnlocked, click: () => tell(`menu:${name}`) });
}

function appMenu(source: MenuSource): Item {
  const hiding: Item[] = [{ role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }];
  const about: Item = { label: say('main-desktop.about-coffer'), click: () => source.tell('menu:about') };
  return {
    label: 'Coffer',
    submenu: [about, line, ...step('settings', source), line, ...hiding, line, { role: 'quit' }],
  };
}

function fileMenu(source: MenuSource): Item {
  const { platform, isUnlocked, recent, tell, lock } = source;
  const end: Item[] =
    platform === 'darwin' ? [{ role: 'close' }] : [...step('settings', source), line, { role: 'quit' }];
  return {
    label: say('main-desktop.file'),
    submenu: [
      ...step('new-item', source),
      ...step('import', source),
      line,
      ...withKeys('open-vault', { click: () => tell('menu:open-vault') }),
      {
        label: say('main-desktop.open-recent'),
        enabled: recent.length > 0,
        submenu: recent.map(({ label, open }) => ({ label: plain(label), click: open })),
      },
      ...withKeys('lock', { enabled: isUnlocked, click: lock }),
      line,
      ...end,
    ],
  };
}

function editMenu(source: MenuSource): Item {
  return {
    label: say('main-desktop.edit'),
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      line,
      ...step('find', source),
      ...step('palette', source),
    ],
  };
}

function viewMenu({ platform, zoom }: MenuSource): Item {
  const { keys, macKeys } = shortcuts['full-screen'];
  return {
    label: say('main-desktop.view'),
    submenu: [
      ...withKeys('zoom-in', { click: () => zoom('in') }),
      ...withKeys('zoom-out', { click: () => zoom('out') }),
      ...withKeys('zoom-reset', { click: () => zoom('reset') }),
      line,
      { role: 'togglefullscreen', accelerator: (platform === 'darwin' ? macKeys : keys)[0] },
    ],
  };
}

function endMenus(source: MenuSource): Item[] {
  const { platform, tell } = source;
  // Without a vault, too: whoever can't open one looks there.
  const guides = [...step('guide', source), { label: say('main-desktop.help'), click: () => tell('menu:help') }];
  // Its key is a character: as a key of the menu it could not be typed any more.
  const keys: Item = { label: shortcuts.shortcuts.label, click: () => tell('menu:shortcuts') };
  if (platform === 'darwin') return [{ role: 'windowMenu' }, { role: 'help', submenu: [...guides, keys] }];
  const about: Item = { label: say('main-desktop.about-coffer'), click: () => tell('menu:about') };
  return [{ label: say('main-desktop.help-menu'), submenu: [...guides, keys, line, about] }];
}

/** A file's name may hold what a menu takes for the letter to underline. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}
