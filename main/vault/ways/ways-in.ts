import { say } from '../../../preload/words/say';
import type { SecretKey } from '../../crypto/secret-key';
import { bytesOfKey, toSecretKey } from '../../crypto/secret-key';
import { wipe } from '../../crypto/wipe';
import type { RandomBytes } from '../../crypto/random';
import { CofferError } from '../../errors';
import type { CodeDayRow, HeaderRow } from '../../store/rows';
import { notesPlace } from '../format';
import { type Header, makeHeaderRow, maxSlots } from '../header';
import type { KdfCosts } from '../kdf-policy';
import { sealPadded } from '../seal';
import { type NewSlot, type SlotSecrets, isProved, makeSlot, slotLengths } from '../slot';
import type { VaultKeys } from '../vault-keys';
import {
  type AcceptedCode,
  type CodeSecrets,
  type CodeTable,
  endOfTable,
  horizonDays,
  reachHorizon,
  targetFrom,
  warningDays,
} from './code-table';
import { type Factor, type WayKind, noStrongSecrets } from './factors';
import { type WayNote, type WayNotes, encodeNotes } from './notes';
import { makeRecoveryCode } from './recovery-code';
import type { NewPasswordWay } from './way-requests';
import { requirePossible, secretsOf, slotHeadOf } from './way-rules';

/** What the ways into an unlocked vault are made of. */
export interface WaysParts {
  readonly header: Header;
  readonly notes: WayNotes;
  readonly keys: VaultKeys;
  readonly random: RandomBytes;
  /** Wall clock. */
  readonly nowMs: () => number;
  /** The slot that the vault was opened by, and the proof of what was typed. */
  readonly inUse: { readonly slotId: Uint8Array; readonly kind: WayKind; readonly proof: SecretKey };
  /** The target, where the vault was opened with a code. */
  readonly target: number | null;
  /** Puts header and table in place of those that are there; all or nothing. */
  readonly commit: (row: HeaderRow, codeDays: readonly CodeDayRow[] | undefined) => void;
}

/** A way in, for the screen that lists them. */
export interface WayInfo extends WayNote {
  readonly kind: WayKind;
  readonly factors: readonly Factor[];
  readonly isInUse: boolean;
}

/** The ways into an unlocked vault: who they are, and the changes that need no new vault key. */
export class WaysIn {
  readonly #parts: WaysParts;
  #header: Header;
  #notes: WayNotes;
  #target: number | null;
  #isUseUnwritten = false;

  constructor(parts: WaysParts) {
    this.#parts = parts;
    this.#header = parts.header;
    this.#notes = parts.notes;
    this.#target = parts.target;
  }

  /** All ways, in the order of their slots. */
  list(): WayInfo[] {
    const { inUse } = this.#parts;
    return this.#header.slots.map(({ id, kind, factors }) => {
      const slot = hexOf(id);
      const note = this.#notes.ways.find((candidate) => candidate.slot === slot);
      const shown = note ?? { slot, name: '', madeAtMs: 0, lastUsedAtMs: null };
      return { ...shown, kind, factors, isInUse: slot === hexOf(inUse.slotId) };
    });
  }

  /** How far the table for codes reaches; null if no way asks for codes. */
  get codes(): { endsAtMs: number; horizonDays: number; isEndingSoon: boolean } | null {
    const { codes } = this.#header;
    if (codes === null) return null;
    const endsAtMs = endOfTable(codes);
    const isEndingSoon = endsAtMs - this.#parts.nowMs() <= warningDays * 24 * 60 * 60 * 1000;
    return { endsAtMs, horizonDays: this.#notes.horizonDays, isEndingSoon };
  }

  /** How the vault was opened; for this folder. */
  get inUse(): WaysParts['inUse'] {
    return this.#parts.inUse;
  }

  /** The target, where the vault was opened with a code; for this folder. */
  get target(): number | null {
    return this.#target;
  }

  /** What an epoch takes over: notes with the secret of the authenticator app, and its table. Not to be kept. */
  get inheritance(): { readonly notes: WayNotes; readonly codes: CodeTable | null } {
    return { notes: this.#notes, codes: this.#header.codes };
  }

  /**
   * Requires the password that the vault was opened with. Costs one Argon2id.
   *
   * @throws CofferError `wrong-password`, `cancelled`.
   */
  async requirePassword(password: Uint8Array, signal?: AbortSignal): Promise<void> {
    const { inUse } = this.#parts;
    const slot = this.#header.slots.find(({ id }) => hexOf(id) === hexOf(inUse.slotId));
    const isRight =
      slot?.kind === 'password' &&
      (await isProved(slot, { kind: 'password', password, target: this.#target }, inUse.proof, signal));
    if (!isRight) throw new CofferError('wrong-password', say('main-vault.current-password-it-is-not-the-one-that'));
  }

  /** Notes when the way in use was used; written with the next change of the header, or by {@link writeUse}. */
  noteUse(): void {
    const inUse = hexOf(this.#parts.inUse.slotId);
    const lastUsedAtMs = this.#parts.nowMs();
    const ways = this.#notes.ways.map((note) => (note.slot === inUse ? { ...note, lastUsedAtMs } : note));
    this.#notes = { ...this.#notes, ways };
    this.#isUseUnwritten = true;
  }

  /** Writes what {@link noteUse} noted, if that was not done. Throws what `VaultDatabase` throws. */
  writeUse(): void {
    if (this.#isUseUnwritten) this.#commit(this.#header, this.#notes);
  }

  /**
   * Uses a code up: deletes the windows up to it and extends the table to its horizon.
   *
   * @throws What `VaultDatabase` throws; nothing is changed then.
   */
  async acceptCode(accepted: AcceptedCode): Promise<void> {
    const nowMs = this.#parts.nowMs();
    let { codes } = this.#header;
    if (codes !== null) {
      const moved = {
        ...codes,
        lastAcceptedWindow: Math.max(codes.lastAcceptedWindow, accepted.window),
        skewWindows: accepted.skewWindows,
      };
      codes = await reachHorizon(moved, this.#codeSecrets(), { days: this.#notes.horizonDays, nowMs });
    }
    this.#commit({ ...this.#header, codes }, this.#notes);
  }

  /**
   * Changes how far ahead the table for codes reaches: at once if the vault was opened with a code, else at the next such login.
   *
   * @param days - 30 to 90.
   * @throws CofferError `bad-request`; what `VaultDatabase` throws.
   */
  async setHorizon(days: number): Promise<void> {
    const { codes } = this.#header;
    if (codes === null || !Number.isInteger(days) || days < horizonDays.min || days > horizonDays.max) {
      throw new CofferError(
        'bad-request',
        say('main-vault.days-expected-to-where-codes-are-in-use', { min: horizonDays.min, max: horizonDays.max }),
      );
    }
    const isByCode = this.#target !== null;
    const reached = isByCode
      ? await reachHorizon(codes, this.#codeSecrets(), { days, nowMs: this.#parts.nowMs() })
      : codes;
    this.#commit({ ...this.#header, codes: reached }, { ...this.#notes, horizonDays: days });
  }

  /**
   * Adds a way beside those that are there, for the same vault key.
   *
   * @throws CofferError `weak-password`, `bad-request`, `not-enough-memory`, `cancelled`; what `VaultDatabase` throws.
   */
  async add(way: NewPasswordWay, costs: KdfCosts, signal?: AbortSignal): Promise<void> {
    requirePossible(way, { hasRecovery: this.#hasRecovery() });
    this.#requireRoom();
    const target = way.factors.includes('totp') ? this.#requireTarget() : null;
    const head = slotHeadOf(way, { costs, random: this.#parts.random });
    await this.#addSlot(head, secretsOf(way, target), way.name, signal);
  }

  /**
   * Adds a recovery code to a vault that has none.
   *
   * @returns 26 characters that the caller owns and must wipe.
   * @throws CofferError `bad-request`, `not-enough-memory`, `cancelled`; what `VaultDatabase` throws.
   */
  async addRecovery(costs: KdfCosts, signal?: AbortSignal): Promise<Uint8Array> {
    if (this.#hasRecovery())
      throw new CofferError('bad-request', say('main-vault.recovery-code-there-is-one-already-it-changes'));
    this.#requireRoom();
    const recoveryCode = makeRecoveryCode(this.#parts.random);
    try {
      const head = { id: this.#parts.random(slotLengths.id), factors: [], securityKey: null, costs };
      const secrets = { typed: { kind: 'recovery', recoveryCode }, strong: noStrongSecrets } as const;
      await this.#addSlot(head, secrets, '', signal);
      return recoveryCode;
    } catch (error) {
      wipe(recoveryCode);
      throw error;
    }
  }

  /** Wipes the secret of the authenticator app. */
  wipe(): void {
    wipe(this.#notes.codeSecret);
    this.#target = null;
  }

  async #addSlot(head: NewSlot, secrets: SlotSecrets, name: string, signal: AbortSignal | undefined): Promise<void> {
    const { keys, random, nowMs } = this.#parts;
    const vaultKey = bytesOfKey(keys.vaultKey);
    try {
      const { slot } = await makeSlot(head, secrets, vaultKey, { identity: this.#header.identity, random, signal });
      const note = { slot: hexOf(slot.id), name, madeAtMs: nowMs(), lastUsedAtMs: null };
      const slots = [...this.#header.slots, slot];
      this.#commit({ ...this.#header, slots }, { ...this.#notes, ways: [...this.#notes.ways, note] });
    } finally {
      wipe(vaultKey);
    }
  }

  #commit(header: Header, notes: WayNotes): void {
    const { keys, random, commit } = this.#parts;
    const next = { ...header, notesRevision: this.#header.notesRevision + 1 };
    const sealed = sealNotes(notes, next, { keys, random });
    commit(
      makeHeaderRow(next, sealed, keys),
      header.codes === this.#header.codes ? undefined : (header.codes?.days ?? []),
    );
    this.#header = next;
    this.#notes = notes;
    this.#isUseUnwritten = false;
  }

  #codeSecrets(): CodeSecrets {
    const { codeSecret } = this.#notes;
    if (codeSecret === null)
      throw new CofferError('vault-damaged', say('main-vault.header-the-secret-for-codes-is-missing'));
    return { secret: toSecretKey(codeSecret), target: this.#requireTarget() };
  }

  #requireTarget(): number {
    const { codes } = this.#header;
    const { codeSecret } = this.#notes;
    const target =
      this.#target ?? (codes === null || codeSecret === null ? null : targetFrom(codes, toSecretKey(codeSecret)));
    if (target === null)
      throw new CofferError('bad-request', say('main-vault.codes-set-up-an-authenticator-app-first'));
    return target;
  }

  #hasRecovery(): boolean {
    return this.#header.slots.some(({ kind }) => kind === 'recovery');
  }

  #requireRoom(): void {
    if (this.#header.slots.length >= maxSlots) {
      throw new CofferError('bad-request', say('main-vault.ways-in-expected-at-most-remove-one-first', { maxSlots }));
    }
  }
}

/** Seals notes for a header with this identity and revision. */
export function sealNotes(
  notes: WayNotes,
  { identity, notesRevision }: Pick<Header, 'identity' | 'notesRevision'>,
  { keys, random }: { keys: Pick<VaultKeys, 'notesKey'>; random: RandomBytes },
): Uint8Array {
  const content = encodeNotes(notes);
  try {
    return sealPadded(keys.notesKey, content, notesPlace(identity, notesRevision), { padding: 'secret', random });
  } finally {
    wipe(content);
  }
}

/** A slot's id as it leaves this folder. */
export function hexOf(id: Uint8Array): string {
  return Buffer.from(id.buffer, id.byteOffset, id.length).toString('hex');
}
