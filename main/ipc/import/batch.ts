import { setImmediate as nextTurn } from 'node:timers/promises';
import { say } from '../../../preload/words/say';
import { CofferError } from '../../errors';
import type { Found, Recognition } from './found';
import { sha256HexOf } from '../../keys/fingerprints';
import type { RecordId } from '../../vault/record-set';
import { turns } from '../turns';
import type { Owner } from './bodies';
import {
  type Candidate,
  type CandidateSource,
  type ShownCandidate,
  protectionOf,
  showCandidate,
  wipeCandidate,
} from './candidate';
import { type ProfileRegion, giveRegions, profileRegionsIn } from './profile-regions';
import { recognise } from './recognise';
import { wholeOf } from './relations';
import { type ImportWorld, compareFor, fileAnew, settleAll, settleParts, takeIn } from './settle';
import type { Looking, Watch } from './step';
import { looksSecret } from './strangers';

/** A file to be looked at. */
export interface ImportFile extends Pick<CandidateSource, 'fileName' | 'folder' | 'isDeletable'> {
  /** Becomes the batch's, which wipes it; or why the file can't be read. */
  readonly bytes: Uint8Array | CofferError;
}

/** What is to be taken in, and whose it is. */
export interface Choice {
  readonly id: string;
  /** Null for what the file itself tells. */
  readonly owner: Owner | null;
}

/** Most findings of a batch; as in the contract. */
const mostCandidates = 2000;
/** Most files that are not taken that a look around tells of. */
const mostRefused = 100;
const idBytes = 8;

/** What was found in the files of one import, until it is taken in or forgotten. Holds secrets: {@link ImportBatch.forget} wipes them. */
export class ImportBatch {
  readonly #world: ImportWorld;
  #candidates: Candidate[] = [];
  /** What config files say of the profiles whose keys stand in other files. */
  #regions: ProfileRegion[] = [];
  #isComplete = true;
  /** Files of which something was found that the batch has no room for. */
  readonly #cut = new Set<string>();
  /** Which batch it is; what an earlier one was waiting for is not taken any more. */
  #generation = 0;

  constructor(world: ImportWorld) {
    this.#world = world;
  }

  /**
   * Looks at files, after what the batch holds already.
   *
   * @throws The signal's reason; the batch is then to be forgotten.
   */
  async add(files: Iterable<ImportFile>, looking: Looking): Promise<void> {
    const { tell, signal, total, isLook = false } = looking;
    const generation = this.#generation;
    let refused = 0;
    let done = 0;
    for (const file of files) {
      tell({ step: 'reading', done: done++, total });
      const looked = await this.#look(file, isLook);
      if (this.#isOver(generation, looked)) return;
      for (const candidate of looked) {
        const isTooMany = isLook && isNotTaken(candidate) && ++refused > mostRefused;
        if (isTooMany || this.#candidates.length >= mostCandidates) this.#leaveOut(candidate);
        else this.#candidates.push(candidate);
      }
      // A large batch must not hold up the rest of the app.
      await nextTurn();
      if (this.#isOver(generation, [])) return;
      signal.throwIfAborted();
    }
    await this.#settle(generation, looking);
  }

  /** Notes that there is more than was looked at. */
  endEarly(): void {
    this.#isComplete = false;
  }

  /**
   * Tries a passphrase for the file of one candidate. Wrong ones leave it as it is and say so.
   *
   * @throws The signal's reason; the candidate is as it was.
   */
  async unlock(id: string, passphrase: Uint8Array, { tell, signal }: Watch): Promise<void> {
    const generation = this.#generation;
    const candidate = this.#candidates.find((one) => one.id === id);
    if (candidate?.bytes === null || candidate === undefined) throw noSuchCandidate();
    // Its own copy: forgetting wipes the candidate's while this is under way.
    const bytes = Uint8Array.from(candidate.bytes);
    try {
      const recognised = await recognise(bytes, passphrase, signal);
      const made = recognised.found.map((one) => this.#make(candidate, one, recognised));
      const at = this.#candidates.indexOf(candidate);
      if (this.#isOver(generation, made)) return;
      if (signal.aborted) made.forEach(wipeCandidate);
      signal.throwIfAborted();
      candidate.bytes.fill(0);
      const room = mostCandidates - this.#candidates.length + 1;
      for (const one of made.slice(room)) this.#leaveOut(one);
      this.#candidates.splice(at, 1, ...made.slice(0, room));
    } catch (error) {
      signal.throwIfAborted();
      candidate.message = messageOf(error);
      if (!(error instanceof CofferError) || error.code !== 'wrong-passphrase') {
        candidate.state = 'refused';
        candidate.bytes.fill(0);
        candidate.bytes = null;
      }
    } finally {
      bytes.fill(0);
    }
    // What was opened is compared with the others to the end.
    if (!this.#isOver(generation, [])) await this.#settle(generation, { tell, signal: new AbortController().signal });
  }

  /**
   * Takes in the chosen ones that are ready, until the signal is aborted. One that fails stays as it is and says why; so do those
   * that it did not come to.
   */
  async run(choices: readonly Choice[], { tell, signal }: Watch): Promise<{ id: string; recordId: RecordId }[]> {
    const generation = this.#generation;
    const imported: { id: string; recordId: RecordId }[] = [];
    const giveWay = turns();
    for (const [done, { id, owner }] of choices.entries()) {
      tell({ step: 'importing', done, total: choices.length });
      await giveWay();
      if (this.#isOver(generation, [])) return imported;
      if (signal.aborted) break;
      const candidate = this.#candidates.find((one) => one.id === id);
      if (candidate?.state !== 'ready') continue;
      try {
        const recordId = takeIn(this.#world, candidate, owner);
        if (recordId !== null) imported.push({ id, recordId });
      } catch (error) {
        if (!(error instanceof CofferError)) throw error;
        candidate.message = error.message;
      }
    }
    fileAnew(this.#world, this.#candidates);
    settleParts(this.#candidates);
    // The vault has them now; what is still needed of them is no secret.
    for (const candidate of this.#candidates) if (candidate.recordId !== null) wipeCandidate(candidate);
    return imported;
  }

  /**
   * Compares one candidate with what the vault has of an owner: a sign-in that is held for one account may be new for another.
   *
   * @throws CofferError `bad-request` for an owner against the rules; the candidate is as it was.
   */
  compare({ id, owner }: { readonly id: string; readonly owner: Owner }): void {
    const candidate = this.#candidates.find((one) => one.id === id);
    if (candidate === undefined) return;
    compareFor(this.#world, candidate, owner);
    settleParts(this.#candidates);
  }

  /** Files that hold nothing but what was taken in, or was in the vault already. */
  originals(): ({ id: string } & CandidateSource)[] {
    const isDone = ({ folder, fileName }: Candidate) =>
      this.#candidates.every((other) => other.folder !== folder || other.fileName !== fileName || isInVault(other));
    const isCut = (candidate: Candidate) => this.#cut.has(keyOf(candidate));
    const done = this.#candidates.filter(
      (candidate) => candidate.recordId !== null && candidate.isDeletable && !isCut(candidate) && isDone(candidate),
    );
    return [...new Map(done.map((candidate) => [keyOf(candidate), candidate])).values()];
  }

  /** The batch as the page sees it. */
  shown(): { candidates: ShownCandidate[]; isComplete: boolean } {
    return { candidates: this.#candidates.map(showCandidate), isComplete: this.#isComplete };
  }

  /** Wipes and drops everything. */
  forget(): void {
    for (const candidate of this.#candidates) wipeCandidate(candidate);
    this.#candidates = [];
    this.#regions = [];
    this.#cut.clear();
    this.#isComplete = true;
    this.#generation++;
  }

  /** Drops what the batch has no room for. Its file is not offered for deletion. */
  #leaveOut(candidate: Candidate): void {
    wipeCandidate(candidate);
    this.#cut.add(keyOf(candidate));
    this.#isComplete = false;
  }

  /** Whether the batch was forgotten meanwhile; wipes what was made for it then. */
  #isOver(generation: number, made: readonly Candidate[]): boolean {
    if (generation === this.#generation) return false;
    for (const candidate of made) wipeCandidate(candidate);
    return true;
  }

  async #settle(generation: number, { tell, signal }: Watch): Promise<void> {
    giveRegions(this.#candidates, this.#regions);
    const giveWay = turns();
    // Each is looked at twice.
    const total = 2 * this.#candidates.length;
    let done = 0;
    await settleAll(this.#world, this.#candidates, async () => {
      tell({ step: 'comparing', done: Math.min(done++, total), total });
      await giveWay();
      signal.throwIfAborted();
      return generation === this.#generation;
    });
  }

  async #look({ bytes: content, ...file }: ImportFile, isLook: boolean): Promise<Candidate[]> {
    const bytes = content instanceof CofferError ? null : content;
    const source = { ...file, sha256Hex: bytes === null ? '' : sha256HexOf(bytes) };
    let keepsBytes = false;
    try {
      if (content instanceof CofferError) throw content;
      this.#regions.push(...profileRegionsIn(content, file.folder));
      const recognised = await recognise(content, null);
      const told = recognised.found.filter((one) => !isLook || one.type !== 'not-taken' || one.isSecret);
      const isWhole = recognised.isWhole && told.length === recognised.found.length;
      return told.map((one) => this.#make(source, one, { ...recognised, isWhole }));
    } catch (error) {
      const message = messageOf(error);
      keepsBytes = error instanceof CofferError && error.code === 'passphrase-needed';
      if (keepsBytes)
        return [{ ...this.#empty(source), message, state: 'passphrase', protection: 'passphrase', bytes }];
      const isTold = !isLook || (bytes === null ? isUnreadable(content) : looksSecret(bytes));
      return isTold ? [{ ...this.#empty(source), message }] : [];
    } finally {
      if (!keepsBytes) bytes?.fill(0);
    }
  }

  #make(source: CandidateSource, found: Found, recognised: Recognition): Candidate {
    const isDeletable = source.isDeletable && recognised.isWhole;
    return { ...this.#empty(source), isDeletable, found, protection: protectionOf(found, recognised) };
  }

  #empty({ fileName, folder, sha256Hex, isDeletable }: CandidateSource): Candidate {
    const id = Buffer.from(this.#world.random(idBytes)).toString('hex');
    const nothing = { bytes: null, found: null, about: null, protection: '', message: '' } as const;
    const unrelated = { partOf: null, hasOtherSecret: false, completes: null, recordId: null };
    return { id, fileName, folder, sha256Hex, isDeletable, state: 'refused', ...nothing, ...unrelated };
  }
}

/** Whether nothing would be lost with it: the vault has it, with the very secret of the file. */
function isInVault(candidate: Candidate): boolean {
  return candidate.state === 'held' && !candidate.hasOtherSecret && !wholeOf(candidate).hasOtherSecret;
}

/** A folder or file that the user has and Coffer may not read is worth a line. */
function isUnreadable(content: Uint8Array | CofferError): boolean {
  return content instanceof CofferError && ['no-permission', 'io-failed'].includes(content.code);
}

/** Before it is compared with the vault: whether there is nothing in it that could be taken in. */
function isNotTaken({ state, found }: Candidate): boolean {
  return state === 'refused' && (found === null || found.type === 'not-taken');
}

/** What nobody thought of stays with the file that brought it about, and the others are taken. */
function messageOf(error: unknown): string {
  if (error instanceof CofferError) return error.message;
  return say('main-import.file-reading-it-failed-in-a-way-that');
}

function keyOf({ folder, fileName }: CandidateSource): string {
  return `${folder}\0${fileName}`;
}

function noSuchCandidate(): CofferError {
  return new CofferError('not-found', say('main-import.file-there-is-none-that-waits-for-a'));
}
