import { Menu } from 'electron';

/**
 * Sets the application menu: on macOS the one that the system expects (without it, copy and paste have no keys there),
 * elsewhere none, since the window holds all there is.
 */
export function setApplicationMenu(platform: NodeJS.Platform): void {
  Menu.setApplicationMenu(
    platform === 'darwin'
      ? Menu.buildFromTemplate([{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }])
      : null,
  );
}
