import { Menu } from 'electron';
import type { AppWindow } from './app-window';
import { type MenuSource, menuTemplate } from './menu-template';

/** Shows the menu as things stand; to be called again when they change. */
export function showMenu(window: AppWindow, source: MenuSource): void {
  const menu = Menu.buildFromTemplate(menuTemplate(source));
  if (source.platform === 'darwin') Menu.setApplicationMenu(menu);
  else window.useMenu(menu);
}
