import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { KeyPairLabels } from './key-pair-labels.svelte';
import { sentenceOf } from './sentence';
import type { RecordDetail } from './types';

/** The form that takes in a private key from a file or from pasted text. */
export class ImportKey {
  /** Name, Region and so on. */
  readonly labels = new KeyPairLabels();
  /** Where the key comes from. */
  source = $state<'file' | 'paste'>('file');
  /** Name of the picked file; its bytes stay in the main process. Null until one is picked. */
  fileName = $state<string | null>(null);
  /** Pasted PEM text; emptied as soon as it was imported. */
  pasted = $state('');
  /** True once the key turned out to be encrypted. */
  needsPassphrase = $state(false);
  /** Passphrase of the key; emptied by every try. */
  passphrase = $state('');
  /** True while the key is read. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Lets the user pick a file; its name becomes the title if there is none yet. */
  async pickFile(): Promise<void> {
    this.failure = null;
    const answer = await ask(() => this.#api.keyPair.pickFile({}));
    if (!answer.ok) this.failure = sentenceOf(answer.error);
    else if (answer.value !== null) {
      this.fileName = answer.value.fileName;
      this.#forgetPassphrase();
      if (this.labels.title === '') this.labels.typeTitle(titleFrom(answer.value.fileName));
    }
  }

  /**
   * Takes another source; a passphrase belongs to the key before.
   *
   * @param source - File or pasted text.
   */
  use(source: 'file' | 'paste'): void {
    this.source = source;
    this.failure = null;
    this.#forgetPassphrase();
  }

  /**
   * Imports the key. Wipes the bytes of pasted text and passphrase.
   *
   * @returns The new record; null if it was refused or a passphrase is needed first.
   */
  async submit(): Promise<RecordDetail | null> {
    if (this.isBusy) return null;
    this.failure = this.#objection();
    if (this.failure !== null) return null;
    this.isBusy = true;
    const answer = await this.#import();
    this.passphrase = '';
    this.isBusy = false;
    if (answer.ok) {
      this.pasted = '';
      return answer.value;
    }
    if (answer.error.code === 'passphrase-needed') this.needsPassphrase = true;
    this.failure = sentenceOf(answer.error);
    return null;
  }

  #import() {
    const pasted = this.source === 'paste' ? this.pasted : null;
    const passphrase = this.needsPassphrase && this.passphrase !== '' ? this.passphrase : null;
    return withPasswordBytes(pasted, (pastedBytes) =>
      withPasswordBytes(passphrase, (passphraseBytes) =>
        ask(() =>
          this.#api.keyPair.import({ pasted: pastedBytes, passphrase: passphraseBytes, ...this.labels.toRequest() }),
        ),
      ),
    );
  }

  #objection(): string | null {
    if (this.source === 'file' && this.fileName === null) return 'Choose the file of the private key.';
    if (this.source === 'paste' && this.pasted === '') return 'Paste the private key.';
    if (this.needsPassphrase && this.passphrase === '') return 'Type the passphrase of this key.';
    return this.labels.objection();
  }

  #forgetPassphrase(): void {
    this.needsPassphrase = false;
    this.passphrase = '';
  }
}

function titleFrom(fileName: string): string {
  return fileName.replace(/\.(pem|key|ppk|txt)$/i, '') || fileName;
}
