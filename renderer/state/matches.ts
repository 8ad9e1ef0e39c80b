const isAscii = /^[\0-\x7f]*$/;

/** A piece of a text, and whether a search found it. */
export interface Piece {
  readonly text: string;
  readonly isMatch: boolean;
}

/**
 * Splits a text at what a search found in it. The list itself decides what matches; this only marks, and compares as it does: without
 * upper and lower case, and without accents.
 *
 * @param text - Such as a title.
 * @param query - Of the search.
 * @returns Pieces that make up the text.
 */
export function piecesOf(text: string, query: string): readonly Piece[] {
  const words = wordsIn(query);
  if (words.length === 0) return [{ text, isMatch: false }];
  const characters = Array.from(text);
  const folded = characters.map(fold);
  const whole = folded.join('');
  // For each unit of it the place of the character that it comes from.
  const owners = folded.flatMap((part, place) => new Array<number>(part.length).fill(place));
  const isFound = new Array<boolean>(characters.length).fill(false);
  for (const word of words) {
    for (let at = whole.indexOf(word); at >= 0; at = whole.indexOf(word, at + 1)) {
      for (const owner of owners.slice(at, at + word.length)) isFound[owner] = true;
    }
  }
  // What folds to nothing, such as an accent of its own, goes with the letter before it.
  for (const [place, part] of folded.entries()) if (part === '') isFound[place] = isFound[place - 1] ?? false;
  return join(characters, isFound);
}

function join(characters: readonly string[], isFound: readonly boolean[]): Piece[] {
  const pieces: { text: string; isMatch: boolean }[] = [];
  for (const [index, character] of characters.entries()) {
    const isMatch = isFound[index] === true;
    const last = pieces.at(-1);
    if (last?.isMatch === isMatch) last.text += character;
    else pieces.push({ text: character, isMatch });
  }
  return pieces;
}

function fold(text: string): string {
  // As most letters are: a list marks hundreds of texts between two frames.
  if (isAscii.test(text)) return text.toUpperCase();
  return text
    .toUpperCase()
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .toUpperCase();
}

/**
 * Whether every word of a query is found in a text, compared as {@link piecesOf} does.
 *
 * @param text - Such as a title.
 * @param query - Of the search; an empty one is found in every text.
 */
export function holdsWords(text: string, query: string): boolean {
  const folded = fold(text);
  return wordsIn(query).every((word) => folded.includes(word));
}

/**
 * Whether every word of a query begins a word of a text, compared as {@link piecesOf} does.
 *
 * @param text - Such as the label of a command.
 * @param query - Of the search; an empty one fits every text.
 */
export function beginsWords(text: string, query: string): boolean {
  const begins = partsOf(fold(text));
  return wordsIn(query).every((word) => {
    const parts = partsOf(word);
    return parts.length > 0 && parts.every((part) => begins.some((one) => one.startsWith(part)));
  });
}

/** What is between hyphens, full stops and the like: `sign-in` is two. */
function partsOf(text: string): readonly string[] {
  return text.split(/[^\p{L}\p{N}]+/u).filter((part) => part !== '');
}

/** Words of a query, folded. */
export function wordsIn(query: string): readonly string[] {
  return query
    .split(/\s+/u)
    .map(fold)
    .filter((word) => word !== '');
}
