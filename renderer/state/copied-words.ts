/**
 * Says that something was copied, and how long it stays.
 *
 * @param isSecret - Whether it leaves the clipboard again.
 * @returns A short sentence or two.
 */
export function copiedWords(isSecret: boolean): string {
  return isSecret ? 'Copied. It is cleared again by itself' : 'Copied. Not secret, so it stays there';
}
