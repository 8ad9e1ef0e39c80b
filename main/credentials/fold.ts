/**
 * Brings text to the form in which it is compared: without case, accents and compatibility differences.
 *
 * @param text - Any string.
 * @see Unicode Standard Annex 15, NFKD; the marks that it splits off (general category Mn) are dropped.
 */
export function foldText(text: string): string {
  // Upper case, not lower: lower-casing a sigma depends on what follows, so that part of a word would not match the whole.
  const upper = text.toUpperCase();
  if (isAscii(upper)) return upper;
  // First and last, because it makes SS of ß and a letter of the iota below ᾳ, and because NFKD makes letters of ª and the like.
  return upper
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase();
}

/** The words of a query: folded, without white space, none empty. */
export function wordsOf(query: string): string[] {
  return foldText(query)
    .split(/\s+/u)
    .filter((word) => word !== '');
}

/** Whether a text has no character above U+007F. */
export function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) >= 0x80) return false;
  return true;
}
