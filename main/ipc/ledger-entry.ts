import path from 'node:path';
import * as z from 'zod';
import { type ExportFormat, exportFormats } from '../credentials/descriptor';
import { type MergedEntry, type MergedFile, presumedChange } from '../files/merged-entry';
import type { SectionChange } from '../files/section-change';

/** How an export is noted in the vault. */
export const ledgerEntry = z.object({
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
  /** Of such an entry: what the merge did. What stood there before is kept beside the note, as bytes, by the names of the settings. */
  change: z.object({ isNew: z.boolean(), wrote: z.array(z.string()) }).optional(),
  /** True for another program's file as it was before Coffer changed it. */
  isBackup: z.boolean().optional(),
  /** True for a file that was dragged out of the window; its folder is empty, since the copy is wherever it was dropped. */
  wasDragged: z.boolean().optional(),
});

/** One file that an export left on disk: what, where, when. */
export type LedgerEntry = z.output<typeof ledgerEntry>;

/** The merged entry that a note is about; null for a whole file. */
export function mergedEntryOf({ format, folder, fileName, section, settings }: LedgerEntry): MergedEntry | null {
  if (section === undefined || !isMergedFile(format)) return null;
  return { target: format, file: path.join(folder, fileName), section, settings: settings ?? {} };
}

/**
 * What the merge did that a note is about.
 *
 * @param before - The bytes that are kept beside the note.
 */
export function changeOf(
  { change }: LedgerEntry,
  { target, settings }: MergedEntry,
  before: Readonly<Record<string, Uint8Array>>,
): SectionChange {
  if (change === undefined) return presumedChange(target, settings);
  return { isNew: change.isNew, wrote: new Set(change.wrote), before: new Map(Object.entries(before)) };
}

/** Whether a note is about a file of its own that lies where it was written. */
export function isWholeExport({ section, isBackup, wasDragged }: LedgerEntry): boolean {
  return section === undefined && isBackup !== true && wasDragged !== true;
}

function isMergedFile(format: ExportFormat): format is MergedFile {
  return format === 'aws-credentials' || format === 'aws-config' || format === 'ssh-config';
}
