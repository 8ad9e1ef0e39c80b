import { say } from '../../preload/words/say';
import type { Factor, LockedWay } from './types';

type Way = Pick<LockedWay, 'kind' | 'factors'>;

/** The factors in the order in which the screens show them. */
export const allFactors: readonly Factor[] = ['totp', 'key-file', 'security-key', 'this-computer'];
/** Factors that can get lost with a device: a vault that asks for one of them needs a recovery code. */
const losable: readonly Factor[] = ['totp', 'security-key', 'this-computer'];

const factorNames: Readonly<Record<Factor, string>> = {
  totp: say('ways.factor-code'),
  'key-file': say('ways.factor-key-file'),
  'security-key': say('ways.factor-security-key'),
  'this-computer': say('ways.factor-this-computer'),
};

/**
 * Says what a way in asks for, in plain words.
 *
 * @param way - Its kind and factors.
 * @returns Such as "Password, code and key file".
 */
export function wayTitle({ kind, factors }: Way): string {
  if (kind === 'recovery') return say('common.recovery-code');
  const parts = [say('common.password'), ...factorList(factors)];
  return joined(parts);
}

/**
 * Names each of several ways in; ways that ask for the same are told apart by a number.
 *
 * @param ways - In order.
 * @returns One title a way, in the same order, no two alike.
 */
export function wayTitles(ways: readonly Way[]): readonly string[] {
  const plain = ways.map(wayTitle);
  return plain.map((title, index) => {
    const isAlone = plain.filter((other) => other === title).length === 1;
    return isAlone ? title : `${title} (${plain.slice(0, index + 1).filter((other) => other === title).length})`;
  });
}

/**
 * Says whether a way in needs a recovery code beside it.
 *
 * @param factors - Of the way in.
 * @returns True if one of them can be lost with a device.
 */
export function needsRecovery(factors: readonly Factor[]): boolean {
  return factors.some((factor) => losable.includes(factor));
}

/**
 * Says what weakens a vault if a way in is added to those that are there.
 *
 * @param ways - Those that are there now.
 * @param factors - Of the new one.
 * @returns One plain sentence; null if the new way asks for no less than the others.
 */
export function weakness(ways: readonly Way[], factors: readonly Factor[]): string | null {
  const others = ways.filter(({ kind }) => kind === 'password').map((way) => way.factors);
  const all = [...others, factors];
  const hasFactors = all.some((set) => set.length > 0);
  if (hasFactors && all.some((set) => set.length === 0)) return say('ways.anyone-with-only-the-password-still');
  const common = allFactors.filter((factor) => others.every((set) => set.includes(factor)));
  const missing = common.filter((factor) => !factors.includes(factor));
  if (others.length === 0 || missing.length === 0) return null;
  return say('ways.asks-for-less', { factors: joined(factorList(missing)) });
}

function factorList(factors: readonly Factor[]): string[] {
  return allFactors.filter((factor) => factors.includes(factor)).map((factor) => factorNames[factor]);
}

function joined(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length < 2 ? last : say('common.and', { first: parts.slice(0, -1).join(', '), second: last });
}
