import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

/** What a security key is asked for. All bytes stay the caller's. */
export interface SecurityKeyQuestion {
  /** `enrol` makes a credential, `evaluate` uses the one named. */
  readonly kind: 'enrol' | 'evaluate';
  /** Shown to the user. */
  readonly vaultName: string;
  /** Null to make one. */
  readonly credentialId: Uint8Array | null;
  /** 32 bytes: the input of the key's pseudo-random function. */
  readonly prfSalt: Uint8Array;
  readonly challenge: Uint8Array;
  readonly userId: Uint8Array;
}

/** What the window says that it found. */
export type SecurityKeyReport =
  | {
      readonly outcome: 'done';
      readonly credentialId: Uint8Array;
      readonly first: Uint8Array;
      readonly second: Uint8Array | null;
    }
  | { readonly outcome: 'failed'; readonly reason: 'not-supported' | 'cancelled' | 'failed' };

/** What a security key gave; the caller wipes it. */
export interface SecurityKeyAnswer {
  readonly credentialId: Uint8Array;
  /** 32 bytes. */
  readonly first: Uint8Array;
  /** The same again at enrolment; else possibly null. */
  readonly second: Uint8Array | null;
}

/** The part of a window for one step that a prompt needs. */
export interface PromptWindow {
  open(): void;
  close(): void;
  onClosed(tell: () => void): void;
}

const prfOutputBytes = 32;
/** WebAuthn Level 3, section 4, "Credential ID": at most 1023 bytes. */
const maxCredentialIdBytes = 1023;

interface Running {
  readonly question: SecurityKeyQuestion;
  readonly settle: (outcome: SecurityKeyAnswer | CofferError) => void;
  /** True from the outcome on until the window is closed. */
  isSettled: boolean;
}

/** Asks the user's security key, in a window of its own. One question at a time. */
export class SecurityKeyPrompt {
  readonly #window: PromptWindow;
  #running: Running | null = null;

  constructor(window: PromptWindow) {
    this.#window = window;
    window.onClosed(() => this.#settle(cancelled));
  }

  /**
   * Opens the window, waits for its report and closes it.
   *
   * @param question - Copied; the copy is wiped at the end.
   * @param signal - Aborted when nobody waits for the answer any more, as at locking.
   * @returns What the caller wipes.
   * @throws CofferError `busy` while another question is open; `cancelled` by the user or the signal; `not-supported` where this
   * system or this key can't; `io-failed` for any other failure; `bad-request` for a salt that is not 32 bytes.
   */
  async ask(question: SecurityKeyQuestion, signal: AbortSignal): Promise<SecurityKeyAnswer> {
    if (this.#running !== null)
      throw new CofferError('busy', say('main-desktop.security-key-coffer-is-asking-for-it-already'));
    if (signal.aborted) throw cancelled();
    if (question.prfSalt.length !== prfOutputBytes) {
      throw new CofferError(
        'bad-request',
        say('main-desktop.salt-of-the-security-key-expected-bytes', { prfOutputBytes }),
      );
    }
    const held = copyOf(question);
    const abort = () => this.#settle(cancelled);
    try {
      return await new Promise<SecurityKeyAnswer>((resolve, reject) => {
        const settle = (outcome: SecurityKeyAnswer | CofferError) =>
          outcome instanceof CofferError ? reject(outcome) : resolve(outcome);
        this.#running = { question: held, settle, isSettled: false };
        signal.addEventListener('abort', abort, { once: true });
        this.#window.open();
      });
    } finally {
      signal.removeEventListener('abort', abort);
      this.#running = null;
      this.#window.close();
      for (const bytes of [held.credentialId, held.prfSalt, held.challenge, held.userId]) bytes?.fill(0);
    }
  }

  /**
   * What the window has to do.
   *
   * @returns Copies, which the caller wipes.
   * @throws CofferError `cancelled` if nothing is asked any more.
   */
  task(): SecurityKeyQuestion {
    return copyOf(this.#open().question);
  }

  /**
   * Takes what the window found; the question ends by it.
   *
   * @param report - Stays the caller's, who wipes it.
   * @throws CofferError `cancelled` if nothing is asked any more. What is wrong with the report goes to who asked.
   */
  report(report: SecurityKeyReport): void {
    const { question } = this.#open();
    this.#settle(() => {
      if (report.outcome === 'failed') return failureOf(report.reason);
      const { credentialId, first, second } = report;
      const problem = problemOf(question, report);
      if (problem !== null) return problem;
      return { credentialId: copy(credentialId), first: copy(first), second: second === null ? null : copy(second) };
    });
  }

  /** The first outcome counts; what is made for it has somebody to wipe it. */
  #settle(makeOutcome: () => SecurityKeyAnswer | CofferError): void {
    const running = this.#running;
    if (running === null || running.isSettled) return;
    running.isSettled = true;
    running.settle(makeOutcome());
  }

  #open(): Running {
    if (this.#running === null || this.#running.isSettled) throw cancelled();
    return this.#running;
  }
}

function problemOf(
  { kind, credentialId: asked }: SecurityKeyQuestion,
  { credentialId, first, second }: SecurityKeyAnswer,
): CofferError | null {
  if (credentialId.length === 0 || credentialId.length > maxCredentialIdBytes) {
    return new CofferError(
      'io-failed',
      say('main-desktop.credential-id-expected-1-to-bytes', { maxCredentialIdBytes }),
    );
  }
  if (asked !== null && !isEqual(asked, credentialId)) {
    return new CofferError('io-failed', say('main-desktop.security-key-another-key-answered-than-the-one'));
  }
  const needsSecond = kind === 'enrol';
  const isWhole =
    first.length === prfOutputBytes && (second === null ? !needsSecond : second.length === prfOutputBytes);
  if (!isWhole) return failureOf('not-supported');
  if (second !== null && !isEqual(first, second)) {
    return new CofferError('not-supported', say('main-desktop.security-key-your-key-gave-two-different-answers'));
  }
  return null;
}

function failureOf(reason: 'not-supported' | 'cancelled' | 'failed'): CofferError {
  if (reason === 'cancelled') return cancelled();
  if (reason === 'failed')
    return new CofferError('io-failed', say('main-desktop.security-key-it-did-not-answer-try-again'));
  return new CofferError('not-supported', say('main-desktop.security-key-this-system-or-this-key-cannot'));
}

function cancelled(): CofferError {
  return new CofferError('cancelled', say('main-desktop.security-key-it-was-not-asked-to-the'));
}

function copyOf({ kind, vaultName, credentialId, prfSalt, challenge, userId }: SecurityKeyQuestion) {
  return {
    kind,
    vaultName,
    credentialId: credentialId === null ? null : copy(credentialId),
    prfSalt: copy(prfSalt),
    challenge: copy(challenge),
    userId: copy(userId),
  };
}

/** Never a view, which `slice` of a Buffer would be. */
function copy(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes);
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (const [at, byte] of one.entries()) difference |= byte ^ (other[at] ?? 0);
  return difference === 0;
}
