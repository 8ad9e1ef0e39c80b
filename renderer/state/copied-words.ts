import { say } from '../../preload/words/say';

/**
 * Says that something was copied, and how long it stays.
 *
 * @param isSecret - Whether it leaves the clipboard again.
 * @returns A short sentence or two.
 */
export function copiedWords(isSecret: boolean): string {
  return isSecret ? say('clipboard.copied-it-is-cleared-again') : say('clipboard.copied-not-secret-so-it-stays');
}
