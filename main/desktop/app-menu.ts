import { Menu } from 'electron';
import type { AppWindow } from './app-window';
import { type MenuSource, menuTemplate } from './menu-template';

/**
 * Sets what stands until {@link showMenu} is called, before the app is ready, so that Electron does not make its own: on macOS the least
 * that the system expects, elsewhere none.
 */
export function setFirstMenu(platform: NodeJS.Platform): void {
  const isMac = platform === 'darwin';
  Menu.setApplicationMenu(isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
}

/** Shows the menu as things stand; to be called again when they change. */
export function showMenu(window: AppWindow, source: MenuSource): void {
  const menu = Menu.buildFromTemplate(menuTemplate(source));
  if (source.platform === 'darwin') Menu.setApplicationMenu(menu);
  else window.useMenu(menu);
}
