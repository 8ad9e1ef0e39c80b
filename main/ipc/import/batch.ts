import { CofferError } from '../../errors';
import { belongTogether } from '../../keys/certificate';
import { sha256HexOf } from '../../keys/fingerprints';
import { kindOf } from '../../credentials/kinds';
import type { RecordId } from '../../vault/record-set';
import type { ResponseOf } from '../../../preload/contract';
import type { Records } from '../records';
import { type BodyDeps, newFromImport } from './bodies';
import { type Found, wipeFound } from './found';
import { recognise } from './recognise';

type Shown = NonNullable<ResponseOf<'import:open'>>['candidates'][number];

/** A file to be looked at. */
export interface ImportFile {
  readonly fileName: string;
  /** Empty if it came without a place. */
  readonly folder: string;
  /** Becomes the batch's, which wipes it; or why the file can't be read. */
  readonly bytes: Uint8Array | CofferError;
}

interface Candidate {
  readonly id: string;
  readonly fileName: string;
  readonly folder: string;
  /** Of the whole file; tells before a deletion that it still is what was read. */
  readonly sha256Hex: string;
  /** The file while a passphrase is needed; null otherwise. */
  bytes: Uint8Array | null;
  found: Found | null;
  state: Shown['state'];
  protection: string;
  message: string;
  recordId: RecordId | null;
}

const idBytes = 8;
/** Fields in which kinds keep fingerprints. */
const fingerprintFields = ['awsCreated', 'awsImported', 'awsFingerprint', 'openssh', 'sha256'] as const;

/** What was found in the files of one import, until it is taken in or forgotten. Holds secrets: {@link ImportBatch.forget} wipes them. */
export class ImportBatch {
  readonly #records: Records;
  readonly #deps: BodyDeps;
  #candidates: Candidate[] = [];

  constructor(records: Records, deps: BodyDeps) {
    this.#records = records;
    this.#deps = deps;
  }

  /**
   * Looks at files, after what the batch holds already.
   *
   * @param keeps - Which outcomes stay in the batch; a look around leaves out what is no credential.
   */
  async add(files: Iterable<ImportFile>, keeps: (state: Shown['state']) => boolean = () => true): Promise<void> {
    for (const file of files) {
      const made = await this.#look(file);
      for (const candidate of made) {
        if (keeps(candidate.state)) this.#candidates.push(candidate);
        else wipeCandidate(candidate);
      }
      // A large batch must not hold up the rest of the app.
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#pairUp();
    for (const candidate of this.#candidates) this.#settle(candidate);
  }

  /** Tries a passphrase for the file of one candidate. Wrong ones leave it as it is and say so. */
  async unlock(id: string, passphrase: Uint8Array): Promise<void> {
    const at = this.#candidates.findIndex((candidate) => candidate.id === id);
    const candidate = this.#candidates[at];
    if (candidate?.bytes === null || candidate === undefined) throw noSuchCandidate();
    try {
      const { found, protection } = await recognise(candidate.bytes, passphrase);
      const made = found.map((one) => ({ ...this.#empty(candidate), found: one, state: 'ready' as const, protection }));
      candidate.bytes.fill(0);
      this.#candidates.splice(at, 1, ...made);
    } catch (error) {
      candidate.message = messageOf(error);
      if (!(error instanceof CofferError) || error.code !== 'wrong-passphrase') candidate.state = 'refused';
    }
    this.#pairUp();
    for (const each of this.#candidates) this.#settle(each);
  }

  /** Takes in the chosen ones that are ready. */
  run(ids: readonly string[]): { id: string; recordId: RecordId }[] {
    return ids.flatMap((id) => {
      const candidate = this.#candidates.find((one) => one.id === id);
      if (candidate?.state !== 'ready' || candidate.found === null) return [];
      try {
        const { kind, title, body } = newFromImport(candidate.found, candidate.fileName, this.#deps);
        try {
          const { id: recordId } = this.#records.add({ kind, title, tags: [], body });
          candidate.recordId = recordId;
          candidate.state = 'held';
          candidate.message = 'Imported';
          return [{ id, recordId }];
        } finally {
          for (const value of body.values()) value.fill(0);
        }
      } catch (error) {
        candidate.state = 'refused';
        candidate.message = messageOf(error);
        return [];
      }
    });
  }

  /** Files of which every credential was taken in, with what they held. */
  originals(): { id: string; fileName: string; folder: string; sha256Hex: string }[] {
    const isDone = ({ folder, fileName }: Candidate) =>
      this.#candidates.every(
        (other) => other.folder !== folder || other.fileName !== fileName || other.state === 'held',
      );
    const done = this.#candidates.filter(
      (candidate) => candidate.recordId !== null && candidate.folder !== '' && isDone(candidate),
    );
    return [...new Map(done.map((candidate) => [`${candidate.folder}\0${candidate.fileName}`, candidate])).values()];
  }

  /** The batch as the page sees it. */
  shown(): { candidates: Shown[]; isComplete: boolean } {
    return { candidates: this.#candidates.map((candidate) => this.#show(candidate)), isComplete: true };
  }

  /** Wipes and drops everything. */
  forget(): void {
    for (const candidate of this.#candidates) wipeCandidate(candidate);
    this.#candidates = [];
  }

  async #look(file: ImportFile): Promise<Candidate[]> {
    const { fileName, folder } = file;
    const bytes = file.bytes instanceof CofferError ? null : file.bytes;
    const base = { fileName, folder, sha256Hex: bytes === null ? '' : sha256HexOf(bytes) };
    let keepsBytes = false;
    try {
      if (file.bytes instanceof CofferError) throw file.bytes;
      const { found, protection } = await recognise(file.bytes, null);
      return found.map((one) => ({ ...this.#empty(base), found: one, state: 'ready', protection }));
    } catch (error) {
      const needsPassphrase = error instanceof CofferError && error.code === 'passphrase-needed';
      keepsBytes = needsPassphrase;
      const refused = { ...this.#empty(base), message: messageOf(error) };
      return [needsPassphrase ? { ...refused, state: 'passphrase', protection: 'Passphrase', bytes } : refused];
    } finally {
      if (!keepsBytes) bytes?.fill(0);
    }
  }

  #empty({ fileName, folder, sha256Hex }: Pick<Candidate, 'fileName' | 'folder' | 'sha256Hex'>): Candidate {
    const id = Buffer.from(this.#deps.random(idBytes)).toString('hex');
    const nothing = { bytes: null, found: null, protection: '', message: '', recordId: null };
    return { id, fileName, folder, sha256Hex, state: 'refused', ...nothing };
  }

  /** A certificate by itself gets the private key that another file of the batch holds; the key is no key pair then. */
  #pairUp(): void {
    for (const candidate of this.#candidates) {
      const { found } = candidate;
      if (found?.type !== 'certificate' || found.pkcs8 !== null) continue;
      const holder = this.#candidates.find(
        ({ found: other }) => other?.type === 'private-key' && belongTogether(found.certificateDer, other.pkcs8),
      );
      if (holder?.found?.type !== 'private-key') continue;
      candidate.found = { ...found, pkcs8: holder.found.pkcs8 };
      candidate.protection = holder.protection;
      this.#candidates.splice(this.#candidates.indexOf(holder), 1);
    }
  }

  /** Says of a ready candidate whether the vault holds it, and of one that no record can be made of why. */
  #settle(candidate: Candidate): void {
    if (candidate.found === null || candidate.state === 'passphrase' || candidate.recordId !== null) return;
    try {
      const { kind, body } = newFromImport(candidate.found, candidate.fileName, this.#deps);
      try {
        const identities = kindOf(kind)?.identitiesOf(body) ?? [];
        const held = this.#records.withIdentities(wider(identities));
        candidate.state = held.length > 0 ? 'held' : 'ready';
        candidate.message = held[0] === undefined ? '' : `Held already: ${held[0].overview.title}`;
      } finally {
        for (const value of body.values()) value.fill(0);
      }
    } catch (error) {
      candidate.state = 'refused';
      candidate.message = messageOf(error);
    }
  }

  #show(candidate: Candidate): Shown {
    const { id, fileName, folder, state, protection, message, found } = candidate;
    const base = { id, fileName, folder, state, protection, message };
    const unknown = { ...base, kind: '', title: fileName, subtitle: '', fingerprints: [] };
    if (found === null) return unknown;
    try {
      const { kind: name, title, body } = newFromImport(found, fileName, this.#deps);
      try {
        const kind = kindOf(name);
        if (kind === null) return unknown;
        const values = kind.valuesOf(body);
        const fingerprints = fingerprintFields.flatMap((field) => values[field] ?? []);
        return { ...base, kind: name, title, subtitle: kind.subtitleOf(body), fingerprints };
      } finally {
        for (const value of body.values()) value.fill(0);
      }
    } catch {
      return unknown;
    }
  }
}

/** A public key is held, too, where the whole pair is. */
function wider(identities: readonly string[]): string[] {
  return identities.flatMap((identity) =>
    identity.startsWith('public-key:') ? [identity, identity.replace('public-key:', 'key:')] : [identity],
  );
}

function wipeCandidate({ bytes, found }: Candidate): void {
  bytes?.fill(0);
  if (found !== null) wipeFound([found]);
}

function messageOf(error: unknown): string {
  if (error instanceof CofferError) return error.message;
  throw error;
}

function noSuchCandidate(): CofferError {
  return new CofferError('not-found', 'file: there is none that waits for a passphrase');
}
