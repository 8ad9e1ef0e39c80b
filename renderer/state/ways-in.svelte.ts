import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { WayRow, WaysOverview, WaysProgress } from './types';
import { needsRecovery } from './way-words';

const idle: WaysProgress = { step: 'idle', done: 0, total: 0 };

/** The ways into the open vault, and how far a running change of them has come. */
export class WaysIn {
  /** Null before the first answer. */
  overview = $state.raw<WaysOverview | null>(null);
  /** Of the running change; `idle` while there is none. */
  progress = $state.raw<WaysProgress>(idle);
  /** Sentence of the last failure; null otherwise. */
  failure = $state<string | null>(null);
  /** True while a recovery code is being made. */
  isBusy = $state(false);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /**
   * Follows changes from now on; the list itself is asked for by {@link load}, once a screen shows it.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    return this.#api.on('ways:changed', () => void this.follow());
  }

  /** Asks for the list. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.ways.list({}));
    if (answer.ok) this.overview = answer.value;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
  }

  /** Asks how far a change has come, and for the list once none runs. */
  async follow(): Promise<void> {
    const answer = await ask(() => this.#api.ways.progress({}));
    if (answer.ok) this.progress = answer.value;
    if (this.progress.step === 'idle') await this.load();
  }

  /** The recovery code's way in; null if there is none. */
  get recovery(): WayRow | null {
    return this.overview?.ways.find(({ kind }) => kind === 'recovery') ?? null;
  }

  /** Whether a way in asks for a code from an authenticator app. */
  get hasCodes(): boolean {
    return this.overview?.ways.some(({ factors }) => factors.includes('totp')) ?? false;
  }

  /**
   * Says why a way in can't be removed.
   *
   * @param way - One of the list.
   * @returns A sentence; null if it can be.
   */
  keptBecause(way: WayRow): string | null {
    const others = this.overview?.ways.filter(({ slot }) => slot !== way.slot) ?? [];
    if (others.length === 0) return say('ways.this-is-the-only-way');
    if (way.kind === 'recovery') {
      const isNeeded = others.some(({ factors }) => needsRecovery(factors));
      return isNeeded ? say('ways.stays-a-phone-a-security-key') : null;
    }
    const isLastPassword = !others.some(({ kind }) => kind === 'password');
    return isLastPassword ? say('ways.stays-the-recovery-code-alone-works') : null;
  }

  /**
   * Sets how far ahead codes are prepared.
   *
   * @param days - 30 to 90.
   * @returns True if it was kept.
   */
  async setHorizon(days: number): Promise<boolean> {
    const answer = await ask(() => this.#api.ways.setHorizon({ days }));
    if (answer.ok) await this.load();
    else this.failure = sentenceOf(answer.error);
    return answer.ok;
  }

  /**
   * Makes a recovery code for a vault that has none; its sheet opens in a window of its own.
   *
   * @param currentPassword - As typed; the caller empties the input.
   * @returns A sentence about what is wrong, empty if it was given up; null if it was made.
   */
  async addRecovery(currentPassword: string): Promise<string | null> {
    if (this.isBusy) return '';
    if (currentPassword === '') return say('ways.type-the-current-password');
    this.isBusy = true;
    const answer = await withPasswordBytes(currentPassword, (bytes) =>
      ask(() => this.#api.ways.addRecovery({ currentPassword: bytes })),
    );
    this.isBusy = false;
    if (!answer.ok) return answer.error.code === 'cancelled' ? '' : sentenceOf(answer.error);
    await this.load();
    return null;
  }

  /** Gives the making of a recovery code up. */
  async cancel(): Promise<void> {
    if (this.isBusy) await ask(() => this.#api.ways.cancel({}));
  }
}
