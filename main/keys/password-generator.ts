import { freshBytes } from '../crypto/fresh-bytes';
import type { RandomBytes } from '../crypto/random';
import wordList from './words/eff-large.json';

/** Characters of one kind. */
export type CharacterClass = 'lower' | 'upper' | 'digits' | 'symbols';

/** A password of single characters. */
export interface CharactersRecipe {
  readonly style: 'characters';
  /** 8 to 128 characters; what AWS takes. */
  readonly length: number;
  /** At least one; the password has a character of each. */
  readonly classes: readonly CharacterClass[];
  /** Without characters that are easily taken for one another: I, l, 1, |, O, o, 0 and the like. */
  readonly isWithoutLookAlikes: boolean;
}

/** A password of words of the EFF's long list. */
export interface WordsRecipe {
  readonly style: 'words';
  /** 4 to 12. */
  readonly count: number;
  readonly separator: '-' | '.' | '_' | ' ';
  /** Each word begins with a capital. */
  readonly isCapitalised: boolean;
  /** A digit behind one of the words. */
  readonly hasDigit: boolean;
}

/** How to make a password. */
export type PasswordRecipe = CharactersRecipe | WordsRecipe;

/** Symbols that AWS counts as such (IAM User Guide, "Set an account password policy for IAM users"). */
const symbols = "!@#$%^&*()_+-=[]{}|'";
const characters: Readonly<Record<CharacterClass, string>> = {
  lower: 'abcdefghijklmnopqrstuvwxyz',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  digits: '0123456789',
  symbols,
};
const lookAlikes = /[Il1|Oo0S5B8Z2]/g;
const words: readonly string[] = wordList;
const wordBits = Math.log2(words.length);
const longestWord = 9;

/**
 * Makes a password: every one that fits the recipe is as likely as every other.
 *
 * @param recipe - Within the bounds that it names.
 * @param random - Source of randomness.
 * @returns ASCII bytes in memory of their own, which the caller owns and wipes.
 */
export function generatePassword(recipe: PasswordRecipe, random: RandomBytes): Uint8Array {
  return recipe.style === 'words' ? wordsPassword(recipe, random) : charactersPassword(recipe, random);
}

/**
 * The bits of entropy of a recipe's passwords: the logarithm of how many there are.
 *
 * @param recipe - Within the bounds that it names.
 */
export function entropyBitsOf(recipe: PasswordRecipe): number {
  if (recipe.style === 'words') {
    return recipe.count * wordBits + (recipe.hasDigit ? Math.log2(10 * recipe.count) : 0);
  }
  return log2(
    countOf(
      alphabetsOf(recipe).map(({ length }) => length),
      recipe.length,
    ),
  );
}

function charactersPassword(recipe: CharactersRecipe, random: RandomBytes): Uint8Array {
  const alphabets = alphabetsOf(recipe);
  const all = alphabets.join('');
  const password = freshBytes(recipe.length);
  // The whole password is drawn anew where a class is missing: putting one in afterwards would make some likelier than others.
  do {
    for (let at = 0; at < password.length; at++) password[at] = all.charCodeAt(below(all.length, random));
  } while (!alphabets.every((alphabet) => password.some((byte) => alphabet.includes(String.fromCharCode(byte)))));
  return password;
}

function wordsPassword({ count, separator, isCapitalised, hasDigit }: WordsRecipe, random: RandomBytes): Uint8Array {
  const room = freshBytes(count * (longestWord + 2));
  const digitAfter = hasDigit ? below(count, random) : -1;
  let length = 0;
  for (let place = 0; place < count; place++) {
    if (place > 0) room[length++] = separator.charCodeAt(0);
    const word = words[below(words.length, random)] ?? '';
    const start = length;
    for (let at = 0; at < word.length; at++) room[length++] = word.charCodeAt(at);
    if (isCapitalised) room[start] = (room[start] ?? 0) - 0x20;
    if (place === digitAfter) room[length++] = 0x30 + below(10, random);
  }
  const password = freshBytes(length);
  password.set(room.subarray(0, length));
  room.fill(0);
  return password;
}

/** The alphabet of each class once, in a fixed order. */
function alphabetsOf({ classes, isWithoutLookAlikes }: CharactersRecipe): string[] {
  return Object.entries(characters)
    .filter(([name]) => classes.some((chosen) => chosen === name))
    .map(([, alphabet]) => (isWithoutLookAlikes ? alphabet.replace(lookAlikes, '') : alphabet));
}

/** A whole number from 0 to limit - 1, each as likely: numbers of 16 bits beyond the last whole multiple are drawn anew. */
function below(limit: number, random: RandomBytes): number {
  const end = 0x10000 - (0x10000 % limit);
  for (;;) {
    const bytes = random(2);
    const value = ((bytes[0] ?? 0) << 8) | (bytes[1] ?? 0);
    bytes.fill(0);
    if (value < end) return value % limit;
  }
}

/** How many texts of a length have a character of every alphabet: by inclusion and exclusion of the ones that are missing. */
function countOf(sizes: readonly number[], length: number): bigint {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let count = 0n;
  for (let missing = 0; missing < 2 ** sizes.length; missing++) {
    const without = sizes.filter((_, at) => (missing >> at) & 1);
    const left = BigInt(total - without.reduce((sum, size) => sum + size, 0)) ** BigInt(length);
    count += without.length % 2 === 0 ? left : -left;
  }
  return count;
}

/** Logarithm of a number too large for a double: of its first 53 bits, and the bits that follow them. */
function log2(value: bigint): number {
  const shift = Math.max(0, value.toString(2).length - 53);
  return Math.log2(Number(value >> BigInt(shift))) + shift;
}
