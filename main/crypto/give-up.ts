/**
 * Waits for work, but not longer than until it is given up. The work itself goes on: what it gives is its caller's to drop.
 *
 * @param work - Under way.
 * @param signal - Its reason is the error that is thrown; absent for what can't be given up.
 * @throws The signal's reason once it is aborted, though the work be done; what the work throws.
 */
export async function untilGivenUp<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let stopWaiting: () => void = () => undefined;
  const isGivenUp = new Promise<void>((resolve) => {
    stopWaiting = resolve;
  });
  signal.addEventListener('abort', stopWaiting, { once: true });
  try {
    if (!signal.aborted) await Promise.race([work, isGivenUp]);
    signal.throwIfAborted();
    return await work;
  } finally {
    signal.removeEventListener('abort', stopWaiting);
  }
}
