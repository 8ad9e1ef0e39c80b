import type { ClipboardAdapter } from './clipboard-adapter';

/** Windows lets one program at a time open the clipboard; meanwhile others read nothing and clear nothing. */
const retryAfterMs = 1000;
const mostTries = 4;
/** Within this a clipboard that answers is cleared, or known not to be. */
export const longestForgettingMs = mostTries * retryAfterMs;

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

/** What was found there. `nothing` is also what is read while another program has the clipboard open. */
type Seen = 'ours' | 'another' | 'nothing' | 'failed';

/** A secret that may be on the clipboard. */
interface Held {
  readonly text: KnownText;
  readonly timer: NodeJS.Timeout;
  readonly endsAtMs: number;
  readonly keepMs: number;
  /** Settles once it was put there, or could not be. */
  readonly written: Promise<void>;
  /** The taking away, once it has begun. */
  forgetting: Promise<void> | null;
}

/** Puts texts on the clipboard; takes secrets away again after some seconds, if they are still what is there. */
export class ForgettingClipboard {
  readonly #deps: ForgettingClipboardDeps;
  #state: ClipboardState = 'idle';
  #held: Held | null = null;
  /** Of the last write. They go one after another, so that what is there in the end is what was put there last. */
  #written: Promise<void> = Promise.resolve();

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
    const writing = this.#written.then(() => adapter.write(text, { isSecret }));
    this.#written = writing.catch(() => undefined);
    // Before the write: whatever happens meanwhile, a secret that arrives there is known.
    if (isSecret) {
      const keepMs = secondsToKeep() * 1000;
      const timer = setTimeout(() => void this.forget(), keepMs);
      this.#drop('holding');
      const endsAtMs = nowMs() + keepMs;
      this.#held = { text: remember(text), timer, endsAtMs, keepMs, written: this.#written, forgetting: null };
    }
    const held = this.#held;
    await writing;
    // A secret that was put there during the write is not the one that this text replaced.
    if (!isSecret && held !== null && this.#held === held) this.#drop('idle');
    this.#deps.onChange();
  }

  /** Takes the secret away now, unless something else took its place. Never throws. */
  async forget(): Promise<void> {
    const held = this.#held;
    if (held === null) return;
    held.forgetting ??= this.#takeAway(held);
    await held.forgetting;
  }

  async #takeAway(held: Held): Promise<void> {
    // Else it would arrive after it was looked for, and stay.
    await held.written;
    let seen: Seen = 'failed';
    let wasOurs = false;
    for (let tries = 0; tries < mostTries; tries++) {
      if (tries > 0) await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
      seen = await this.#look(held);
      if (seen === 'ours') {
        wasOurs = true;
        seen = await this.#clear(held);
      }
      // Another text was put there while this one was looked for.
      if (this.#held !== held) return;
      if (seen === 'another' || (seen === 'nothing' && wasOurs)) break;
    }
    const isThere = seen === 'ours' || seen === 'failed';
    if (isThere) this.#drop('failed');
    else this.#drop(wasOurs ? 'cleared' : 'left-alone');
    this.#deps.onChange();
  }

  async #look(held: Held): Promise<Seen> {
    try {
      const text = await this.#deps.adapter.read();
      if (text === '') return 'nothing';
      return held.text.is(text) ? 'ours' : 'another';
    } catch {
      return 'failed';
    }
  }

  /** Also looks whether it is gone: a system that does not let it be cleared says nothing. */
  async #clear(held: Held): Promise<Seen> {
    if (this.#held !== held) return 'another';
    try {
      await this.#deps.adapter.clear();
    } catch {
      return 'failed';
    }
    return this.#look(held);
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
