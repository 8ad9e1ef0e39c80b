import { CofferError } from '../../errors';
import type { Found, Recognition } from './found';
import { sha256HexOf } from '../../keys/fingerprints';
import type { RecordId } from '../../vault/record-set';
import type { Owner } from './bodies';
import {
  type Candidate,
  type CandidateSource,
  type ShownCandidate,
  protectionOf,
  showCandidate,
  wipeCandidate,
} from './candidate';
import { recognise } from './recognise';
import { type ImportWorld, settleAll, settleParts, takeIn } from './settle';
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
  #isComplete = true;

  constructor(world: ImportWorld) {
    this.#world = world;
  }

  /**
   * Looks at files, after what the batch holds already.
   *
   * @param isLook - Leaves out the files that are not taken, except those that seem to hold a private key or an access key.
   */
  async add(files: Iterable<ImportFile>, isLook = false): Promise<void> {
    let refused = 0;
    for (const file of files) {
      for (const candidate of await this.#look(file, isLook)) {
        const isTooMany = isLook && candidate.state === 'refused' && ++refused > mostRefused;
        if (isTooMany || this.#candidates.length >= mostCandidates) {
          wipeCandidate(candidate);
          this.#isComplete = false;
        } else this.#candidates.push(candidate);
      }
      // A large batch must not hold up the rest of the app.
      await new Promise((resolve) => setImmediate(resolve));
    }
    settleAll(this.#world, this.#candidates);
  }

  /** Notes that there is more than was looked at. */
  endEarly(): void {
    this.#isComplete = false;
  }

  /** Tries a passphrase for the file of one candidate. Wrong ones leave it as it is and say so. */
  async unlock(id: string, passphrase: Uint8Array): Promise<void> {
    const at = this.#candidates.findIndex((candidate) => candidate.id === id);
    const candidate = this.#candidates[at];
    if (candidate?.bytes === null || candidate === undefined) throw noSuchCandidate();
    try {
      const recognised = await recognise(candidate.bytes, passphrase);
      candidate.bytes.fill(0);
      this.#candidates.splice(at, 1, ...recognised.found.map((one) => this.#make(candidate, one, recognised)));
    } catch (error) {
      candidate.message = messageOf(error);
      if (!(error instanceof CofferError) || error.code !== 'wrong-passphrase') candidate.state = 'refused';
    }
    settleAll(this.#world, this.#candidates);
  }

  /** Takes in the chosen ones that are ready. One that fails stays as it is and says why. */
  run(choices: readonly Choice[]): { id: string; recordId: RecordId }[] {
    const imported = choices.flatMap(({ id, owner }) => {
      const candidate = this.#candidates.find((one) => one.id === id);
      if (candidate?.state !== 'ready') return [];
      try {
        const recordId = takeIn(this.#world, candidate, owner);
        return recordId === null ? [] : [{ id, recordId }];
      } catch (error) {
        candidate.message = messageOf(error);
        return [];
      }
    });
    settleParts(this.#candidates);
    return imported;
  }

  /** Files of which every credential was taken in, with what they held. */
  originals(): ({ id: string } & CandidateSource)[] {
    const isDone = ({ folder, fileName }: Candidate) =>
      this.#candidates.every(
        (other) => other.folder !== folder || other.fileName !== fileName || other.state === 'held',
      );
    const done = this.#candidates.filter(
      (candidate) => candidate.recordId !== null && candidate.isDeletable && isDone(candidate),
    );
    return [...new Map(done.map((candidate) => [`${candidate.folder}\0${candidate.fileName}`, candidate])).values()];
  }

  /** The batch as the page sees it. */
  shown(): { candidates: ShownCandidate[]; isComplete: boolean } {
    return { candidates: this.#candidates.map(showCandidate), isComplete: this.#isComplete };
  }

  /** Wipes and drops everything. */
  forget(): void {
    for (const candidate of this.#candidates) wipeCandidate(candidate);
    this.#candidates = [];
    this.#isComplete = true;
  }

  async #look({ bytes: content, ...file }: ImportFile, isLook: boolean): Promise<Candidate[]> {
    const bytes = content instanceof CofferError ? null : content;
    const source = { ...file, sha256Hex: bytes === null ? '' : sha256HexOf(bytes) };
    let keepsBytes = false;
    try {
      if (content instanceof CofferError) throw content;
      const recognised = await recognise(content, null);
      const made = recognised.found.map((one) => this.#make(source, one, recognised));
      return isLook ? made.filter((one) => one.found?.type !== 'not-taken' || one.found.isSecret) : made;
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
    return { ...this.#empty(source), found, protection: protectionOf(found, recognised) };
  }

  #empty({ fileName, folder, sha256Hex, isDeletable }: CandidateSource): Candidate {
    const id = Buffer.from(this.#world.random(idBytes)).toString('hex');
    const nothing = { bytes: null, found: null, about: null, protection: '', message: '' } as const;
    const unrelated = { partOf: null, completes: null, recordId: null };
    return { id, fileName, folder, sha256Hex, isDeletable, state: 'refused', ...nothing, ...unrelated };
  }
}

/** A folder or file that the user has and Coffer may not read is worth a line. */
function isUnreadable(content: Uint8Array | CofferError): boolean {
  return content instanceof CofferError && ['no-permission', 'io-failed'].includes(content.code);
}

function messageOf(error: unknown): string {
  if (error instanceof CofferError) return error.message;
  throw error;
}

function noSuchCandidate(): CofferError {
  return new CofferError('not-found', 'file: there is none that waits for a passphrase');
}
