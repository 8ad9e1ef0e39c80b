import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { allOf } from './formats';
import type { Notices } from './notices.svelte';
import { sentenceOf } from './sentence';
import type { DragFormat } from './types';

/** What a drag needs of the workspace. */
interface DragDeps {
  readonly api: CofferApi;
  readonly notices: Pick<Notices, 'show'>;
}

/**
 * Drags a record out of the window as files. The main process writes them, and begins the system's drag. To be called when a handle
 * begins to be dragged.
 *
 * @param deps - Bridge and messages.
 * @param event - Its `dragstart`; the page's own drag, of a picture of the handle, is called off.
 * @param dragged - Id of the record, and the format; null for the usual one.
 */
export async function dragOut(
  deps: DragDeps,
  event: Pick<DragEvent, 'preventDefault'>,
  dragged: { readonly id: string; readonly format: DragFormat | null },
): Promise<void> {
  const { api, notices } = deps;
  event.preventDefault();
  const prepared = await ask(() => api.drag.prepare({ ...dragged }));
  const started = prepared.ok ? await ask(() => api.drag.start({})) : prepared;
  if (!started.ok) {
    notices.show(sentenceOf(started.error), { tone: 'failure' });
    return;
  }
  const { files } = started.value;
  if (!files.some(({ isPrivate }) => isPrivate)) return;
  const names = allOf(files.map(({ fileName }) => fileName));
  notices.show(say('drag-out.where-you-dropped-it', { names }));
}
