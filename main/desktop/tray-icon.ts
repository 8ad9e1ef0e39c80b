import path from 'node:path';
import { Menu, Tray, nativeImage, nativeTheme } from 'electron';
import type { TrayIcon } from './tray';
import { type TrayActions, trayMenu } from './tray-menu';

/**
 * Makes an icon on the panel.
 *
 * @param folder - With the pictures: a folder a system.
 * @param platform - Of the process.
 */
export function makeTrayIcon(folder: string, platform: NodeJS.Platform, act: TrayActions): TrayIcon {
  let isUnlocked = false;
  const picture = () => nativeImage.createFromPath(path.join(folder, pictureName(platform, isUnlocked)));
  const tray = new Tray(picture());
  const followTheme = () => tray.setImage(picture());
  nativeTheme.on('updated', followTheme);
  // macOS opens the menu by itself.
  if (platform !== 'darwin') tray.on('click', () => act.open());
  return {
    show: (model) => {
      ({ isUnlocked } = model);
      tray.setImage(picture());
      tray.setContextMenu(Menu.buildFromTemplate(trayMenu(model, act)));
    },
    showTip: (text) => tray.setToolTip(text),
    destroy: () => {
      nativeTheme.off('updated', followTheme);
      tray.destroy();
    },
  };
}

/** On macOS a template, which the system paints. A rim makes the others readable on a panel that is not what the system says. */
function pictureName(platform: NodeJS.Platform, isUnlocked: boolean): string {
  const state = isUnlocked ? 'unlocked' : 'locked';
  if (platform === 'darwin') return path.join('mac', `${state}Template.png`);
  const panel = isPanelDark(platform) ? 'dark-panel' : 'light-panel';
  return path.join(platform === 'win32' ? 'windows' : 'linux', `${state}-${panel}.png`);
}

/** GNOME's panel is dark whatever the theme; others follow it. Electron 33 knows the theme of apps alone. */
function isPanelDark(platform: NodeJS.Platform): boolean {
  if (platform === 'linux' && /gnome|unity/i.test(process.env['XDG_CURRENT_DESKTOP'] ?? '')) return true;
  const ofSystem = nativeTheme.shouldUseDarkColorsForSystemIntegratedUI as boolean | undefined;
  return ofSystem ?? nativeTheme.shouldUseDarkColors;
}
