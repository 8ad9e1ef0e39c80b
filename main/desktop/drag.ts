import { type NativeImage, nativeImage } from 'electron';
import type { AppWindow } from './app-window';
import picture from './drag-icon.png?inline';

/** Hands files to whatever the pointer is over when the mouse button is let go. */
export class DragOut {
  readonly #window: Pick<AppWindow, 'startDrag'>;
  #icon: NativeImage | null = null;

  /** @param window - The one in which the mouse button is held down. */
  constructor(window: Pick<AppWindow, 'startDrag'>) {
    this.#window = window;
  }

  /**
   * Begins the system's drag.
   *
   * @param files - Absolute paths; at least one.
   */
  start(files: readonly string[]): void {
    const [file] = files;
    if (file === undefined) return;
    // Without a picture nothing happens, and nothing is said. Drawn at twice the size for dense screens.
    this.#icon ??= nativeImage.createFromBuffer(Buffer.from(picture.split(',')[1] ?? '', 'base64'), { scaleFactor: 2 });
    this.#window.startDrag({ file, files: [...files], icon: this.#icon });
  }
}
