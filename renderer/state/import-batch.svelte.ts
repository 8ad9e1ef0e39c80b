import type { CofferApi, ResponseOf } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { Answer } from './types';

type Batch = NonNullable<ResponseOf<'import:open'>>;
/** One credential that was found, or a file that is not taken. */
export type Candidate = Batch['candidates'][number];
/** A file that the import made needless. */
export type Original = ResponseOf<'import:run'>['originals'][number];

/** Most bytes of a dropped file that are sent; larger ones are no keys. */
const maxFileBytes = 1024 * 1024;
const maxFiles = 500;

/** The import: what was found, what of it is chosen, and what can be deleted afterwards. */
export class ImportBatch {
  /** Null until files were looked at. */
  candidates = $state.raw<readonly Candidate[] | null>(null);
  /** Ids of those to be taken in. */
  chosen = $state.raw<readonly string[]>([]);
  /** Passphrases as typed, by id; each is emptied by a try. */
  passphrases = $state<Record<string, string>>({});
  /** Pasted text; emptied as soon as it was looked at. */
  pasted = $state('');
  /** True while the field for pasted text is shown. */
  isPasting = $state(false);
  /** True while files are looked at or taken in. */
  isBusy = $state(false);
  /** Sentence about what is wrong; null while nothing is. */
  failure = $state<string | null>(null);
  /** How many were taken in; null before. */
  importedCount = $state<number | null>(null);
  /** Files that may be deleted now. */
  originals = $state.raw<readonly Original[]>([]);
  /** Ids of those to be deleted; none is preselected. */
  doomed = $state.raw<readonly string[]>([]);
  /** What became of the deletion; empty before. */
  deletion = $state('');
  readonly #api: CofferApi;

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Lets the user pick files. */
  open(): Promise<void> {
    return this.#find(() => this.#api.import.open({}));
  }

  /** Looks at the usual folders. */
  look(): Promise<void> {
    return this.#find(() => this.#api.import.look({}));
  }

  /** Looks at the pasted text, and wipes its bytes. */
  async paste(): Promise<void> {
    await this.#find(() => withPasswordBytes(this.pasted, (text) => this.#api.import.paste({ text })));
    this.pasted = '';
    this.isPasting = false;
  }

  /** Looks at files that were dropped on the window. Only their contents are sent. */
  async drop(files: readonly File[]): Promise<void> {
    const small = files.filter(({ size }) => size <= maxFileBytes).slice(0, maxFiles);
    const read = await Promise.all(
      small.map(async (file) => ({ name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
    await this.#find(() => this.#api.import.drop({ files: read }));
    for (const { bytes } of read) bytes.fill(0);
    if (small.length < files.length && this.failure === null) {
      this.failure = 'Files above 1 MiB were left out: no key is that large.';
    }
  }

  /** Tries the passphrase that was typed for a file. */
  async unlock(id: string): Promise<void> {
    const passphrase = this.passphrases[id] ?? '';
    this.passphrases[id] = '';
    const before = this.candidates?.map((candidate) => candidate.id) ?? [];
    await this.#run(async () => {
      const answer = await withPasswordBytes(passphrase, (bytes) =>
        ask(() => this.#api.import.passphrase({ id, passphrase: bytes })),
      );
      if (!answer.ok) return answer;
      this.candidates = answer.value.candidates;
      const fresh = answer.value.candidates.filter((one) => one.state === 'ready' && !before.includes(one.id));
      this.chosen = [...this.chosen, ...fresh.map((one) => one.id)];
      return answer;
    });
  }

  /** Chooses a candidate, or no longer. */
  toggle(id: string): void {
    this.chosen = toggled(this.chosen, id);
  }

  /** Chooses a file for deletion, or no longer. */
  toggleDoomed(id: string): void {
    this.doomed = toggled(this.doomed, id);
  }

  /** Takes in what is chosen. */
  async submit(): Promise<void> {
    if (this.chosen.length === 0) {
      this.failure = 'Choose at least one.';
      return;
    }
    await this.#run(async () => {
      const answer = await ask(() => this.#api.import.run({ ids: [...this.chosen] }));
      if (!answer.ok) return answer;
      this.candidates = answer.value.batch.candidates;
      this.importedCount = (this.importedCount ?? 0) + answer.value.imported.length;
      this.originals = answer.value.originals;
      this.chosen = [];
      return answer;
    });
  }

  /** Deletes the chosen originals, after a backup. */
  async deleteOriginals(): Promise<void> {
    await this.#run(async () => {
      const answer = await ask(() => this.#api.import.deleteOriginals({ ids: [...this.doomed] }));
      if (!answer.ok) return answer;
      const { deleted, refused, reason } = answer.value;
      this.deletion = `${deleted} deleted${refused > 0 ? `, ${refused} not: ${reason}` : ''}.`;
      this.originals = this.originals.filter(({ id }) => !this.doomed.includes(id));
      this.doomed = [];
      return answer;
    });
  }

  /** Forgets everything, in the main process too. */
  close(): void {
    this.pasted = '';
    this.passphrases = {};
    this.candidates = null;
    void ask(() => this.#api.import.forget({}));
  }

  async #find(call: () => Promise<Answer<Batch | null>>): Promise<void> {
    await this.#run(async () => {
      const answer = await ask(call);
      if (answer.ok && answer.value !== null) {
        this.candidates = answer.value.candidates;
        this.chosen = answer.value.candidates.filter(({ state }) => state === 'ready').map(({ id }) => id);
        this.importedCount = null;
        this.originals = [];
        this.deletion = '';
      }
      return answer;
    });
  }

  async #run(step: () => Promise<Answer<unknown>>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.failure = null;
    const answer = await step();
    this.isBusy = false;
    if (!answer.ok) this.failure = sentenceOf(answer.error);
  }
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
