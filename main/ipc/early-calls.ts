import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { type Channel, channels } from '../../preload/channels';

type Listener = (event: IpcMainInvokeEvent, request: unknown) => Promise<unknown>;

/**
 * Takes the calls of pages from the first moment, while most of the app is not loaded yet, and keeps each until what answers its channel
 * is there. Looks into none of them: the sender is checked and the request parsed where it is answered.
 */
export class EarlyCalls {
  /** Settles when the first call comes: a page stands, and waits. */
  readonly begun: Promise<void>;
  /** Settles when a call comes that nothing answers yet, once something answers others. */
  readonly needed: Promise<void>;
  readonly #listeners = new Map<Channel, Listener>();
  readonly #tellThere = new Map<Channel, () => void>();

  /** @param ipcMain - Electron's. Every channel of the contract is taken, and no other. */
  constructor(ipcMain: Pick<IpcMain, 'handle'>) {
    let begin: () => void = () => undefined;
    let need: () => void = () => undefined;
    this.begun = new Promise((resolve) => (begin = resolve));
    this.needed = new Promise((resolve) => (need = resolve));
    for (const channel of channels) {
      const isThere = new Promise<void>((resolve) => this.#tellThere.set(channel, resolve));
      ipcMain.handle(channel, async (event, request: unknown) => {
        begin();
        if (this.#listeners.size > 0 && !this.#listeners.has(channel)) need();
        await isThere;
        return this.#listeners.get(channel)?.(event, request);
      });
    }
  }

  /**
   * Sets what answers a channel from now on, and the calls that wait.
   *
   * @param channel - One that had something before gets this in its place.
   * @param listener - Gets each call's event and request as they came.
   */
  handle(channel: Channel, listener: Listener): void {
    this.#listeners.set(channel, listener);
    this.#tellThere.get(channel)?.();
  }
}
