import { say } from '../../preload/words/say';
const mostCharacters = 40;
/** Kept of the end: names of one family differ there. */
const tailCharacters = 14;
/** What people take for one character may be several, such as an emoji with its modifiers. */
const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
/** Control characters, halves of surrogate pairs, line ends, and what turns the direction of the text that follows (Unicode Annex 9, section 2). */
const unseen = /[\p{Cc}\p{Cs}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/**
 * A title as an entry of a native menu: it can name no key, turn no other text around, and make no menu wider than the screen.
 *
 * @param title - Of a record; anything may be in it.
 * @returns At most 40 characters, without counting the second of each `&`. Underscores need nothing: Electron doubles them where the
 * system takes them for keys.
 */
export function menuText(title: string): string {
  const seen = title.replace(unseen, '\ufffd').trim();
  const characters = Array.from(
    segments.segment(seen === '' ? say('main-desktop.untitled') : seen),
    ({ segment }) => segment,
  );
  const head = characters.slice(0, mostCharacters - tailCharacters - 1);
  const cut = characters.length <= mostCharacters ? characters : [...head, '…', ...characters.slice(-tailCharacters)];
  // On every system one `&` names the key of the letter that follows.
  return cut.join('').replaceAll('&', '&&');
}
