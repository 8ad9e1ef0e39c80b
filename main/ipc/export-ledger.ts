import path from 'node:path';
import { say } from '../../preload/words/say';
import type { ExportFormat } from '../credentials/descriptor';
import { CofferError } from '../errors';
import { deleteExportedFile, exportedFileState, isStillThere } from '../files/exported-file';
import type { KeepCopy, MergeNotes } from '../files/merge-file';
import { type EntryState, entryStates, intactNames, removeMergedEntry } from '../files/merged-entry';
import { type SectionChange, afterEarlier, wipeChange } from '../files/section-change';
import { sha256HexOf } from '../keys/fingerprints';
import type { RecordId } from '../vault/record-set';
import type { Session } from '../vault/session';
import { InternalRecords } from './internal-records';
import { type LedgerEntry, changeOf, isWholeExport, ledgerEntry, mergedEntryOf } from './ledger-entry';
import type { Services } from './services';
import { turns } from './turns';
import { keepOffVault } from './vault-guard';

/** A note as it is made. */
type NewEntry = Omit<LedgerEntry, 'atMs'>;

type Note = { readonly id: RecordId; readonly value: LedgerEntry };
type AboutRecord = Pick<LedgerEntry, 'recordId' | 'recordTitle' | 'format'>;

/** An entry as it is listed. */
export type ListedExport = Pick<
  LedgerEntry,
  'recordId' | 'recordTitle' | 'format' | 'folder' | 'fileName' | 'atMs' | 'hasPassphrase'
> & {
  readonly id: RecordId;
  /** Empty for a whole file. */
  readonly section: string;
  readonly isBackup: boolean;
  /** `dragged`: out of the window, to a place that is not known. */
  readonly state: EntryState | 'dragged';
};

const mostListed = 1000;

/** The list, sealed in the vault, of files that exports left on disk. */
export class ExportLedger {
  readonly #records: InternalRecords<typeof ledgerEntry>;
  readonly #nowMs: () => number;
  readonly #session: Session;

  constructor({ session, nowMs }: Pick<Services, 'session' | 'nowMs'>) {
    this.#session = session;
    this.#records = new InternalRecords(session, 'export', ledgerEntry);
    this.#nowMs = nowMs;
  }

  /**
   * Entries from the newest down, at most 1,000, each with what became of it. Each file is read; others get their turn in between.
   */
  async list(): Promise<ListedExport[]> {
    const newest = this.#newestFirst().slice(0, mostListed);
    const merged = newest.flatMap(({ id, value }) => {
      const entry = mergedEntryOf(value);
      return entry === null ? [] : [{ id, entry }];
    });
    const states = entryStates(merged.map(({ entry }) => entry));
    const stateOf = new Map(merged.map(({ id }, index) => [id, states[index] ?? 'gone'] as const));
    const giveWay = turns();
    const listed: ListedExport[] = [];
    for (const { id, value } of newest) {
      await giveWay();
      const { sha256Hex: _, settings: __, change: ___, section = '', isBackup = false, wasDragged, ...shown } = value;
      const state = stateOf.get(id) ?? (wasDragged === true ? 'dragged' : this.#stateOfFile(value));
      listed.push({ ...shown, id, section, isBackup, state });
    }
    return listed;
  }

  /** Where the last export of a record in a format lies; null if none is there any more. */
  pathOf(recordId: RecordId, format: ExportFormat): string | null {
    const found = this.#newestFirst().find(
      ({ value }) =>
        value.recordId === recordId && value.format === format && isWholeExport(value) && isStillThere(value),
    );
    return found === undefined ? null : path.join(found.value.folder, found.value.fileName);
  }

  /**
   * Runs the writing of a file, noted before it begins, so that a crash in between leaves a note without a file and not the
   * reverse. The note is taken back if the writing fails; notes of a file that it replaced go.
   *
   * @param before - Kept beside the note, as bytes; not changed.
   */
  async noting<T>(
    entry: NewEntry,
    write: () => Promise<T>,
    before: Readonly<Record<string, Uint8Array>> = {},
  ): Promise<T> {
    const nowMs = this.#nowMs();
    const replaced = this.#notesAt(entry);
    const id = this.#records.save(null, { ...entry, atMs: nowMs }, nowMs, before);
    let result: T;
    try {
      result = await write();
    } catch (error) {
      // It may have failed when the file was in its place already, by a folder that can't be synced.
      const isRefused = error instanceof CofferError && error.code === 'file-exists';
      if (isRefused || !this.#isWritten({ ...entry, atMs: nowMs })) this.#records.remove(id);
      throw error;
    }
    for (const { id: old } of replaced) this.#records.removeIfThere(old);
    return result;
  }

  /** Notes that a file is dragged out. The note of the last time, for this record and format, goes. */
  noteDrag(entry: Omit<LedgerEntry, 'atMs' | 'folder' | 'wasDragged'>): void {
    const { recordId, format } = entry;
    const atMs = this.#nowMs();
    const isSame = ({ value }: { value: LedgerEntry }) =>
      value.wasDragged === true && value.recordId === recordId && value.format === format;
    const last = this.#records.list().find(isSame);
    this.#records.save(last?.id ?? null, { ...entry, folder: '', wasDragged: true, atMs }, atMs);
  }

  /**
   * Runs the merge of an entry, noted before anything is written: what it changes, and the copy of the file as it was. A merge that
   * changes nothing is not noted: what it found was there without it. Where an earlier merge of this entry is still intact, what
   * that one found there is what is gone back to.
   */
  async merging<T>(entry: NewEntry, merge: (notes: MergeNotes) => Promise<T>): Promise<T> {
    const held: SectionChange[] = [];
    let noted = entry;
    let before: Readonly<Record<string, Uint8Array>> = {};
    try {
      return await merge({
        keepCopy: this.keepCopy(entry),
        found: (bytes, { change: now, settings }) => {
          held.push(now);
          const change = this.#afterEarlier(entry, bytes, now, held);
          const told = Object.entries(settings).filter(
            ([name]) => entry.format !== 'ssh-config' || change.wrote.has(name),
          );
          const done = { isNew: change.isNew, wrote: [...change.wrote] };
          noted = { ...entry, settings: Object.fromEntries(told), change: done };
          before = Object.fromEntries(change.before);
        },
        noting: (write) => this.noting(noted, write, before),
      });
    } finally {
      for (const change of held) wipeChange(change);
    }
  }

  /**
   * Notes another program's file as it was before Coffer changes it: it may hold secrets, and can be deleted like an export.
   *
   * @param about - The record for which the file is changed.
   */
  keepCopy({ recordId, recordTitle, format }: AboutRecord): KeepCopy {
    return ({ folder, fileName, bytes }, write) => {
      const kept = { recordId, recordTitle, format, folder, fileName, hasPassphrase: false, isBackup: true };
      return this.noting({ ...kept, sha256Hex: sha256HexOf(bytes) }, write);
    };
  }

  /**
   * Deletes the file, if it still is what was written, and then the note. Of a file of another program, only what was merged into
   * it is undone; the file as it was is kept beside it, and noted.
   *
   * @returns The name of that copy; null if there is none.
   * @throws CofferError `not-found`; what `deleteExportedFile` and `removeMergedEntry` throw.
   */
  async deleteFile(id: RecordId): Promise<string | null> {
    const note = this.#noteOf(id);
    // Where the copy of a dragged file is, nobody knows: the note alone goes.
    const copy = note.value.wasDragged === true ? null : await this.#delete(note);
    this.#records.removeIfThere(id);
    return copy;
  }

  /**
   * Takes a note off the list. What it is about stays as it is.
   *
   * @throws CofferError `not-found`.
   */
  forget(id: RecordId): void {
    this.#records.remove(this.#noteOf(id).id);
  }

  async #delete({ id, value }: Note): Promise<string | null> {
    keepOffVault(this.#session, path.join(value.folder, value.fileName));
    const merged = mergedEntryOf(value);
    if (merged === null) {
      deleteExportedFile(value, (bytes) => sha256HexOf(bytes) === value.sha256Hex);
      return null;
    }
    const change = changeOf(value, merged, this.#records.secretsOf(id));
    try {
      const noted = { nowMs: this.#nowMs(), keepCopy: this.keepCopy(value) };
      const removed = await removeMergedEntry(merged, change, noted);
      const backup = removed?.backup ?? null;
      return backup === null ? null : path.basename(backup);
    } finally {
      wipeChange(change);
    }
  }

  #afterEarlier(entry: NewEntry, bytes: Uint8Array, now: SectionChange, held: SectionChange[]): SectionChange {
    const [earlier] = this.#notesAt(entry).sort(byNewest);
    const merged = earlier === undefined ? null : mergedEntryOf(earlier.value);
    if (earlier === undefined || merged === null) return now;
    const done = changeOf(earlier.value, merged, this.#records.secretsOf(earlier.id));
    held.push(done);
    return afterEarlier(now, done, intactNames(bytes, merged, done.wrote));
  }

  /** Whether the very file stands there. */
  #isWritten(entry: LedgerEntry): boolean {
    return this.#stateOfFile(entry) === 'there';
  }

  #stateOfFile(value: LedgerEntry): EntryState {
    try {
      keepOffVault(this.#session, path.join(value.folder, value.fileName));
    } catch (error) {
      // What stands there is the vault itself: not what was written.
      if (error instanceof CofferError) return 'changed';
      throw error;
    }
    return exportedFileState(value, (bytes) => sha256HexOf(bytes) === value.sha256Hex);
  }

  #noteOf(id: RecordId): Note {
    const found = this.#records.list().find((note) => note.id === id);
    if (found === undefined)
      throw new CofferError('not-found', say('main-export.exported-file-there-is-none-with-this-id'));
    return found;
  }

  /** A file has one note, whatever its format; of entries in it, each has its own. */
  #notesAt({ folder, fileName, section, format }: NewEntry): Note[] {
    const isThere = ({ value }: Note) =>
      value.folder === folder &&
      value.fileName === fileName &&
      value.section === section &&
      (section === undefined || value.format === format);
    return this.#records.list().filter(isThere);
  }

  #newestFirst(): Note[] {
    return this.#records.list().sort(byNewest);
  }
}

function byNewest(a: Note, b: Note): number {
  return b.value.atMs - a.value.atMs;
}
