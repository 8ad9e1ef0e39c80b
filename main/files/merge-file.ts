import { lstatSync, realpathSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { systemCodeOf, translateFileError } from './file-error';
import { thisHost, type FileSystemHost } from './owner-only';
import { readBoundedFile } from './read-file';
import { writeFileSafely } from './safe-write';
import type { SectionChange } from './section-change';

/** A change to a file that is not Coffer's alone. */
export interface FileMerge {
  /** Full path; the file and its folder need not be there. A link is followed, and the file that it leads to is replaced. */
  readonly file: string;
  /** What it is, for messages: `AWS credentials file`. */
  readonly what: string;
  /** Gives the new content in an array of its own, which is wiped here. Must not keep what it is given. */
  readonly edit: (bytes: Uint8Array) => Uint8Array;
  readonly nowMs: number;
  /** Runs the writing of the copy of the file as it was; see {@link KeepCopy}. */
  readonly keepCopy: KeepCopy;
  /** Runs the writing of all, copy and file; only called if something changes. Absent: it is just run. */
  readonly noting?: (write: () => Promise<void>) => Promise<void>;
}

/** The file as it was, about to be written beside it. */
export interface KeptCopy {
  readonly folder: string;
  readonly fileName: string;
  /** Not to be kept. */
  readonly bytes: Uint8Array;
}

/** Runs the writing of a copy, so that it can be noted before it is there. What it throws ends the merge; the file is as it was. */
export type KeepCopy = (copy: KeptCopy, write: () => Promise<void>) => Promise<void>;

/** What is about to be changed in one section. */
export interface PlannedChange {
  readonly change: SectionChange;
  /** The settings without secrets, by name, whether they are changed or said the same already. */
  readonly settings: Readonly<Record<string, string>>;
}

/** What a merge of an entry tells while it goes on. */
export interface MergeNotes extends Pick<FileMerge, 'keepCopy' | 'noting'> {
  /** Called before `noting`, with the file as it is, which must not be kept, and what is to be changed, which the callee wipes. */
  readonly found: (bytes: Uint8Array, planned: PlannedChange) => void;
}

/** What a merge did. */
export interface MergeOutcome {
  /** The file that was written, links resolved. */
  readonly file: string;
  readonly isChanged: boolean;
  /** The file as it was before, beside it; null if there was none or nothing changed. It holds what the file held. */
  readonly backup: string | null;
}

const maxBytes = 4 * 1024 * 1024;
const maxBackupsASecond = 20;
const ownerMayWrite = 0o200;
/** Merges of this process by file, so that two of them do not meet. */
const running = new Map<string, Promise<unknown>>();

/**
 * Changes a file that others write too. What stood there is kept beside it first, owner-only, under a name of its own; then the
 * new content takes the file's place in one step, owner-only. If the file changed since it was read, nothing is replaced: it is
 * compared right before. (Between that and the renaming lie microseconds in which another program's change would be lost. None
 * of the programs that write these files takes a lock, so there is none to take part in. The backup has the older state.)
 *
 * @param merge - What to change.
 * @throws CofferError `bad-request` if the file is no plain file, larger than 4 MiB, or a link to nowhere; `no-permission` if it is
 *   read-only or another user's; `busy` if it changed meanwhile; `disk-full`, `io-failed`; what `edit` throws. The file is as it was.
 */
export async function mergeFile(merge: FileMerge, host: FileSystemHost = thisHost): Promise<MergeOutcome> {
  const file = targetOf(merge, host);
  const before = running.get(file);
  const work = (before ?? Promise.resolve()).then(() => mergeNow(file, merge, host));
  const settled = work.catch(() => undefined);
  running.set(file, settled);
  try {
    return await work;
  } finally {
    if (running.get(file) === settled) running.delete(file);
  }
}

/**
 * Reads a file that may be merged into.
 *
 * @param file - Full path. A link is followed.
 * @param what - For messages.
 * @returns Empty if there is none. The caller wipes it.
 * @throws CofferError As {@link mergeFile}.
 */
export function readForMerge(file: string, what: string): Uint8Array {
  const target = targetOf({ file, what }, thisHost);
  return read(target, what) ?? new Uint8Array();
}

async function mergeNow(file: string, merge: FileMerge, host: FileSystemHost): Promise<MergeOutcome> {
  const { what, edit } = merge;
  const noting = merge.noting ?? ((write: () => Promise<void>) => write());
  const old = read(file, what);
  let edited: Uint8Array | null = null;
  try {
    edited = edit(old ?? new Uint8Array());
    if (old !== null && isSame(old, edited)) return { file, isChanged: false, backup: null };
    const change = { file, old, bytes: edited };
    let backup: string | null = null;
    await noting(async () => {
      backup = await writeChange(change, merge, host);
    });
    return { file, isChanged: true, backup };
  } finally {
    old?.fill(0);
    edited?.fill(0);
  }
}

/** Gives the path of the copy; null if there was nothing to copy. */
async function writeChange(
  { file, old, bytes }: { file: string; old: Uint8Array | null; bytes: Uint8Array },
  { what, nowMs, keepCopy }: FileMerge,
  host: FileSystemHost,
): Promise<string | null> {
  const [folder, fileName] = [path.dirname(file), path.basename(file)];
  if (old === null) await makeFolder(folder, what);
  const backup = old === null ? null : await writeBackup({ file, bytes: old, nowMs, keepCopy }, host);
  const beforePublishing = () => requireUnchanged(file, what, old);
  await writeFileSafely({ folder, fileName, bytes, mode: 0o600, replace: old !== null, beforePublishing }, host);
  return backup;
}

/** Follows links, and refuses what is not the user's to change. */
function targetOf({ file, what }: Pick<FileMerge, 'file' | 'what'>, host: FileSystemHost): string {
  if (!path.isAbsolute(file)) throw new CofferError('bad-request', say('main-files.expected-a-full-path', { what }));
  try {
    if (lstatSync(file, { throwIfNoEntry: false }) === undefined) return file;
    const target = realpathSync(file);
    const info = statSync(target);
    if (!info.isFile()) throw new CofferError('bad-request', say('main-files.expected-a-plain-file', { what }));
    if (process.geteuid !== undefined && info.uid !== process.geteuid()) {
      throw new CofferError('no-permission', say('main-files.expected-a-file-that-belongs-to-you-it', { what }));
    }
    if (host.platform !== 'win32' && (info.mode & ownerMayWrite) === 0) {
      throw new CofferError('no-permission', say('main-files.it-is-read-only-make-it-writable-first', { what }));
    }
    return target;
  } catch (error) {
    if (systemCodeOf(error) === 'ENOENT') {
      throw new CofferError('bad-request', say('main-files.it-is-a-link-that-leads-nowhere-mend', { what }));
    }
    throw translateFileError(error, what);
  }
}

/** Null if there is none. */
function read(file: string, what: string): Uint8Array | null {
  return lstatSync(file, { throwIfNoEntry: false }) === undefined ? null : readBoundedFile(file, maxBytes, what);
}

function requireUnchanged(file: string, what: string, old: Uint8Array | null): void {
  const now = read(file, what);
  try {
    if (now === null ? old === null : old !== null && isSame(now, old)) return;
    throw new CofferError('busy', say('main-files.another-program-changed-it-just-now-try-again', { what }));
  } finally {
    now?.fill(0);
  }
}

async function makeFolder(folder: string, what: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw translateFileError(error, say('main-files.folder-of-the', { what }));
  }
}

/** `credentials.before-coffer-20261125T061530Z`, with a number if that is taken. */
async function writeBackup(
  { file, bytes, nowMs, keepCopy }: Pick<FileMerge, 'file' | 'nowMs' | 'keepCopy'> & { bytes: Uint8Array },
  host: FileSystemHost,
): Promise<string> {
  const folder = path.dirname(file);
  const moment = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  for (let count = 1; ; count += 1) {
    const fileName = `${path.basename(file)}.before-coffer-${moment}${count === 1 ? '' : `-${count}`}`;
    const isLast = count === maxBackupsASecond;
    if (!isLast && lstatSync(path.join(folder, fileName), { throwIfNoEntry: false }) !== undefined) continue;
    try {
      await keepCopy({ folder, fileName, bytes }, () =>
        writeFileSafely({ folder, fileName, bytes, mode: 0o600, replace: false }, host),
      );
      return path.join(folder, fileName);
    } catch (error) {
      const isTaken = error instanceof CofferError && error.code === 'file-exists';
      if (!isTaken || isLast) throw error;
    }
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
