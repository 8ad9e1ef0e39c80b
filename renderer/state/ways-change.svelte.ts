import { say } from '../../preload/words/say';
import type { CofferApi, WireError } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { ChosenFactors } from './chosen-factors.svelte';
import { PasswordPair } from './new-password.svelte';
import { sentenceOf } from './sentence';
import type { Factor, WayRow, WaysOverview } from './types';
import { needsRecovery, weakness } from './way-words';

/**
 * What the dialog is for. `change`: new password or factors for all of the vault. `sheet`: the same, for the sake of a new
 * recovery code. `remove`: the same without the way that is named. `renew`: after the recovery code was used. `add`: another
 * way in beside those that are there.
 */
export type ChangeKind = 'change' | 'sheet' | 'remove' | 'renew' | 'add';
/** Steps of the dialog, in order; `codes` only where a new secret is made. */
export type ChangeStep = 'password' | 'factors' | 'codes' | 'confirm' | 'working' | 'done';

const isAboutPassword: readonly WireError['code'][] = ['wrong-password', 'weak-password'];

/** A change of the ways in, step by step, until the main process does it in one go. */
export class WaysChange {
  /** What the dialog is for. */
  readonly kind: ChangeKind;
  /** The way that is to go; null unless the kind is `remove`. */
  readonly removed: WayRow | null;
  /** The factors of the way that is made. */
  readonly factors: ChosenFactors;
  /** The new password. */
  readonly pair: PasswordPair;
  /** The step on screen. */
  step = $state<ChangeStep>('password');
  /** The password of now, as proof; emptied by every try. */
  currentPassword = $state('');
  /** Whether the password of now stays. */
  keepsPassword = $state(true);
  /** Whether the user agreed to what ends. */
  hasConsent = $state(false);
  /** Whether a recovery code is wanted even where none is needed. */
  wantsRecovery = $state(true);
  /** Whether backups that open with the ways of now are kept. */
  keepsOlderBackups = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  /** True after the change was given up, until the next step. */
  isCancelled = $state(false);
  /** True while a step is being checked; a second press then does nothing. */
  isChecking = $state(false);
  readonly #api: CofferApi;
  readonly #overview: WaysOverview;

  /** @param wanted - Factors that are chosen from the start, besides those of now. */
  constructor(
    api: CofferApi,
    overview: WaysOverview,
    kind: ChangeKind,
    removed: WayRow | null = null,
    wanted: readonly Factor[] = [],
  ) {
    this.#api = api;
    this.#overview = overview;
    this.kind = kind;
    this.removed = removed;
    this.keepsPassword = kind !== 'renew';
    this.wantsRecovery = removed?.kind !== 'recovery';
    this.pair = new PasswordPair(api);
    this.factors = new ChosenFactors(api);
    this.factors.start([...this.#firstFactors(), ...wanted], overview);
    // Who had to use the recovery code may have lost the phone.
    if (kind === 'renew') this.factors.keepsCodes = false;
  }

  /** The steps that this change takes, without the last two. */
  get steps(): readonly ChangeStep[] {
    return this.factors.needsEnrolment
      ? ['password', 'factors', 'codes', 'confirm']
      : ['password', 'factors', 'confirm'];
  }

  /** The ways in that end and are not made anew, in the order of the list. */
  get ending(): readonly WayRow[] {
    if (this.kind === 'add') return [];
    return this.#overview.ways.filter(({ slot, isInUse }) => !isInUse || slot === this.removed?.slot);
  }

  /** Whether the vault has a secret that an authenticator app holds already. */
  get canKeepCodes(): boolean {
    return this.#overview.codes !== null;
  }

  /** Whether the factors leave no choice about the recovery code. */
  get isRecoveryForced(): boolean {
    return needsRecovery(this.factors.chosen);
  }

  /** A warning about a way in that asks for less than others; null if there is none. */
  get weakness(): string | null {
    return this.kind === 'add' ? weakness(this.#overview.ways, this.factors.chosen) : null;
  }

  /**
   * Says why a factor cannot be chosen.
   *
   * @param factor - Besides the password.
   * @returns A sentence; empty if it can be.
   */
  impossible(factor: Factor): string {
    const { computer, securityKey, codes, ways } = this.#overview;
    if (factor === 'this-computer' && !computer.isPossible) return computer.reason;
    if (factor === 'security-key' && !securityKey.isPossible) return securityKey.reason;
    if (this.kind !== 'add') return '';
    if (factor === 'totp' && codes === null) return say('ways.codes-begin-with-change-password');
    const hasRecovery = ways.some(({ kind }) => kind === 'recovery');
    return needsRecovery([factor]) && !hasRecovery ? say('ways.make-a-recovery-code-first') : '';
  }

  /** Goes to the step before; from the first one nowhere. */
  back(): void {
    const at = this.steps.indexOf(this.step);
    this.failure = null;
    this.isCancelled = false;
    this.step = this.steps[Math.max(0, at - 1)] ?? 'password';
  }

  /** Goes on to the next step if this one is complete; from the last one does the change. */
  async next(): Promise<void> {
    if (this.isChecking) return;
    this.isChecking = true;
    this.failure = null;
    this.isCancelled = false;
    const isComplete = await this.#isComplete();
    this.isChecking = false;
    if (!isComplete) return;
    if (this.step === 'confirm') await this.#finish();
    else {
      this.step = this.steps[this.steps.indexOf(this.step) + 1] ?? 'confirm';
      if (this.step === 'codes') await this.factors.beginCodes();
    }
  }

  /** Gives the running change up: all ways in stay as they are, and so does what was chosen here. */
  async cancel(): Promise<void> {
    if (this.step === 'working') await ask(() => this.#api.ways.cancel({}));
  }

  /** Empties every input and drops what was begun. */
  async clear(): Promise<void> {
    this.currentPassword = '';
    this.pair.clear();
    await this.factors.forget();
  }

  async #isComplete(): Promise<boolean> {
    if (this.step === 'password') return this.#hasPasswords();
    if (this.step === 'factors') return this.factors.check();
    if (this.step === 'codes') return this.factors.codes.prove();
    if (this.ending.length > 0 && !this.hasConsent) {
      this.failure = say('ways.agree-to-what-ends');
      return false;
    }
    return true;
  }

  async #hasPasswords(): Promise<boolean> {
    if (this.kind !== 'renew' && this.currentPassword === '') {
      this.failure = say('ways.type-the-current-password');
      return false;
    }
    if (this.keepsPassword) return true;
    const isGood = await this.pair.check();
    this.failure = this.pair.failure;
    return isGood;
  }

  async #finish(): Promise<void> {
    this.step = 'working';
    const current = this.kind === 'renew' ? null : this.currentPassword;
    const answer = await withPasswordBytes(current, (currentPassword) =>
      withPasswordBytes(this.keepsPassword ? this.currentPassword : this.pair.password, (password) =>
        this.#send(currentPassword, password),
      ),
    );
    if (answer.ok) {
      this.step = 'done';
      await this.clear();
      return;
    }
    this.isCancelled = answer.error.code === 'cancelled';
    this.failure = this.isCancelled ? null : sentenceOf(answer.error);
    this.step = isAboutPassword.includes(answer.error.code) ? 'password' : 'confirm';
    if (answer.error.code === 'wrong-password') this.currentPassword = '';
  }

  #send(currentPassword: Uint8Array | null, password: Uint8Array) {
    const factors = [...this.factors.chosen];
    if (currentPassword !== null && this.kind === 'add') {
      return ask(() => this.#api.ways.add({ currentPassword, password, factors }));
    }
    return ask(() =>
      this.#api.ways.replace({
        currentPassword,
        password,
        factors,
        drops: this.#overview.ways.map(({ slot }) => slot),
        hasRecovery: this.isRecoveryForced || this.wantsRecovery,
        keepsOlderBackups: this.keepsOlderBackups,
      }),
    );
  }

  /** Of the way in use, or of another that stays; a way that is added starts bare. */
  #firstFactors(): readonly Factor[] {
    if (this.kind === 'add') return [];
    const staying = this.#overview.ways.filter(({ kind, slot }) => kind === 'password' && slot !== this.removed?.slot);
    return (staying.find(({ isInUse }) => isInUse) ?? staying[0])?.factors ?? [];
  }
}
