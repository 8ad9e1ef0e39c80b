import { say } from '../../preload/words/say';
import type { CofferApi, WireError } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import { codeObjection, recoveryObjection, withoutSeparators } from './typed-codes';
import type { Factor, LockedWay } from './types';

/** Refusals that say nothing about the password: it need not be typed again. */
const keepsPassword: readonly WireError['code'][] = [
  'cancelled',
  'clock-wrong',
  'code-used',
  'not-enough-memory',
  'not-supported',
  'wrong-code',
];

/** The unlock screen: the ways into the chosen vault, what the chosen one asks for, one try at a time. */
export class Unlock {
  /** As the locked file lists them; empty before the first answer. */
  ways = $state.raw<readonly LockedWay[]>([]);
  /** Id of the chosen way in; null before the first answer. */
  slot = $state<string | null>(null);
  /** What the password's input holds; emptied by every try that it took part in. */
  password = $state('');
  /** What the code's input holds; emptied by every try. */
  code = $state('');
  /** What the recovery code's input holds; emptied once it worked or another vault is chosen. */
  recoveryCode = $state('');
  /** Name of the picked key file; its digest stays in the main process. */
  keyFileName = $state<string | null>(null);
  /** True while the key is being derived (about a second), or while a security key is waited for. */
  isBusy = $state(false);
  /** Sentence of the last refusal; null while there is none. */
  failure = $state<string | null>(null);
  /** True after a try was given up here, until the next one. */
  isCancelled = $state(false);
  /** True once codes can no longer open this vault: the recovery code still can. */
  haveCodesEnded = $state(false);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** The chosen way in; null before the first answer. */
  get way(): LockedWay | null {
    return this.ways.find(({ slot }) => slot === this.slot) ?? null;
  }

  /** The recovery code's way in, if it should be offered now because codes no longer work; null otherwise. */
  get offered(): LockedWay | null {
    if (!this.haveCodesEnded || this.way?.kind === 'recovery') return null;
    return this.ways.find(({ kind }) => kind === 'recovery') ?? null;
  }

  /** Asks for the ways into the chosen vault and chooses the first that asks for a password. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.vault.ways({}));
    if (!answer.ok) {
      this.ways = [];
      this.slot = null;
      this.failure = sentenceOf(answer.error);
      return;
    }
    const { ways } = answer.value;
    this.ways = ways;
    this.failure = null;
    const isStillThere = ways.some(({ slot }) => slot === this.slot);
    if (!isStillThere) this.choose((ways.find(({ kind }) => kind === 'password') ?? ways[0])?.slot ?? null);
  }

  /**
   * Takes another way in; what was typed for the one before is dropped.
   *
   * @param slot - Its id; null for none.
   */
  choose(slot: string | null): void {
    this.clear();
    this.slot = slot;
  }

  /**
   * Says whether the chosen way asks for a factor.
   *
   * @param factor - Besides the password.
   * @returns False before a way is chosen.
   */
  asksFor(factor: Factor): boolean {
    return this.way?.factors.includes(factor) ?? false;
  }

  /** Lets the user pick the key file; a closed dialog changes nothing. */
  async pickKeyFile(): Promise<void> {
    this.failure = null;
    const answer = await ask(() => this.#api.vault.pickKeyFile({}));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else if (answer.value !== null) this.keyFileName = answer.value.fileName;
  }

  /**
   * Tries the chosen way in. Wipes the bytes that were sent.
   *
   * @returns True if the vault is open now.
   */
  async submit(): Promise<boolean> {
    const { way } = this;
    if (this.isBusy || way === null) return false;
    this.failure = this.#objection(way);
    if (this.failure !== null) return false;
    this.isCancelled = false;
    this.isBusy = true;
    // It changes while the answer is waited for.
    const isGivenUp = () => this.isCancelled;
    const answer = await this.#send(way);
    this.isBusy = false;
    this.code = '';
    if (answer.ok) {
      this.clear();
      return true;
    }
    const { code } = answer.error;
    if (!keepsPassword.includes(code)) this.password = '';
    this.haveCodesEnded = code === 'codes-ended';
    this.failure = code === 'cancelled' && isGivenUp() ? null : sentenceOf(answer.error);
    return false;
  }

  /** Gives a running try up: the vault stays locked, and the password where it is. Too late, the vault opens. */
  async cancel(): Promise<void> {
    if (!this.isBusy || this.isCancelled) return;
    this.isCancelled = true;
    await ask(() => this.#api.vault.cancel({}));
  }

  /** Empties every input. */
  clear(): void {
    this.password = '';
    this.code = '';
    this.recoveryCode = '';
    this.keyFileName = null;
    this.failure = null;
    this.isCancelled = false;
    this.haveCodesEnded = false;
  }

  #send({ slot, kind, factors }: LockedWay) {
    const isRecovery = kind === 'recovery';
    const code = !isRecovery && factors.includes('totp') ? withoutSeparators(this.code) : null;
    const recovery = isRecovery ? withoutSeparators(this.recoveryCode) : null;
    return withPasswordBytes(isRecovery ? null : this.password, (password) =>
      withPasswordBytes(code, (codeBytes) =>
        withPasswordBytes(recovery, (recoveryCode) =>
          ask(() => this.#api.vault.unlock({ slot, password, code: codeBytes, recoveryCode })),
        ),
      ),
    );
  }

  #objection({ kind, factors }: LockedWay): string | null {
    if (kind === 'recovery') return recoveryObjection(this.recoveryCode);
    if (this.password === '') return say('unlock.type-the-password-of-this-vault');
    if (factors.includes('key-file') && this.keyFileName === null) return say('unlock.choose-the-key-file');
    return factors.includes('totp') ? codeObjection(this.code) : null;
  }
}
