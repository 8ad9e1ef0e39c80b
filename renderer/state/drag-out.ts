import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { Notices } from './notices.svelte';
import { sentenceOf } from './sentence';
import type { DragFormat } from './types';

/** What the end of a press is told by, wherever the pointer is: a page gets them until the system's drag begins. */
const releases = ['pointerup', 'pointercancel', 'mouseup'] as const;

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
    let isHeld = true;
    const release = () => (isHeld = false);
    for (const name of releases) window.addEventListener(name, release, { capture: true });
    const prepared = await ask(() => this.#api.drag.prepare({ id, format }));
    for (const name of releases) window.removeEventListener(name, release, { capture: true });
    if (!prepared.ok) {
      this.#fail(prepared.error);
    } else if (!isHeld) {
      await ask(() => this.#api.drag.forget({}));
    } else {
      const started = await ask(() => this.#api.drag.start({}));
      const { fileNames, isPrivate } = prepared.value;
      if (!started.ok) this.#fail(started.error);
      else if (isPrivate)
        this.#notices.show(`${fileNames.join(' and ')}: a copy without protection is where you dropped it.`);
    }
  }

  #fail(error: Parameters<typeof sentenceOf>[0]): void {
    this.#notices.show(sentenceOf(error), { tone: 'failure' });
  }
}
