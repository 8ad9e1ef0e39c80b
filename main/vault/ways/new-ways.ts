import { say } from '../../../preload/words/say';
import { copyBytes } from '../../crypto/fresh-bytes';
import type { RandomBytes } from '../../crypto/random';
import { type SecretKey, toSecretKey } from '../../crypto/secret-key';
import { windowAt } from '../../crypto/totp';
import { wipe } from '../../crypto/wipe';
import { CofferError } from '../../errors';
import type { KdfCosts } from '../kdf-policy';
import { type Slot, makeSlot, slotLengths } from '../slot';
import type { VaultIdentity } from '../vault-keys';
import { type CodeTable, drawTarget, emptyTable, reachHorizon } from './code-table';
import { noStrongSecrets } from './factors';
import type { WayNotes } from './notes';
import { makeRecoveryCode } from './recovery-code';
import type { NewPasswordWay, ProvedCodes } from './way-requests';
import { requirePossible, secretsOf, slotHeadOf } from './way-rules';
import { hexOf } from './ways-in';

/** The ways in of a new epoch. */
export interface NewWaysRequest {
  readonly way: NewPasswordWay;
  /** A newly set up authenticator app; null keeps the one that there is, where the way asks for codes. */
  readonly codes: ProvedCodes | null;
  readonly hasRecovery: boolean;
}

/** Slots, table and notes of a new epoch. */
export interface NewWays {
  readonly slots: readonly Slot[];
  readonly codes: CodeTable | null;
  /** Hold a secret of their own; the caller wipes it. */
  readonly notes: WayNotes;
  /** 26 characters that the caller owns and must wipe; null if none was asked for. */
  readonly recoveryCode: Uint8Array | null;
  /** The password way: the vault goes on as opened by it. */
  readonly inUse: {
    readonly slot: Slot;
    readonly proof: SecretKey;
    readonly code: { target: number; window: number } | null;
  };
}

interface Deps {
  readonly random: RandomBytes;
  readonly costs: KdfCosts;
  readonly nowMs: () => number;
  /** What the epoch before leaves. */
  readonly inheritance: { readonly notes: WayNotes; readonly codes: CodeTable | null };
  readonly signal?: AbortSignal | undefined;
}

/**
 * Makes the ways in of a new epoch: a new target for codes, a new recovery code, new salts.
 *
 * @param vaultKey - Of the new epoch; not changed.
 * @throws CofferError `weak-password`, `bad-request`, `not-enough-memory`, `cancelled`.
 */
export async function makeNewWays(
  { way, codes: proved, hasRecovery }: NewWaysRequest,
  vaultKey: Uint8Array,
  identity: VaultIdentity,
  { random, costs, nowMs, inheritance, signal }: Deps,
): Promise<NewWays> {
  requirePossible(way, { hasRecovery });
  const context = { identity, random, signal };
  const codes = way.factors.includes('totp') ? await makeCodes(proved, inheritance, { random, nowMs: nowMs() }) : null;
  const recoveryCode = hasRecovery ? makeRecoveryCode(random) : null;
  try {
    const target = codes?.target ?? null;
    const made = await makeSlot(slotHeadOf(way, { costs, random }), secretsOf(way, target), vaultKey, context);
    const slots = [made.slot];
    if (recoveryCode !== null) {
      const head = { id: random(slotLengths.id), factors: [], securityKey: null, costs };
      const secrets = { typed: { kind: 'recovery', recoveryCode }, strong: noStrongSecrets } as const;
      slots.push((await makeSlot(head, secrets, vaultKey, context)).slot);
    }
    const madeAtMs = nowMs();
    const ways = slots.map(({ id, kind }) => ({
      slot: hexOf(id),
      name: kind === 'password' ? way.name : '',
      madeAtMs,
      lastUsedAtMs: kind === 'password' ? madeAtMs : null,
    }));
    const code = codes === null ? null : { target: codes.target, window: codes.table.lastAcceptedWindow };
    return {
      slots,
      codes: codes?.table ?? null,
      notes: { codeSecret: codes?.secret ?? null, horizonDays: inheritance.notes.horizonDays, ways },
      recoveryCode,
      inUse: { slot: made.slot, proof: made.proof, code },
    };
  } catch (error) {
    wipe(codes?.secret, recoveryCode);
    throw error;
  }
}

async function makeCodes(
  proved: ProvedCodes | null,
  { notes, codes: old }: Deps['inheritance'],
  { random, nowMs }: { random: RandomBytes; nowMs: number },
): Promise<{ secret: Uint8Array; target: number; table: CodeTable }> {
  const known = proved?.secret ?? notes.codeSecret;
  if (known === null) throw new CofferError('bad-request', say('main-vault.codes-set-up-an-authenticator-app-first'));
  const secret = copyBytes(known);
  const target = drawTarget(random);
  const begin =
    proved === null
      ? emptyTable(old?.lastAcceptedWindow ?? windowAt(nowMs), old?.skewWindows ?? 0)
      : emptyTable(proved.window, proved.skewWindows);
  const days = notes.horizonDays;
  return { secret, target, table: await reachHorizon(begin, { secret: toSecretKey(secret), target }, { days, nowMs }) };
}
