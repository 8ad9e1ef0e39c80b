import path from 'node:path';
import * as z from 'zod';
import { type ExportFormat, exportFormats } from '../credentials/descriptor';
import { deleteExportedFile, isStillThere, readExportedFile } from '../files/exported-file';
import {
  type EntryState,
  type MergedEntry,
  type MergedFile,
  entryStates,
  removeMergedEntry,
} from '../files/merged-entry';
import { CofferError } from '../errors';
import { sha256HexOf } from '../keys/fingerprints';
import type { RecordId } from '../vault/record-set';
import type { Session } from '../vault/session';
import { InternalRecords } from './internal-records';
import type { Services } from './services';
import { keepOffVault } from './vault-guard';

const ledgerEntry = z.object({
  recordId: z.string(),
  recordTitle: z.string(),
  format: z.enum(exportFormats),
  folder: z.string(),
  fileName: z.string(),
  sha256Hex: z.string(),
  atMs: z.number(),
  hasPassphrase: z.boolean(),
  /** For an entry that was merged into another program's file: the profile, or the alias of the host. */
  section: z.string().optional(),
  /** Of such an entry: what tells that it is still Coffer's; nothing secret. */
  settings: z.record(z.string(), z.string()).optional(),
  /** True for another program's file as it was before Coffer changed it. */
  isBackup: z.boolean().optional(),
  /** True for a file that was dragged out of the window; its folder is empty, since the copy is wherever it was dropped. */
  wasDragged: z.boolean().optional(),
});

/** One file that an export left on disk: what, where, when. */
export type LedgerEntry = z.output<typeof ledgerEntry>;

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
   * Entries from the newest down, at most 1,000, each with whether it is still there: a file of that name, or that section of
   * the file with what Coffer wrote.
   */
  list(): ListedExport[] {
    const newest = this.#newestFirst().slice(0, mostListed);
    const merged = newest.flatMap(({ id, value }) => {
      const entry = mergedEntryOf(value);
      return entry === null ? [] : [{ id, entry }];
    });
    const states = entryStates(merged.map(({ entry }) => entry));
    const stateOf = new Map(merged.map(({ id }, index) => [id, states[index] ?? 'gone'] as const));
    return newest.map(({ id, value }) => {
      const { sha256Hex: _, settings: __, section = '', isBackup = false, wasDragged = false, ...shown } = value;
      const whole = wasDragged ? 'dragged' : isStillThere(value) ? 'there' : 'gone';
      const state = stateOf.get(id) ?? whole;
      return { ...shown, id, section, isBackup, state };
    });
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
   */
  async noting<T>(entry: Omit<LedgerEntry, 'atMs'>, write: () => Promise<T>): Promise<T> {
    const nowMs = this.#nowMs();
    const isSamePlace = ({ value }: { value: LedgerEntry }) =>
      value.folder === entry.folder && value.fileName === entry.fileName && value.section === entry.section;
    const replaced = this.#records.list().filter(isSamePlace);
    const id = this.#records.save(null, { ...entry, atMs: nowMs }, nowMs);
    let result: T;
    try {
      result = await write();
    } catch (error) {
      this.#records.remove(id);
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
   * Notes another program's file as it was before Coffer changed it: it may hold secrets, and can be deleted like an export.
   *
   * @param entry - The entry for which the file was changed.
   * @param file - Full path of the copy; null if none was made.
   */
  noteBackup(entry: Pick<LedgerEntry, 'recordId' | 'recordTitle' | 'format'>, file: string | null): void {
    if (file === null) return;
    const { recordId, recordTitle, format } = entry;
    const nowMs = this.#nowMs();
    const place = { folder: path.dirname(file), fileName: path.basename(file) };
    const sha256Hex = readExportedFile(place, sha256HexOf);
    const kept = { recordId, recordTitle, format, ...place, sha256Hex, hasPassphrase: false, isBackup: true };
    this.#records.save(null, { ...kept, atMs: nowMs }, nowMs);
  }

  /**
   * Deletes the file, if it still is what was written, and then the note. Of a file of another program, only what was merged into
   * it is taken out; the file as it was is kept beside it, and noted.
   *
   * @throws CofferError `not-found`; what `deleteExportedFile` and `removeMergedEntry` throw.
   */
  async deleteFile(id: RecordId): Promise<void> {
    const found = this.#records.list().find((entry) => entry.id === id);
    if (found === undefined) throw new CofferError('not-found', 'exported file: there is none with this id');
    // Where the copy of a dragged file is, nobody knows: the note alone goes.
    if (found.value.wasDragged !== true) await this.#delete(found.value);
    this.#records.removeIfThere(id);
  }

  async #delete(value: LedgerEntry): Promise<void> {
    keepOffVault(this.#session, path.join(value.folder, value.fileName));
    const merged = mergedEntryOf(value);
    if (merged === null) {
      deleteExportedFile(value, (bytes) => sha256HexOf(bytes) === value.sha256Hex);
    } else {
      const removed = await removeMergedEntry(merged, this.#nowMs());
      this.noteBackup(value, removed?.backup ?? null);
    }
  }

  #newestFirst(): { readonly id: RecordId; readonly value: LedgerEntry }[] {
    return this.#records.list().sort((a, b) => b.value.atMs - a.value.atMs);
  }
}

function isWholeExport({ section, isBackup, wasDragged }: LedgerEntry): boolean {
  return section === undefined && isBackup !== true && wasDragged !== true;
}

/** Null for a whole file. */
function mergedEntryOf({ format, folder, fileName, section, settings }: LedgerEntry): MergedEntry | null {
  if (section === undefined || !isMergedFile(format)) return null;
  return { target: format, file: path.join(folder, fileName), section, settings: settings ?? {} };
}

function isMergedFile(format: ExportFormat): format is MergedFile {
  return format === 'aws-credentials' || format === 'aws-config' || format === 'ssh-config';
}
