import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask } from './answer';
import { sentenceOf } from './sentence';
import type { SecurityKeyReport, SecurityKeyTask } from './types';

type Reason = Extract<SecurityKeyReport, { outcome: 'failed' }>['reason'];
/** The part of `navigator.credentials` that is used here. */
export type SecurityKeys = Pick<CredentialsContainer, 'create' | 'get'>;

const relyingParty = { id: 'coffer.localhost', name: 'Coffer' } as const;
const timeoutMs = 60_000;
/** COSE numbers of ES256, RS256 and EdDSA: which of them the key uses does not matter, only its PRF counts. */
const algorithms = [-7, -257, -8] as const;

const sentences: Readonly<Record<Reason, string>> = {
  'not-supported': say('security-key.this-system-or-this-security-key'),
  cancelled: say('security-key.no-security-key-was-touched'),
  failed: say('security-key.the-security-key-did-not-answer'),
};

class Unusable extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason);
    this.reason = reason;
  }
}

/** The window that asks a security key for a secret (WebAuthn level 3 §10.1.4, the `prf` extension). */
export class SecurityKeyWindow {
  /** Null before the first answer. */
  task = $state.raw<SecurityKeyTask | null>(null);
  /** How often the key was touched so far. */
  touches = $state(0);
  /** True while a key is waited for. */
  isWaiting = $state(false);
  /** True once the result was handed over. */
  isDone = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  readonly #keys: SecurityKeys | undefined;
  #abort = new AbortController();
  #reason: Reason = 'cancelled';

  /**
   * Makes the window's state.
   *
   * @param api - The bridge.
   * @param keys - `navigator.credentials`; undefined where the system has none.
   */
  constructor(api: CofferApi, keys: SecurityKeys | undefined) {
    this.#api = api;
    this.#keys = keys;
  }

  /** How often the key has to be touched: once to evaluate, three times to enrol. */
  get touchesNeeded(): number {
    return this.task?.kind === 'enrol' ? 3 : 1;
  }

  /** Asks for the task and does it. */
  async start(): Promise<void> {
    const answer = await ask(() => this.#api.securityKey.task({}));
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return;
    }
    this.task = answer.value;
    await this.retry();
  }

  /** Asks the key; on failure the window stays and says why. */
  async retry(): Promise<void> {
    const { task } = this;
    if (task === null || this.isWaiting) return;
    this.#abort = new AbortController();
    this.isWaiting = true;
    this.touches = 0;
    this.failure = null;
    try {
      const report = await this.#evaluate(task);
      await this.#report(report);
      report.first.fill(0);
      report.second?.fill(0);
    } catch (error) {
      this.#reason = reasonOf(error);
      this.failure = sentences[this.#reason];
    } finally {
      this.isWaiting = false;
    }
  }

  /** Gives up; the main process then closes the window. */
  async cancel(): Promise<void> {
    this.#abort.abort();
    await this.#report({ outcome: 'failed', reason: this.failure === null ? 'cancelled' : this.#reason });
  }

  async #report(report: SecurityKeyReport): Promise<void> {
    const answer = await ask(() => this.#api.securityKey.report(report));
    if (answer.ok) this.isDone = true;
    else this.failure = sentenceOf(answer.error);
  }

  async #evaluate(task: SecurityKeyTask) {
    if (this.#keys === undefined) throw new Unusable('not-supported');
    if (task.kind === 'evaluate') {
      if (task.credentialId === null) throw new Unusable('failed');
      const first = await this.#get(this.#keys, task, task.credentialId);
      return { outcome: 'done', credentialId: task.credentialId, first, second: null } as const;
    }
    const credentialId = await this.#create(this.#keys, task);
    const first = await this.#get(this.#keys, task, credentialId);
    const second = await this.#get(this.#keys, task, credentialId);
    return { outcome: 'done', credentialId, first, second } as const;
  }

  async #create(keys: SecurityKeys, task: SecurityKeyTask): Promise<Uint8Array> {
    const credential = await keys.create({
      signal: this.#abort.signal,
      publicKey: {
        rp: relyingParty,
        user: { id: copyOf(task.userId), name: task.vaultName, displayName: task.vaultName },
        challenge: copyOf(task.challenge),
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { residentKey: 'discouraged', userVerification: 'discouraged' },
        attestation: 'none',
        timeout: timeoutMs,
        extensions: { prf: {} },
      },
    });
    this.touches += 1;
    const made = publicKey(credential);
    if (made.getClientExtensionResults().prf?.enabled !== true) throw new Unusable('not-supported');
    return new Uint8Array(made.rawId);
  }

  async #get(keys: SecurityKeys, task: SecurityKeyTask, credentialId: Uint8Array): Promise<Uint8Array> {
    const credential = await keys.get({
      signal: this.#abort.signal,
      publicKey: {
        rpId: relyingParty.id,
        challenge: copyOf(task.challenge),
        allowCredentials: [{ type: 'public-key', id: copyOf(credentialId) }],
        userVerification: 'discouraged',
        timeout: timeoutMs,
        extensions: { prf: { eval: { first: copyOf(task.prfSalt) } } },
      },
    });
    this.touches += 1;
    const first = publicKey(credential).getClientExtensionResults().prf?.results?.first;
    if (first === undefined) throw new Unusable('not-supported');
    const bytes = ArrayBuffer.isView(first)
      ? new Uint8Array(first.buffer, first.byteOffset, first.byteLength)
      : new Uint8Array(first);
    if (bytes.length !== 32) throw new Unusable('failed');
    return bytes;
  }
}

/** What arrives over the bridge may lie on shared memory, as far as its type tells; WebAuthn asks for memory of its own. */
function copyOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes);
}

function publicKey(credential: Credential | null): PublicKeyCredential {
  if (credential?.type !== 'public-key') throw new Unusable('failed');
  return credential as PublicKeyCredential;
}

function reasonOf(error: unknown): Reason {
  if (error instanceof Unusable) return error.reason;
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'AbortError') return 'cancelled';
  return name === 'NotSupportedError' || name === 'SecurityError' ? 'not-supported' : 'failed';
}
