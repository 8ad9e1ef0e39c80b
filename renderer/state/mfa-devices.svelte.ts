import { say } from '../../preload/words/say';
import type { CofferApi, RequestOf, ResponseOf } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { EarlierVersions } from './earlier-versions.svelte';
import { sentenceOf } from './sentence';
import type { Answer, RecordDetail } from './types';

/** An MFA device without its secret. */
export type MfaDevice = ResponseOf<'sign-in:devices'>[number];
/** Where a virtual device's secret comes from. */
export type CodeSource = 'text' | 'file' | 'clipboard';

/** The MFA devices of one sign-in, and the form that adds one. */
export class MfaDevices {
  /** In the order in which they were added. */
  devices = $state.raw<readonly MfaDevice[]>([]);
  /** True while the form is shown. */
  isAdding = $state(false);
  /** Kind of the new device. */
  type = $state<MfaDevice['type']>('virtual');
  /** Name that IAM knows the device by. */
  name = $state('');
  /** Serial number of a hardware device. */
  serial = $state('');
  /** Where the secret comes from. */
  source = $state<CodeSource>('text');
  /** Secret or otpauth text as typed; emptied once it was kept. */
  text = $state('');
  /** What the chosen picture says; null until one was read. */
  picture = $state.raw<{ readonly issuer: string; readonly label: string } | null>(null);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;
  readonly #id: string;

  constructor(api: CofferApi, id: string) {
    this.#api = api;
    this.#id = id;
  }

  /** Asks for the devices. */
  async load(): Promise<void> {
    const answer = await ask(() => this.#api.signIn.devices({ id: this.#id }));
    if (answer.ok) this.devices = answer.value;
    else this.failure = sentenceOf(answer.error);
  }

  /** Opens a picture, or takes the one on the clipboard. */
  async readPicture(source: 'file' | 'clipboard'): Promise<void> {
    this.failure = null;
    const answer: Answer<ResponseOf<'sign-in:pick-picture'>> = await ask(() =>
      source === 'file' ? this.#api.signIn.pickPicture({}) : this.#api.signIn.pastePicture({}),
    );
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else if (answer.value !== null) {
      this.picture = answer.value;
      if (this.name === '') this.name = nameFrom(answer.value.label);
    }
  }

  /**
   * Keeps the new device; the form closes if that worked.
   *
   * @returns The changed sign-in; null if it was refused.
   */
  async add(): Promise<RecordDetail | null> {
    this.failure = null;
    // What the main process still holds may be of another form, closed without it.
    if (this.type === 'virtual' && this.source !== 'text' && this.picture === null) {
      this.failure = say('sign-in.read-the-picture-first');
      return null;
    }
    const answer = this.type === 'hardware' ? await this.#addHardware() : await this.#addVirtual();
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return null;
    }
    this.picture = null;
    this.close();
    await this.load();
    return answer.value;
  }

  /**
   * Takes a device away.
   *
   * @param device - Its id.
   * @returns The changed sign-in; null if it was refused.
   */
  async remove(device: string): Promise<RecordDetail | null> {
    this.failure = null;
    const answer = await ask(() => this.#api.signIn.removeDevice({ id: this.#id, device }));
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return null;
    }
    await this.load();
    return answer.value;
  }

  /**
   * Brings a removed device back, from the version that its removal made.
   *
   * @param removed - The sign-in right after {@link remove}.
   * @returns The sign-in of now; refused if it was changed since.
   */
  undoRemoval(removed: RecordDetail): Promise<Answer<RecordDetail>> {
    return new EarlierVersions(this.#api, this.#id).undo(removed);
  }

  /** Closes the form and forgets what was typed, and the secret of a picture that was not used. */
  close(): void {
    if (this.picture !== null) void ask(() => this.#api.signIn.forgetPicture({}));
    this.isAdding = false;
    this.name = '';
    this.serial = '';
    this.text = '';
    this.picture = null;
    this.failure = null;
  }

  #addHardware(): Promise<Answer<RecordDetail>> {
    const { name, serial } = this;
    return ask(() => this.#api.signIn.addHardware({ id: this.#id, name, serial }));
  }

  #addVirtual(): Promise<Answer<RecordDetail>> {
    const request: Omit<RequestOf<'sign-in:add-virtual'>, 'text'> = { id: this.#id, name: this.name };
    return withPasswordBytes(this.source === 'text' ? this.text : null, (text) =>
      ask(() => this.#api.signIn.addVirtual({ ...request, text })),
    );
  }
}

/** A name as IAM takes it, from what a picture says. */
function nameFrom(label: string): string {
  return label
    .replace(/^.*:/, '')
    .trim()
    .replace(/[^\w+=,.@-]+/g, '-');
}
