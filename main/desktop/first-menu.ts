import { Menu } from 'electron';

/**
 * Sets what stands until the app's menu is there, before the app is ready, so that Electron does not make its own: on macOS the least
 * that the system expects, elsewhere none.
 */
export function setFirstMenu(platform: NodeJS.Platform): void {
  const isMac = platform === 'darwin';
  Menu.setApplicationMenu(isMac ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }]) : null);
}
