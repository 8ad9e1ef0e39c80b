import { type App, type NativeImage, nativeImage } from 'electron';
import { DragFolder, dragBase, dragPlaces, isProcessRunning } from '../files/drag-folder';
import type { AppWindow } from './app-window';
import picture from './drag-icon.png?inline';

/** Hands files to whatever the pointer is over when the mouse button is let go. */
export class DragOut {
  readonly #window: Pick<AppWindow, 'isPressed' | 'startDrag'>;
  #icon: NativeImage | null = null;

  /** @param window - The one out of which files are dragged. */
  constructor(window: Pick<AppWindow, 'isPressed' | 'startDrag'>) {
    this.#window = window;
  }

  /**
   * Whether a drag can begin: the left mouse button is held down in the window. Without it, X11 would wait for a release that was missed, and the
   * next click would drop the files on whatever it meets.
   */
  get isPossible(): boolean {
    return this.#window.isPressed;
  }

  /**
   * Begins the system's drag. On Linux and Windows it returns when that has ended. Meanwhile timers run and promises wait, if it is called
   * in the turn in which a call from the page came in; after a wait for a file, timers would stand still, too.
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

/** The folders for dragged files, with the real clock; empties what a killed Coffer left, and all of them at quit. */
export function openDragFolder(app: Pick<App, 'on'>, environment: Readonly<NodeJS.ProcessEnv>): DragFolder {
  const runtimeFolder = environment['XDG_RUNTIME_DIR'];
  const folder = new DragFolder({
    base: dragBase(runtimeFolder),
    places: dragPlaces(runtimeFolder),
    nowMs: () => Date.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
    isRunning: isProcessRunning,
    pid: process.pid,
  });
  folder.removeLeftovers();
  app.on('will-quit', () => folder.removeAll());
  return folder;
}
