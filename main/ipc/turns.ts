import { setImmediate as nextTurn } from 'node:timers/promises';

const sliceMs = 5;

/** Gives way to the rest of the app where a long step has had its slice; to be awaited between two pieces of it. */
export type GiveWay = () => Promise<void>;

/** Lets others have their turn every few milliseconds. */
export function turns(): GiveWay {
  let endAtMs = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < endAtMs) return;
    await nextTurn();
    endAtMs = performance.now() + sliceMs;
  };
}
