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
  readonly #settle = new Map<string, (listener: Listener) => void>();

  /** @param ipcMain - Electron's. Every channel of the contract is taken, and no other. */
  constructor(ipcMain: Pick<IpcMain, 'handle'>) {
    let begin: () => void = () => undefined;
    this.begun = new Promise((resolve) => (begin = resolve));
    for (const channel of channels) {
      const listener = new Promise<Listener>((resolve) => this.#settle.set(channel, resolve));
      ipcMain.handle(channel, async (event, request: unknown) => {
        begin();
        return (await listener)(event, request);
      });
    }
  }

  /**
   * Sets what answers a channel from now on, and the calls that wait.
   *
   * @param channel - Once for each.
   * @param listener - Gets each call's event and request as they came.
   */
  handle(channel: Channel, listener: Listener): void {
    this.#settle.get(channel)?.(listener);
  }
}
