import type { CofferApi, WireError } from '../../preload/contract';
import { ask } from './answer';
import type { Notices } from './notices.svelte';
import { sentenceOf } from './sentence';
import type { DragFormat } from './types';

/** Drags records out of the window as files. The main process writes the files, and begins the system's drag. */
export class DragOut {
  readonly #api: CofferApi;
  readonly #notices: Pick<Notices, 'show'>;

  constructor(api: CofferApi, notices: Pick<Notices, 'show'>) {
    this.#api = api;
    this.#notices = notices;
  }

  /**
   * To be called when a handle begins to be dragged.
   *
   * @param event - Its `dragstart`; the page's own drag, of a picture of the handle, is called off.
   * @param id - Of the record.
   * @param format - Null: the usual one.
   */
  async begin(event: Pick<DragEvent, 'preventDefault'>, id: string, format: DragFormat | null): Promise<void> {
    event.preventDefault();
    const prepared = await ask(() => this.#api.drag.prepare({ id, format }));
    if (!prepared.ok) {
      this.#fail(prepared.error);
      return;
    }
    const started = await ask(() => this.#api.drag.start({}));
    const { fileNames, isPrivate } = prepared.value;
    if (!started.ok) this.#fail(started.error);
    else if (started.value.hasBegun && isPrivate) {
      this.#notices.show(`${fileNames.join(' and ')}: a copy without protection is where you dropped it.`);
    }
  }

  #fail(error: WireError): void {
    this.#notices.show(sentenceOf(error), { tone: 'failure' });
  }
}
