import type { ClipboardAdapter } from './clipboard-adapter';

/** Knows the text that was put there again, without keeping it. */
export interface KnownText {
  readonly is: (text: string) => boolean;
  readonly forget: () => void;
}

/** What the clipboard rests on. */
export interface ForgettingClipboardDeps {
  readonly adapter: ClipboardAdapter;
  readonly remember: (text: string) => KnownText;
  /** How long a secret stays. */
  readonly secondsToKeep: () => number;
  /** A clock that does not jump. */
  readonly nowMs: () => number;
  /** Called after each change of {@link ForgettingClipboard.status}. */
  readonly onChange: () => void;
}

/**
 * `holding`: a secret of ours may be there. `cleared`: it was taken away. `left-alone`: by then something else was there, and stays.
 * `failed`: the system would not tell or clear. `idle`: no secret was copied yet.
 */
export type ClipboardState = 'idle' | 'holding' | 'cleared' | 'left-alone' | 'failed';

/** What people are shown about it. */
export interface ClipboardStatus {
  readonly state: ClipboardState;
  /** Until it is cleared; 0 unless `holding`. */
  readonly leftMs: number;
  /** How long it stays in all; 0 unless `holding`. */
  readonly keepMs: number;
}

/** Puts texts on the clipboard; takes secrets away again after some seconds, if they are still what is there. */
export class ForgettingClipboard {
  readonly #deps: ForgettingClipboardDeps;
  #state: ClipboardState = 'idle';
  #held: { readonly text: KnownText; readonly timer: NodeJS.Timeout; endsAtMs: number; keepMs: number } | null = null;

  constructor(deps: ForgettingClipboardDeps) {
    this.#deps = deps;
  }

  /**
   * Puts a text there. A public one stays; a secret one goes after its time, which begins anew with each secret.
   *
   * @throws What the system's clipboard throws.
   */
  async put(text: string, { isSecret }: { readonly isSecret: boolean }): Promise<void> {
    const { adapter, nowMs, remember, secondsToKeep } = this.#deps;
    // Before the write: whatever happens meanwhile, a secret that arrives there is known.
    if (isSecret) {
      const keepMs = secondsToKeep() * 1000;
      const timer = setTimeout(() => void this.forget(), keepMs);
      this.#drop('holding');
      this.#held = { text: remember(text), timer, endsAtMs: nowMs() + keepMs, keepMs };
    }
    await adapter.write(text, { isSecret });
    if (!isSecret && this.#held !== null) this.#drop('idle');
    this.#deps.onChange();
  }

  /** Takes the secret away now, unless something else took its place. Never throws. */
  async forget(): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    const { adapter, onChange } = this.#deps;
    let state: ClipboardState;
    try {
      const isOurs = held.text.is(await adapter.read());
      // Another secret was put there while this one was looked for.
      if (this.#held !== held) return;
      if (isOurs) await adapter.clear();
      state = isOurs ? 'cleared' : 'left-alone';
    } catch {
      state = 'failed';
    }
    if (this.#held !== held) return;
    this.#drop(state);
    onChange();
  }

  /** Whether a secret of ours may be there. */
  get isHolding(): boolean {
    return this.#held !== null;
  }

  /** For people. */
  get status(): ClipboardStatus {
    const held = this.#held;
    if (held === null) return { state: this.#state, leftMs: 0, keepMs: 0 };
    return { state: 'holding', leftMs: Math.max(0, held.endsAtMs - this.#deps.nowMs()), keepMs: held.keepMs };
  }

  #drop(state: ClipboardState): void {
    this.#state = state;
    if (this.#held === null) return;
    clearTimeout(this.#held.timer);
    this.#held.text.forget();
    this.#held = null;
  }
}
