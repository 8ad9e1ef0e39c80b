import path from 'node:path';
import * as z from 'zod';
import { type ExportFormat, exportFormats } from '../credentials/descriptor';
import { deleteExportedFile, isStillThere } from '../files/exported-file';
import { CofferError } from '../errors';
import { sha256HexOf } from '../keys/fingerprints';
import type { RecordId } from '../vault/record-set';
import type { Session } from '../vault/session';
import { removeMerged } from './export-merge';
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
});

/** One file that an export left on disk: what, where, when. */
export type LedgerEntry = z.output<typeof ledgerEntry>;

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

  /** Entries from the newest down, at most 1,000, each with whether a file of that name is still there. */
  list(): (Omit<LedgerEntry, 'sha256Hex'> & { id: RecordId; isStillThere: boolean })[] {
    const newestFirst = this.#records.list().sort((a, b) => b.value.atMs - a.value.atMs);
    return newestFirst.slice(0, mostListed).map(({ id, value }) => {
      const { sha256Hex: _, section: __, ...shown } = value;
      return { ...shown, id, isStillThere: isStillThere(value) };
    });
  }

  /** Where the last export of a record in a format lies; null if none is there any more. */
  pathOf(recordId: RecordId, format: ExportFormat): string | null {
    const entry = this.list().find((one) => one.recordId === recordId && one.format === format && one.isStillThere);
    return entry === undefined ? null : path.join(entry.folder, entry.fileName);
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

  /**
   * Deletes the file, if it still is what was written, and then the note. Of a file of another program, only what was merged into
   * it is taken out.
   *
   * @throws CofferError `not-found`; what `deleteExportedFile` throws.
   */
  async deleteFile(id: RecordId): Promise<void> {
    const found = this.#records.list().find((entry) => entry.id === id);
    if (found === undefined) throw new CofferError('not-found', 'exported file: there is none with this id');
    keepOffVault(this.#session, path.join(found.value.folder, found.value.fileName));
    const { value } = found;
    if (value.section === undefined) deleteExportedFile(value, (bytes) => sha256HexOf(bytes) === value.sha256Hex);
    else await removeMerged({ ...value, section: value.section }, this.#nowMs());
    this.#records.removeIfThere(id);
  }
}
