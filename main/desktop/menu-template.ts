import type { MenuItemConstructorOptions as Item } from 'electron';

/** Steps that the page takes, by the names of their messages; see `preload/channels.ts`. */
export type MenuEvent =
  'menu:new-item' | 'menu:import' | 'menu:find' | 'menu:open-vault' | 'menu:settings' | 'menu:guide' | 'menu:about';

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

function settingsItem({ isUnlocked, tell }: MenuSource): Item {
  return {
    label: 'Settings…',
    accelerator: 'CommandOrControl+,',
    enabled: isUnlocked,
    click: () => tell('menu:settings'),
  };
}

function appMenu(source: MenuSource): Item {
  const hiding: Item[] = [{ role: 'services' }, line, { role: 'hide' }, { role: 'hideOthers' }, { role: 'unhide' }];
  const about: Item = { label: 'About Coffer', click: () => source.tell('menu:about') };
  return { label: 'Coffer', submenu: [about, line, settingsItem(source), line, ...hiding, line, { role: 'quit' }] };
}

function fileMenu(source: MenuSource): Item {
  const { platform, isUnlocked, recent, tell, lock } = source;
  const step = (label: string, event: MenuEvent, accelerator?: string): Item => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    enabled: isUnlocked,
    click: () => tell(event),
  });
  const end: Item[] = platform === 'darwin' ? [{ role: 'close' }] : [settingsItem(source), line, { role: 'quit' }];
  return {
    label: '&File',
    submenu: [
      step('New item', 'menu:new-item', 'CommandOrControl+N'),
      step('Import…', 'menu:import', 'CommandOrControl+I'),
      line,
      { label: 'Open vault…', accelerator: 'CommandOrControl+O', click: () => tell('menu:open-vault') },
      {
        label: 'Open recent',
        enabled: recent.length > 0,
        submenu: recent.map(({ label, open }) => ({ label: plain(label), click: open })),
      },
      { label: 'Lock', accelerator: 'CommandOrControl+L', enabled: isUnlocked, click: lock },
      line,
      ...end,
    ],
  };
}

function editMenu({ isUnlocked, tell }: MenuSource): Item {
  return {
    label: '&Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      line,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
      line,
      { label: 'Find', accelerator: 'CommandOrControl+F', enabled: isUnlocked, click: () => tell('menu:find') },
    ],
  };
}

function viewMenu({ zoom }: MenuSource): Item {
  const larger = (accelerator: string): Item => ({ label: 'Zoom in', accelerator, click: () => zoom('in') });
  return {
    label: '&View',
    submenu: [
      larger('CommandOrControl+Plus'),
      // The same key without Shift, and the one of the number block.
      { ...larger('CommandOrControl+='), visible: false, acceleratorWorksWhenHidden: true },
      { ...larger('CommandOrControl+numadd'), visible: false, acceleratorWorksWhenHidden: true },
      { label: 'Zoom out', accelerator: 'CommandOrControl+-', click: () => zoom('out') },
      {
        label: 'Zoom out',
        accelerator: 'CommandOrControl+numsub',
        visible: false,
        acceleratorWorksWhenHidden: true,
        click: () => zoom('out'),
      },
      { label: 'Actual size', accelerator: 'CommandOrControl+0', click: () => zoom('reset') },
      line,
      { role: 'togglefullscreen' },
    ],
  };
}

function endMenus({ platform, isUnlocked, tell }: MenuSource): Item[] {
  const guide: Item = { label: 'Guide', accelerator: 'F1', enabled: isUnlocked, click: () => tell('menu:guide') };
  if (platform === 'darwin') return [{ role: 'windowMenu' }, { role: 'help', submenu: [guide] }];
  return [{ label: '&Help', submenu: [guide, line, { label: 'About Coffer', click: () => tell('menu:about') }] }];
}

/** A file's name may hold what a menu takes for the letter to underline. */
function plain(label: string): string {
  return label.replaceAll('&', '&&');
}
