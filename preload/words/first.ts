// Not ./say: what main/index.js loads before there is a window carries neither the library nor the other messages. The build leaves
// those of the area `main-first` here alone (scripts/lib/words.ts).
import english from './en.json' with { type: 'json' };
import type { MessageKey, MessageValues } from './say';

/** Messages of what stands before the window: nothing but text, and values in their places. */
export type FirstMessageKey = Extract<MessageKey, `main-first.${string}`>;

/**
 * What `say` is for the modules that the first file of the main process is made of.
 *
 * @param key - Which one of `en.json`.
 * @param values - For its places; a test sees that none is missing.
 */
export function sayFirst(key: FirstMessageKey, values: MessageValues = {}): string {
  return english[key].replace(/[{](\w+)[}]/g, (place, name: string) => String(values[name] ?? place));
}
