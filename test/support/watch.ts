import type { Watch } from '../../main/ipc/import/step';

/** Follows a step of an import without looking, and never gives it up. */
export function nobody(): Watch {
  return { tell: () => undefined, signal: new AbortController().signal };
}
