/** What the idle lock rests on. */
export interface IdleLockDeps {
  /** Seconds since the last key or pointer event of the whole system. */
  readonly idleSeconds: () => number;
  /** Minutes after which to lock; null while there is nothing to lock. */
  readonly lockAfterMinutes: () => number | null;
  readonly lock: () => void;
}

const pollMs = 5000;

/** Locks after some minutes without a key or pointer event. */
export class IdleLock {
  readonly #deps: IdleLockDeps;
  #timer: NodeJS.Timeout | null = null;

  constructor(deps: IdleLockDeps) {
    this.#deps = deps;
  }

  /** Begins to watch. */
  start(): void {
    this.#timer ??= setInterval(() => this.poll(), pollMs);
  }

  /** Ends watching. */
  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Looks once, and locks if it is time; also if that cannot be found out. */
  poll(): void {
    if (this.#isTime()) this.#deps.lock();
  }

  #isTime(): boolean {
    try {
      const minutes = this.#deps.lockAfterMinutes();
      return minutes !== null && this.#deps.idleSeconds() >= minutes * 60;
    } catch {
      return true; // a lock that fails must fail shut
    }
  }
}
