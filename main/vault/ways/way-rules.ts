import { say } from '../../../preload/words/say';
import type { RandomBytes } from '../../crypto/random';
import { CofferError } from '../../errors';
import type { KdfCosts } from '../kdf-policy';
import { type NewSlot, type SlotSecrets, slotLengths } from '../slot';
import { countCharacters } from '../text';
import { type Factor, factorNames } from './factors';
import type { NewPasswordWay } from './way-requests';

/** Fewest characters of a new password. */
export const minPasswordCharacters = 12;
/** Factors that can be lost without a fault of their owner: a recovery code must be there first. */
const losable: readonly Factor[] = ['totp', 'security-key', 'this-computer'];

/**
 * Requires that a way in can be made.
 *
 * @throws CofferError `weak-password`; `bad-request` if a factor's secret is missing, or there is no recovery code where one
 * is needed.
 */
export function requirePossible(way: NewPasswordWay, { hasRecovery }: { readonly hasRecovery: boolean }): void {
  requireLongEnough(way.password);
  const given: readonly (readonly [Factor, boolean])[] = [
    ['key-file', way.keyFile !== null],
    ['security-key', way.securityKey !== null],
    ['this-computer', way.computer !== null],
  ];
  for (const [factor, isGiven] of given) {
    if (way.factors.includes(factor) !== isGiven) {
      throw new CofferError('bad-request', say('main-vault.expected-it-to-be-chosen-and-given', { factor }));
    }
  }
  if (!hasRecovery && way.factors.some((factor) => losable.includes(factor))) {
    throw new CofferError('bad-request', say('main-vault.recovery-code-expected-one-to-be-there-first'));
  }
}

/** Throws CofferError `weak-password` for a new password of fewer than 12 characters; `bad-request` if it is not UTF-8. */
export function requireLongEnough(password: Uint8Array): void {
  if (countCharacters(password) < minPasswordCharacters) {
    throw new CofferError(
      'weak-password',
      say('main-vault.password-expected-at-least-characters', { minPasswordCharacters }),
    );
  }
}

/** What a slot for this way is made of. */
export function slotHeadOf(
  { factors, securityKey, computer }: NewPasswordWay,
  { costs, random }: { costs: KdfCosts; random: RandomBytes },
): NewSlot {
  return {
    id: computer?.slotId ?? random(slotLengths.id),
    factors: factorNames.filter((name) => factors.includes(name)),
    securityKey: securityKey === null ? null : { credentialId: securityKey.credentialId, prfSalt: securityKey.prfSalt },
    costs,
  };
}

/** What opens a slot for this way; views of the caller's bytes. */
export function secretsOf(way: NewPasswordWay, target: number | null): SlotSecrets {
  return {
    typed: { kind: 'password', password: way.password, target },
    strong: {
      keyFile: way.keyFile,
      securityKey: way.securityKey?.output ?? null,
      computer: way.computer?.secret ?? null,
    },
  };
}
