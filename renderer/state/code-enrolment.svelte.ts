import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { type QrPath, qrPath } from './qr-path';
import { sentenceOf } from './sentence';
import { codeObjection, withoutSeparators } from './typed-codes';

/**
 * A new secret for an authenticator app, and the two codes that prove that the app has it.
 *
 * Accepted: the secret is text and a drawing in this page while it is shown, and JavaScript strings cannot be wiped; it is
 * dropped by {@link clear}, and locking destroys the page.
 */
export class CodeEnrolment {
  /** The secret in groups of four, to be typed; empty before {@link begin}. */
  groups = $state.raw<readonly string[]>([]);
  /** The same as a QR code; null before {@link begin}. */
  qr = $state.raw<QrPath | null>(null);
  /** The code that the app shows now; emptied by every try. */
  first = $state('');
  /** The one that follows it; emptied by every try. */
  second = $state('');
  /** True once the main process took both. */
  isProved = $state(false);
  /** True while an answer is waited for. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Asks for a secret, unless there is one already. Wipes the bytes it came as. */
  async begin(): Promise<void> {
    if (this.isBusy || this.qr !== null || this.isProved) return;
    this.isBusy = true;
    const answer = await ask(() => this.#api.ways.beginCodes({}));
    this.isBusy = false;
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return;
    }
    const { secretText, uri } = answer.value;
    this.failure = null;
    this.groups = withoutSeparators(new TextDecoder().decode(secretText)).match(/.{1,4}/g) ?? [];
    this.qr = qrPath(new TextDecoder().decode(uri));
    secretText.fill(0);
    uri.fill(0);
  }

  /**
   * Sends the two codes. Once they are taken the secret is dropped here.
   *
   * @returns True if the app is proved to have the secret.
   */
  async prove(): Promise<boolean> {
    if (this.isProved) return true;
    if (this.isBusy) return false;
    this.failure = codeObjection(this.first) ?? codeObjection(this.second);
    if (this.failure !== null) return false;
    this.isBusy = true;
    const [one, two] = [withoutSeparators(this.first), withoutSeparators(this.second)];
    const answer = await withPasswordBytes(one, (first) =>
      withPasswordBytes(two, (second) => ask(() => this.#api.ways.proveCodes({ first, second }))),
    );
    this.isBusy = false;
    this.first = '';
    this.second = '';
    if (answer.ok) this.clear();
    else this.failure = sentenceOf(answer.error);
    this.isProved = answer.ok;
    return answer.ok;
  }

  /** Drops the secret and what was typed. */
  clear(): void {
    this.groups = [];
    this.qr = null;
    this.first = '';
    this.second = '';
    this.isProved = false;
    this.failure = null;
  }
}
