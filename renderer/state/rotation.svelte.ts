import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, RecordDetail } from './types';

type Known = NonNullable<ResponseOf<'access-key:rotation'>>;
/** A step of a rotation that the user did at AWS. */
export type Step = Known['next'][number];

/** The change from one access key to the next, with the form for the new one. */
export class Rotation {
  /** Null: none was begun. */
  known = $state.raw<Known | null>(null);
  /** True while the form for the new key is shown. */
  isBeginning = $state(false);
  /** ID of the new key, as typed. */
  accessKeyId = $state('');
  /** Its secret, as typed; emptied once it was kept. */
  secret = $state('');
  /** True while something is under way. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  readonly #id: string;

  constructor(api: CofferApi, id: string) {
    this.#api = api;
    this.#id = id;
  }

  /** Asks for what was recorded. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.accessKey.rotation({ id: this.#id }));
    if (answer.ok) this.known = answer.value;
    else this.failure = sentenceOf(answer.error);
  }

  /** Shows the form for the new key, unless a rotation was begun already. */
  async offerToBegin(): Promise<void> {
    await this.load();
    this.isBeginning = this.known === null && this.failure === null;
  }

  /**
   * Keeps the new key and begins.
   *
   * @returns The old key's detail; null if it was refused, with the reason in `failure`.
   */
  async begin(): Promise<RecordDetail | null> {
    const accessKeyId = this.accessKeyId.trim();
    const detail = await this.#run(() =>
      withPasswordBytes(this.secret.trim(), (secretAccessKey) =>
        ask(() => this.#api.accessKey.beginRotation({ id: this.#id, accessKeyId, secretAccessKey })),
      ),
    );
    if (detail !== null) this.cancel();
    return detail;
  }

  /** Records a step. Null if it was refused. */
  record(step: Step): Promise<RecordDetail | null> {
    return this.#run(() => ask(() => this.#api.accessKey.recordStep({ id: this.#id, step })));
  }

  /** Forgets the steps; both keys stay. */
  end(): Promise<RecordDetail | null> {
    return this.#run(() => ask(() => this.#api.accessKey.endRotation({ id: this.#id })));
  }

  /** Closes the form and empties it. */
  cancel(): void {
    this.isBeginning = false;
    this.accessKeyId = '';
    this.secret = '';
    this.failure = null;
  }

  async #run(act: () => Promise<Answer<RecordDetail>>): Promise<RecordDetail | null> {
    if (this.isBusy) return null;
    this.isBusy = true;
    this.failure = null;
    try {
      const answer = await act();
      if (answer.ok) return answer.value;
      this.failure = sentenceOf(answer.error);
      return null;
    } finally {
      this.isBusy = false;
    }
  }
}
