import { DragFolder } from '../../main/files/drag-folder';

/** Real folders for dragged files; the system's drag, which takes a mouse, and the clock are stood in for. */
export function fakeDrag(base: string, clock: { readonly nowMs: number }) {
  const drags: (readonly string[])[] = [];
  const timers: { readonly ms: number; readonly run: () => void }[] = [];
  const dragFolder = new DragFolder({
    base,
    places: [base],
    nowMs: () => clock.nowMs,
    after: (ms, run) => {
      timers.push({ ms, run });
      return () => undefined;
    },
    isRunning: () => true,
    pid: process.pid,
  });
  const dragOut = { isPossible: true, start: (files: readonly string[]) => drags.push(files) };
  return { services: { dragFolder, dragOut }, drags, timers, dragOut };
}
