import { say } from '../../preload/words/say';
import type { CofferApi, RequestOf, ResponseOf } from '../../preload/contract';
import { ask, withPasswordBytes } from './answer';
import { sentenceOf } from './sentence';
import type { Answer } from './types';

type Batch = NonNullable<ResponseOf<'import:open'>>;
type Dropped = RequestOf<'import:drop'>['files'][number];
/** One credential that was found, or a file that is not taken. */
export type Candidate = Batch['candidates'][number];
/** How far a step has come. */
export type ImportProgress = ResponseOf<'import:progress'>;
/** A file that the import made needless. */
export type Original = ResponseOf<'import:run'>['originals'][number];
/** Whose something is: id of an account's record, `new` for one that is made along, or empty; and an IAM user or empty for root. */
export type Owner = Pick<Candidate, 'account' | 'user'>;

/** Most bytes of a dropped file that are sent; larger ones are no keys. */
const maxFileBytes = 1024 * 1024;
const maxFiles = 500;
/** The kind of which two are the same if their owner is. */
export const kindByOwner = 'sign-in';
/** Between two questions how far a step has come. */
const followMs = 150;

/** The import: what was found, what of it is chosen, and what can be deleted afterwards. */
export class ImportBatch {
  /** Null until files were looked at. */
  candidates = $state.raw<readonly Candidate[] | null>(null);
  /** False if there is more than was looked at. */
  isComplete = $state(true);
  /** Ids of those to be taken in. */
  chosen = $state.raw<readonly string[]>([]);
  /** Account for all of which the file does not tell one; empty for none. */
  accountForAll = $state('');
  /** Passphrases as typed, by id; each is emptied by a try. */
  passphrases = $state<Record<string, string>>({});
  /** Pasted text; emptied as soon as it was looked at. */
  pasted = $state('');
  /** True while the field for pasted text is shown. */
  isPasting = $state(false);
  /** True while files are looked at, taken in or deleted. */
  isBusy = $state(false);
  /** True while what runs can be given up. */
  canCancel = $state(false);
  /** How far what runs has come; null while nothing does, or that is not known yet. */
  progress = $state.raw<ImportProgress | null>(null);
  /** True after an import was given up half-way, until the next step. */
  isCancelled = $state(false);
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
  /** What the user chose for single ones, by id. */
  #owners = $state.raw<Readonly<Record<string, Owner>>>({});

  constructor(api: CofferApi) {
    this.#api = api;
  }

  /** Lets the user pick files. */
  open(): Promise<void> {
    return this.#find(() => this.#api.import.open({}));
  }

  /** Looks at the usual folders. Public keys alone are listed and not chosen: nobody asked for them. */
  look(): Promise<void> {
    return this.#find(
      () => this.#api.import.look({}),
      ({ protection }) => protection !== '',
    );
  }

  /** Looks at the pasted text, and wipes its bytes. */
  async paste(): Promise<void> {
    await this.#find(() => withPasswordBytes(this.pasted, (text) => this.#api.import.paste({ text })));
    this.pasted = '';
    this.isPasting = false;
  }

  /** Looks at files that were dropped on the window. Only their contents are sent. */
  async drop(files: readonly File[]): Promise<void> {
    const read = await Promise.all(files.slice(0, maxFiles).map(readDropped));
    await this.#find(() => this.#api.import.drop({ files: read }));
    for (const file of read) if ('bytes' in file) file.bytes.fill(0);
    if (files.length > maxFiles && this.failure === null) {
      this.failure = say('import.first-files', { most: maxFiles, count: files.length });
    }
  }

  /** Tries the passphrase that was typed for a file. What it opens is chosen. */
  async unlock(id: string): Promise<void> {
    const passphrase = this.passphrases[id] ?? '';
    this.passphrases[id] = '';
    const before = this.candidates?.filter(({ state }) => state === 'ready').map((one) => one.id) ?? [];
    await this.#run(async () => {
      const answer = await withPasswordBytes(passphrase, (bytes) =>
        ask(() => this.#api.import.passphrase({ id, passphrase: bytes })),
      );
      if (!answer.ok) return answer;
      const ready = answer.value.candidates.filter(({ state }) => state === 'ready').map((one) => one.id);
      this.candidates = answer.value.candidates;
      this.isComplete = answer.value.isComplete;
      this.chosen = ready.filter((one) => this.chosen.includes(one) || !before.includes(one));
      return answer;
    });
  }

  /** Chooses a candidate, or no longer. */
  toggle(id: string): void {
    this.chosen = toggled(this.chosen, id);
  }

  /** Chooses all that can be taken in, or none. */
  chooseAll(isChosen: boolean): void {
    const ready = this.candidates?.filter(({ state }) => state === 'ready') ?? [];
    this.chosen = isChosen ? ready.map(({ id }) => id) : [];
  }

  /** Whose a candidate will be. */
  ownerOf({ id, account, newAccount, user }: Candidate): Owner {
    const owner = this.#owners[id] ?? { account: account === '' ? this.accountForAll : account, user };
    // Meanwhile it was made, along with another one.
    return owner.account === 'new' && newAccount === '' ? { ...owner, account } : owner;
  }

  /** Says whose one candidate is. Of a sign-in that decides whether it is held; it is chosen if it turns out not to be. */
  setOwner(candidate: Candidate, changes: Partial<Owner>): void {
    const owner = { ...this.ownerOf(candidate), ...changes };
    this.#owners = { ...this.#owners, [candidate.id]: owner };
    if (candidate.kind === kindByOwner) void this.#compare(candidate.id, owner);
  }

  /** Chooses a file for deletion, or no longer. */
  toggleDoomed(id: string): void {
    this.doomed = toggled(this.doomed, id);
  }

  /** Takes in what is chosen. */
  async submit(): Promise<void> {
    if (this.chosen.length === 0) {
      this.failure = say('import.choose-at-least-one');
      return;
    }
    await this.#run(async () => {
      const ids = [...this.chosen];
      const taken = this.candidates?.filter(({ id, completes }) => ids.includes(id) && !completes) ?? [];
      const owners = taken.map((candidate) => ({ id: candidate.id, ...this.ownerOf(candidate) }));
      const answer = await ask(() => this.#api.import.run({ ids, owners }));
      if (!answer.ok) return answer;
      this.candidates = answer.value.batch.candidates;
      this.importedCount = (this.importedCount ?? 0) + answer.value.imported.length;
      this.originals = answer.value.originals;
      this.isCancelled = answer.value.isCancelled;
      const left = this.candidates.filter(({ id, state }) => state === 'ready' && ids.includes(id));
      this.chosen = this.isCancelled ? left.map(({ id }) => id) : [];
      return answer;
    });
  }

  /** Deletes the chosen originals, after a backup. */
  async deleteOriginals(): Promise<void> {
    await this.#run(async () => {
      const answer = await ask(() => this.#api.import.deleteOriginals({ ids: [...this.doomed] }));
      if (!answer.ok) return answer;
      const { deleted, refused, reason } = answer.value;
      const kept = { count: refused, reason: sentenceOf({ code: 'bad-request', message: reason }) };
      const done = say('import.count-deleted', { count: deleted });
      this.deletion = refused > 0 ? [done, say('import.count-kept', kept)].join(' ') : done;
      this.originals = this.originals.filter(({ id }) => !this.doomed.includes(id));
      this.doomed = [];
      return answer;
    }, false);
  }

  /** Gives up what runs. What was taken in stays; of what was only looked at nothing is kept. */
  async cancel(): Promise<void> {
    if (this.canCancel) await ask(() => this.#api.import.cancel({}));
  }

  /** Forgets everything, in the main process too. */
  close(): void {
    this.pasted = '';
    this.passphrases = {};
    this.candidates = null;
    void ask(() => this.#api.import.forget({}));
  }

  async #compare(id: string, owner: Owner): Promise<void> {
    const answer = await ask(() => this.#api.import.compare({ id, ...owner }));
    if (this.candidates === null) return;
    this.failure = answer.ok ? null : sentenceOf(answer.error);
    if (!answer.ok) return;
    this.candidates = answer.value.candidates;
    const isReady = this.candidates.some((one) => one.id === id && one.state === 'ready');
    const others = this.chosen.filter((one) => one !== id);
    this.chosen = isReady ? [...others, id] : others;
  }

  async #find(
    call: () => Promise<Answer<Batch | null>>,
    isPreselected: (candidate: Candidate) => boolean = () => true,
  ): Promise<void> {
    await this.#run(async () => {
      const answer = await ask(call);
      // A closed dialog leaves all as it is. After a failure, or a cancel, the main process holds nothing.
      if (!answer.ok) this.#take(null, []);
      else if (answer.value !== null) {
        const { candidates } = answer.value;
        const chosen = candidates.filter((one) => one.state === 'ready' && isPreselected(one));
        this.#take(answer.value, chosen);
      }
      return answer;
    });
  }

  #take(batch: Batch | null, chosen: readonly Candidate[]): void {
    this.candidates = batch?.candidates ?? null;
    this.isComplete = batch?.isComplete ?? true;
    this.chosen = chosen.map(({ id }) => id);
    this.#owners = {};
    this.passphrases = {};
    this.importedCount = null;
    this.originals = [];
    this.doomed = [];
    this.deletion = '';
  }

  async #run(step: () => Promise<Answer<unknown>>, canCancel = true): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    this.canCancel = canCancel;
    this.isCancelled = false;
    this.failure = null;
    const timer = setInterval(() => void this.#follow(), followMs);
    const answer = await step();
    clearInterval(timer);
    this.isBusy = false;
    this.canCancel = false;
    this.progress = null;
    if (!answer.ok && answer.error.code !== 'cancelled') this.failure = sentenceOf(answer.error);
  }

  async #follow(): Promise<void> {
    const answer = await ask(() => this.#api.import.progress({}));
    if (answer.ok && this.isBusy && answer.value.step !== 'idle') this.progress = answer.value;
  }
}

/** A folder counts as a file until it is read. */
async function readDropped(file: File): Promise<Dropped> {
  const name = file.name.slice(0, 1024);
  if (file.size > maxFileBytes) return { name, problem: 'too-large' };
  try {
    return { name, bytes: new Uint8Array(await file.arrayBuffer()) };
  } catch {
    return { name, problem: 'unreadable' };
  }
}

function toggled(ids: readonly string[], id: string): readonly string[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
}
