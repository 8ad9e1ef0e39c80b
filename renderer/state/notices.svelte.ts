/** A short message that goes by itself. */
export interface Notice {
  readonly id: number;
  readonly text: string;
  readonly tone: 'plain' | 'failure';
  /** Something to do about it, such as Undo. */
  readonly action: { readonly label: string; readonly run: () => void } | null;
}

const showForMs = 5000;
const showWithActionForMs = 10_000;

/** Messages at the edge of the window ("Copied"); read out by screen readers. */
export class Notices {
  /** Oldest first; at most three, of which one is a plain one without action. */
  items = $state.raw<readonly Notice[]>([]);
  #timers: readonly { readonly id: number; readonly timer: ReturnType<typeof setTimeout> }[] = [];
  #nextId = 1;

  /**
   * Shows a message for some seconds.
   *
   * @param text - Plain sentence without secrets.
   * @param options - `tone` failure is read out at once; `action` is a button beside the text.
   * @returns Its id, for {@link dismiss}.
   */
  show(text: string, options: { tone?: Notice['tone']; action?: Notice['action'] } = {}): number {
    const notice: Notice = { id: this.#nextId++, text, tone: options.tone ?? 'plain', action: options.action ?? null };
    const replaced = this.items.filter((old) => old.tone === 'plain' && old.action === null);
    for (const old of [...replaced, ...this.items.slice(0, -2)]) this.dismiss(old.id);
    this.items = [...this.items, notice];
    this.resume(notice.id);
    return notice.id;
  }

  /**
   * Takes a message away.
   *
   * @param id - Of the notice; unknown ones are ignored.
   */
  dismiss(id: number): void {
    this.pause(id);
    this.items = this.items.filter((notice) => notice.id !== id);
  }

  /**
   * Keeps a message while the pointer or the focus is on it.
   *
   * @param id - Of the notice.
   */
  pause(id: number): void {
    for (const running of this.#timers) if (running.id === id) clearTimeout(running.timer);
    this.#timers = this.#timers.filter((running) => running.id !== id);
  }

  /**
   * Lets a message go after its time, counted from now.
   *
   * @param id - Of the notice; unknown ones are ignored.
   */
  resume(id: number): void {
    const notice = this.items.find((item) => item.id === id);
    if (notice === undefined) return;
    this.pause(id);
    const forMs = notice.action === null ? showForMs : showWithActionForMs;
    const timer = setTimeout(() => this.dismiss(id), forMs);
    this.#timers = [...this.#timers, { id, timer }];
  }
}
