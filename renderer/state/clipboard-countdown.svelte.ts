import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import type { Notices } from './notices.svelte';

const tickMs = 250;

/** How long a copied secret stays on the clipboard, second by second. */
export class ClipboardCountdown {
  /** False while no secret of ours is there. */
  isRunning = $state(false);
  /** Whole seconds until it is taken away. */
  secondsLeft = $state(0);
  /** How long it stays in all. */
  keepSeconds = $state(0);
  readonly #api: CofferApi;
  readonly #notices: Pick<Notices, 'show'>;
  #endsAtMs = 0;
  #isConnected = false;
  #ticker: ReturnType<typeof setInterval> | null = null;

  /** @param notices - Told when the clipboard was cleared, or could not be. */
  constructor(api: CofferApi, notices: Pick<Notices, 'show'>) {
    this.#api = api;
    this.#notices = notices;
  }

  /**
   * Follows the clipboard from now on.
   *
   * @returns Ends it.
   */
  connect(): () => void {
    this.#isConnected = true;
    void this.#refresh();
    const end = this.#api.on('clipboard:changed', () => void this.#refresh());
    return () => {
      end();
      this.#isConnected = false;
      this.#tickWhile(false);
    };
  }

  /** Takes the secret away now. */
  async clear(): Promise<void> {
    await ask(() => this.#api.clipboard.clear({}));
  }

  async #refresh(): Promise<void> {
    const answer = await ask(() => this.#api.clipboard.state({}));
    if (!answer.ok) return;
    const { state, leftMs, keepMs } = answer.value;
    const wasRunning = this.isRunning;
    this.isRunning = state === 'holding';
    this.keepSeconds = Math.round(keepMs / 1000);
    this.#endsAtMs = performance.now() + leftMs;
    this.#tick();
    this.#tickWhile(this.isRunning && this.#isConnected);
    if (!wasRunning) return;
    if (state === 'cleared') this.#notices.show(say('clipboard.clipboard-cleared'));
    if (state === 'left-alone') this.#notices.show(say('clipboard.the-clipboard-holds-something-else'));
    if (state === 'failed')
      this.#notices.show(say('clipboard.the-clipboard-could-not-be-cleared'), { tone: 'failure' });
  }

  /** Nothing wakes up while there is nothing to count. */
  #tickWhile(isNeeded: boolean): void {
    if (isNeeded) this.#ticker ??= setInterval(() => this.#tick(), tickMs);
    else if (this.#ticker !== null) {
      clearInterval(this.#ticker);
      this.#ticker = null;
    }
  }

  #tick(): void {
    this.secondsLeft = this.isRunning ? Math.max(0, Math.ceil((this.#endsAtMs - performance.now()) / 1000)) : 0;
  }
}
