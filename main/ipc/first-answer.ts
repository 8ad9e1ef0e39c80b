import { type StatusSource, statusOf } from './app-status';
import { type GateDeps, answerThrough, notPlain } from './gate';
import { isPlain } from './plain-objects';

/**
 * Answers the one call that the first screen waits for, `app:status`, before the rest of the app is loaded, and before the schemas of
 * the contract are, which take as long as the screen itself: it takes nothing. The full set of handlers takes its place.
 *
 * @param status - As things stand: no vault is open yet.
 */
export function answerFirst(status: StatusSource, deps: Omit<GateDeps, 'isMet'>): void {
  const gate = {
    windows: ['main'],
    needs: 'nothing',
    parse: parseNothing,
    check: (answer: ReturnType<typeof statusOf>) => answer,
  } as const;
  answerThrough('app:status', gate, () => statusOf(status), { ...deps, isMet: (needs) => needs === 'nothing' });
}

function parseNothing(raw: unknown): null {
  if (typeof raw !== 'object' || raw === null || !isPlain(raw) || Object.keys(raw).length > 0) throw notPlain();
  return null;
}
