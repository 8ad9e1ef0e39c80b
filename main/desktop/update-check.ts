import { say } from '../../preload/words/say';
import { CofferError } from '../errors';

const pollMs = 60 * 60_000;
const dayMs = 24 * 60 * 60 * 1000;
const maxManifestBytes = 16 * 1024;
/** Signed along, so that the key's signatures under anything else count for nothing here. */
const purpose = 'coffer release 1\n';
const versionPattern = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})$/;

/** What the check rests on. */
export interface UpdateCheckDeps {
  /** The network; Electron's `net.fetch`. */
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly manifestUrl: string;
  /** Whether the release key signed these bytes. */
  readonly isSigned: (message: Uint8Array, signature: Uint8Array) => boolean;
  /** As in package.json. */
  readonly currentVersion: string;
  readonly choice: {
    readonly current: { readonly isOn: boolean; readonly triedAtMs: number };
    update(changes: { triedAtMs: number }): Promise<void>;
  };
  readonly nowMs: () => number;
  readonly timeoutMs: number;
}

/**
 * Asks once a day at most whether there is a newer version, and downloads nothing but a short signed note. Whoever runs the host, or sits
 * on the way, learns that somebody at this address uses Coffer; they can keep quiet about a version, and can't make one up.
 */
export class UpdateCheck {
  readonly #deps: UpdateCheckDeps;
  #newVersion: string | null = null;

  constructor(deps: UpdateCheckDeps) {
    this.#deps = deps;
  }

  /** The newer version that the last check found; null for none. */
  get newVersion(): string | null {
    return this.#newVersion;
  }

  /**
   * Asks if that is turned on and due.
   *
   * @returns False if it was not due.
   * @throws CofferError `io-failed` if there was no answer in time, or none that counts. Tried again tomorrow.
   */
  async checkIfDue(): Promise<boolean> {
    const { choice, nowMs, currentVersion } = this.#deps;
    const sinceMs = nowMs() - choice.current.triedAtMs;
    // A date in the future is a clock that was wrong.
    if (!choice.current.isOn || (sinceMs >= 0 && sinceMs < dayMs)) return false;
    // Before the attempt: a host that fails is asked no more often.
    await choice.update({ triedAtMs: nowMs() });
    const version = this.#versionIn(await this.#fetchManifest());
    this.#newVersion = isNewer(version, currentVersion) ? version : null;
    return true;
  }

  async #fetchManifest(): Promise<string> {
    const { fetch, manifestUrl, timeoutMs } = this.#deps;
    const aborting = new AbortController();
    const timer = setTimeout(() => aborting.abort(), timeoutMs);
    try {
      const response = await fetch(manifestUrl, {
        signal: aborting.signal,
        redirect: 'error',
        credentials: 'omit',
        cache: 'no-store',
        headers: { 'user-agent': 'Coffer', 'accept-language': 'en' },
      });
      if (response.status !== 200) throw new Error(`status ${response.status}`);
      return await textOf(response);
    } catch (error) {
      aborting.abort();
      throw new CofferError('io-failed', say('main-desktop.updates-the-release-host-gave-no-usable-answer'), {
        cause: error,
      });
    } finally {
      clearTimeout(timer);
    }
  }

  #versionIn(manifest: string): string {
    const refusal = new CofferError('io-failed', say('main-desktop.updates-the-answer-is-not-signed-by-the'));
    const { payload, signature } = fieldsOf(manifest);
    if (payload === null || signature === null) throw refusal;
    const message = Buffer.from(purpose + payload, 'utf8');
    if (!this.#deps.isSigned(message, Buffer.from(signature, 'base64'))) throw refusal;
    const { version } = fieldsOf(payload);
    if (version === null || !versionPattern.test(version)) throw refusal;
    return version;
  }
}

async function textOf(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    length += part.value.length;
    if (length > maxManifestBytes) throw new Error('too long');
    parts.push(part.value);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The texts of a JSON object that count here; null for what is missing or something else. */
function fieldsOf(json: string) {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    parsed = null;
  }
  const members: Partial<Record<string, unknown>> = typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  const textAt = (name: string) => (typeof members[name] === 'string' ? members[name] : null);
  return { payload: textAt('payload'), signature: textAt('signature'), version: textAt('version') };
}

function isNewer(version: string, than: string): boolean {
  const numbers = (text: string) => text.split(/[.-]/).slice(0, 3).map(Number);
  const [theirs, ours] = [numbers(version), numbers(than)];
  const differing = theirs.findIndex((number, n) => number !== ours[n]);
  return differing !== -1 && (theirs[differing] ?? 0) > (ours[differing] ?? 0);
}

/** Looks now, and then each hour whether the day's check is due, for as long as the app runs. */
export function keepChecking(
  updates: UpdateCheck,
  { onChecked, onFailure }: { readonly onChecked: () => void; readonly onFailure: () => void },
): void {
  const check = () =>
    void updates.checkIfDue().then((isChecked) => {
      if (isChecked) onChecked();
    }, onFailure);
  check();
  setInterval(check, pollMs);
}
