/** What happens around Coffer that may be a reason to lock, besides the time without use. */
export type LockReason = 'screen-lock' | 'suspend' | 'user-switch' | 'last-window-closed' | 'shutdown';

/** Which reasons count. Shutting down always does. */
export interface LockChoices {
  readonly lockOnScreenLock: boolean;
  readonly lockOnSuspend: boolean;
  readonly lockOnUserSwitch: boolean;
  readonly lockOnLastWindowClosed: boolean;
}

/** What locking rests on. */
export interface AutoLockDeps {
  /** Null while nothing is open; a vault that is being opened must not stay open, then. */
  readonly choices: () => LockChoices | null;
  readonly lock: () => void;
  /** For when the computer sleeps while the vault may stay open. */
  readonly forgetClipboard: () => void;
}

const choiceFor = {
  'screen-lock': 'lockOnScreenLock',
  suspend: 'lockOnSuspend',
  'user-switch': 'lockOnUserSwitch',
  'last-window-closed': 'lockOnLastWindowClosed',
} as const satisfies Record<Exclude<LockReason, 'shutdown'>, keyof LockChoices>;

/** Makes the one that takes note of reasons, and locks for those that count. */
export function makeAutoLock(deps: AutoLockDeps): (reason: LockReason) => void {
  const counts = (reason: LockReason) => {
    try {
      const choices = deps.choices();
      return reason === 'shutdown' || choices === null || choices[choiceFor[reason]];
    } catch {
      return true; // a lock that fails must fail shut
    }
  };
  return (reason) => {
    if (reason === 'suspend') deps.forgetClipboard();
    if (counts(reason)) deps.lock();
  };
}
