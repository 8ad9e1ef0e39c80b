import { type StatusSource, statusOf } from './app-status';
import { type RegisterDeps, registerHandlers } from './register';

/**
 * Answers the one call that the first screen waits for, `app:status`, before the rest of the app is loaded. Checked and parsed like
 * every other; the full set of handlers takes its place.
 *
 * @param status - As things stand: no vault is open yet.
 */
export function answerFirst(status: StatusSource, deps: Omit<RegisterDeps, 'isMet'>): void {
  const isMet: RegisterDeps['isMet'] = (needs) => needs === 'nothing';
  registerHandlers({ 'app:status': () => statusOf(status) }, { ...deps, isMet });
}
