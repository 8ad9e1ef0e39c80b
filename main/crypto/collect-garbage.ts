import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has the JavaScript heap collected now, and what is freed overwritten with zeros, from now on. Node's key objects, and the copies
 * of a key that its functions make for themselves, can't be wiped from outside; they are cleansed when they are freed, and without
 * this that may be hours later. Strings, which nobody can wipe, would stay in the freed memory until something else needs it.
 * Takes some 20 ms.
 */
export function collectGarbage(): void {
  // Stays on: pages are swept beside the program and after this function has returned.
  setFlagsFromString('--clear-free-memory');
  // The one way to the collector for a process that was not started with this flag. It is taken back at once.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  setFlagsFromString('--no-expose-gc');
  collect();
}
