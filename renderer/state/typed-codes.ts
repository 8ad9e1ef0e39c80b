import { say } from '../../preload/words/say';

/** Characters of a recovery code: 26 and two that check them. */
const recoveryCharacters = 28;

/**
 * Takes what separates groups out of a typed code: spaces of any kind and dashes.
 *
 * @param text - As typed or pasted.
 * @returns The rest, in upper case.
 */
export function withoutSeparators(text: string): string {
  return text.replace(/[\s\p{Pd}]/gu, '').toUpperCase();
}

/**
 * Says what is wrong with a typed code of an authenticator app.
 *
 * @param text - As typed; spaces do not count.
 * @returns A sentence; null if it has six digits.
 */
export function codeObjection(text: string): string | null {
  return /^[0-9]{6}$/.test(withoutSeparators(text)) ? null : say('unlock.type-the-six-digits');
}

/**
 * Says what is wrong with a typed recovery code, as far as its length tells.
 *
 * @param text - As typed; spaces and dashes do not count.
 * @returns A sentence; null if it may be one.
 */
export function recoveryObjection(text: string): string | null {
  const { length } = withoutSeparators(text);
  if (length === 0) return say('unlock.type-the-recovery-code');
  if (length === recoveryCharacters) return null;
  return say('unlock.recovery-code-length', { needed: recoveryCharacters, count: length });
}
