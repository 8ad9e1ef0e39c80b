import { say } from '../../../preload/words/say';
import { wipe } from '../../crypto/wipe';
import { CofferError } from '../../errors';
import type { Header } from '../header';
import { type OpenedSlot, type Slot, openSlot } from '../slot';
import { planTries, readCode } from './code-login';
import { type StrongSecrets, type TypedSecrets, noStrongSecrets } from './factors';
import { readRecoveryCode } from './recovery-code';
import type { WayAttempt } from './way-requests';

/** A way in that opened. */
export interface OpenedWay extends OpenedSlot {
  readonly slot: Slot;
  /** The target and the window of the code; null for ways without codes. */
  readonly code: { readonly target: number; readonly window: number } | null;
}

/** One try: a slot and what may open it. */
interface Try {
  readonly slot: Slot;
  readonly typed: TypedSecrets;
  readonly strong: StrongSecrets;
  readonly code: OpenedWay['code'];
}

/**
 * Tries what was given on the way that it is meant for. Each try costs one Argon2id; all are paid before a failure is said, so
 * that every failure costs the same and says the same.
 *
 * @param nowMs - Wall clock, for codes.
 * @returns The opened way; the caller wipes its vault key.
 * @throws CofferError `wrong-password` (which of password, code and other factors was wrong is not known), `wrong-code` for
 * a mistyped recovery code, `code-used`, `clock-wrong`, `codes-ended`, `bad-request`, `not-found` (no such way),
 * `not-enough-memory`, `vault-damaged`; `cancelled`. Given up at the second window of a code,
 * it tells whoever looks at the time that the first one did not open.
 */
export async function tryWays(
  header: Header,
  attempt: WayAttempt,
  nowMs: number,
  signal?: AbortSignal,
): Promise<OpenedWay> {
  const recoveryCode = attempt.kind === 'recovery' ? readRecoveryCode(attempt.recoveryCode) : null;
  try {
    const tries = recoveryCode === null ? passwordTries(header, attempt, nowMs) : recoveryTries(header, recoveryCode);
    for (const { slot, typed, strong, code } of tries) {
      const opened = await openSlot(slot, { typed, strong }, header.identity, signal);
      if (opened !== null) return { ...opened, slot, code };
    }
    throw refusalOf(attempt);
  } finally {
    wipe(recoveryCode);
  }
}

function recoveryTries(header: Header, recoveryCode: Uint8Array): Try[] {
  const slots = header.slots.filter(({ kind }) => kind === 'recovery');
  if (slots.length === 0) throw new CofferError('not-found', say('main-vault.recovery-code-this-vault-has-none'));
  return slots.map((slot) => ({
    slot,
    typed: { kind: 'recovery', recoveryCode },
    strong: noStrongSecrets,
    code: null,
  }));
}

function passwordTries(header: Header, attempt: WayAttempt, nowMs: number): Try[] {
  if (attempt.kind !== 'password') throw new CofferError('bad-request', say('main-vault.way-in-expected-a-password'));
  const { password, keyFile, securityKey, computer } = attempt;
  const strong = { keyFile, securityKey, computer };
  return slotsMeant(header, attempt).flatMap((slot): Try[] => {
    if (!slot.factors.includes('totp')) {
      return [{ slot, typed: { kind: 'password', password, target: null }, strong, code: null }];
    }
    if (attempt.code === null || header.codes === null)
      throw new CofferError('bad-request', say('main-vault.code-expected-six-digits'));
    return planTries(header.codes, readCode(attempt.code), nowMs).map(({ window, target }) => ({
      slot,
      typed: { kind: 'password', password, target },
      strong,
      code: { target, window },
    }));
  });
}

function slotsMeant({ slots }: Header, attempt: WayAttempt & { kind: 'password' }): Slot[] {
  const meant = slots.filter(({ kind, id, factors }) =>
    attempt.slot === null
      ? kind === 'password' && factors.length === 0
      : kind === 'password' && Buffer.compare(id, attempt.slot) === 0,
  );
  if (meant.length === 0) throw new CofferError('not-found', say('main-vault.way-in-this-vault-has-none-like-that'));
  return meant;
}

function refusalOf(attempt: WayAttempt): CofferError {
  if (attempt.kind === 'recovery') {
    return new CofferError('wrong-password', say('main-vault.recovery-code-it-does-not-open-this-vault'));
  }
  const given = [
    say('main-vault.password'),
    ...(attempt.code === null ? [] : [say('main-vault.code')]),
    ...(attempt.keyFile === null ? [] : [say('main-vault.key-file')]),
    ...(attempt.securityKey === null ? [] : [say('main-vault.security-key')]),
    ...(attempt.computer === null ? [] : [say('main-vault.this-computer')]),
  ];
  const [first = '', ...rest] = given;
  if (rest.length === 0)
    return new CofferError('wrong-password', say('main-vault.password-it-does-not-open-this-vault'));
  const last = rest.at(-1) ?? '';
  const all = [first, ...rest.slice(0, -1)].join(', ');
  return new CofferError('wrong-password', say('main-vault.all-and-last-together', { all, last }));
}
