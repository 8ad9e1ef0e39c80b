import { say } from '../../preload/words/say';
import type { CofferApi } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { Answer, ExportDestination, ExportFormat, ExportOption, ExportOutcome, RecordDetail } from './types';

type Written = Extract<ExportOutcome, { outcome: 'written' }>;

/** The export of one record: which format, under which passphrase, to where. */
export class ExportForm {
  /** Ways to export this record. */
  readonly options: readonly ExportOption[];
  /** The chosen one. */
  format = $state<ExportFormat>('public');
  /** Empty for none; emptied by every export. */
  passphrase = $state('');
  /** The passphrase once more. */
  repeat = $state('');
  /** Comment of the file, where the format takes one. */
  comment = $state('');
  /** Values of the option's own fields, by name. */
  values = $state<Record<string, string>>({});
  /** One of the option's destinations. */
  destination = $state<ExportDestination>('dialog');
  /** True while the file is made. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  /** The file that was written; null before. */
  written = $state.raw<Written | null>(null);
  /** True once it was copied instead. */
  isCopied = $state(false);
  readonly #api: CofferApi;
  readonly #recordId: string;

  constructor(api: CofferApi, record: RecordDetail) {
    this.#api = api;
    this.#recordId = record.id;
    this.options = record.exports;
    this.format = record.exports[0]?.format ?? 'public';
    this.comment = record.values['comment'] ?? '';
    this.choose(this.format);
  }

  /**
   * Chooses a format; the place and the values go back to what is usual for it.
   *
   * @param format - One of the options'.
   */
  choose(format: ExportFormat): void {
    if (!this.options.some((option) => option.format === format)) return;
    this.format = format;
    this.destination = this.option?.destinations[0] ?? 'dialog';
    this.values = Object.fromEntries(
      (this.option?.fields ?? []).map(({ name, choices }) => [name, choices[0]?.value ?? '']),
    );
  }

  /** The chosen way to export; null if the record has none. */
  get option(): ExportOption | null {
    return this.options.find(({ format }) => format === this.format) ?? null;
  }

  /**
   * Writes the file; the system asks first if one is in the way. Empties the passphrase and wipes its bytes.
   *
   * @returns True if the file was written, or the text copied.
   */
  async submit(): Promise<boolean> {
    const option = this.option;
    if (this.isBusy || option === null) return false;
    this.failure = null;
    if (option.passphrase === 'required' && this.passphrase === '') {
      this.failure = say('export.passphrase-needed');
      return false;
    }
    if (option.passphrase !== 'none' && this.passphrase !== this.repeat) {
      this.failure = say('export.passphrases-differ');
      return false;
    }
    const passphrase = option.passphrase !== 'none' && this.passphrase !== '' ? this.passphrase : null;
    const values = { ...this.values };
    const comment = option.takesComment ? this.comment : '';
    const { format, destination } = this;
    const id = this.#recordId;
    return this.#run(() =>
      withPasswordBytes(passphrase, (bytes) =>
        ask(() => this.#api.export.run({ id, format, passphrase: bytes, comment, destination, values })),
      ),
    );
  }

  /** Starts over with another format. */
  again(): void {
    this.written = null;
    this.isCopied = false;
    this.failure = null;
  }

  async #run(call: () => Promise<Answer<ExportOutcome>>): Promise<boolean> {
    this.isBusy = true;
    const answer = await call();
    this.isBusy = false;
    if (!answer.ok) {
      this.failure = sentenceOf(answer.error);
      return false;
    }
    const outcome = answer.value;
    if (outcome.outcome === 'cancelled') return false;
    this.passphrase = '';
    this.repeat = '';
    if (outcome.outcome === 'copied') this.isCopied = true;
    else this.written = outcome;
    return true;
  }
}
