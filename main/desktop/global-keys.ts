import { globalShortcut } from 'electron';

/**
 * Takes keys for the app, wherever the user is.
 *
 * @param keys - As Electron names them.
 * @returns False if they can't be had: another program has them, or the desktop gives none.
 */
export function takeKeys(keys: string, press: () => void): boolean {
  try {
    return globalShortcut.register(keys, press);
  } catch {
    // Electron throws for keys that it does not know, such as those of a preferences file that was edited by hand.
    return false;
  }
}

/** Leaves keys to other programs again. */
export function giveKeysBack(keys: string): void {
  globalShortcut.unregister(keys);
}
