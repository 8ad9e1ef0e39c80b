import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { mergeFile, readForMerge, type KeepCopy, type MergeOutcome } from './merge-file';
import { findProfile } from './profile-text';
import { withoutProfile } from './profile-undo';
import type { SectionChange } from './section-change';
import { findWrittenHost, withoutSshHost } from './ssh-host-undo';

/** Files of other programs that Coffer merges entries into. */
export type MergedFile = 'aws-credentials' | 'aws-config' | 'ssh-config';

/** What became of an entry: `changed` also if the file does not tell; `unreadable` if it can't be read. */
export type EntryState = 'there' | 'changed' | 'unreadable' | 'gone';

/** An entry that Coffer once merged into a file. */
export interface MergedEntry {
  readonly target: MergedFile;
  /** Full path. */
  readonly file: string;
  /** Name of the profile, or alias of the host. */
  readonly section: string;
  /** What tells that the entry is still Coffer's: settings without secrets, as they were written. Without any, nothing tells. */
  readonly settings: Readonly<Record<string, string>>;
}

interface FoundEntry {
  readonly isAnyThere: boolean;
  /** Names of settings that say what was written, as far as can be told. */
  readonly intact: ReadonlySet<string>;
}

const names = {
  'aws-credentials': say('main-files.aws-credentials-file'),
  'aws-config': say('main-files.aws-config-file'),
  'ssh-config': say('main-files.ssh-configuration'),
} as const;

/** What Coffer may write into a profile. */
const ours = {
  'aws-credentials': ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'],
  'aws-config': ['region'],
} as const;

/**
 * Looks for entries in their files; each file is read once.
 *
 * @returns In the order of the entries.
 */
export function entryStates(entries: readonly MergedEntry[]): EntryState[] {
  const states = new Map<MergedEntry, EntryState>();
  for (const file of new Set(entries.map((entry) => entry.file))) {
    const inFile = entries.filter((entry) => entry.file === file);
    const bytes = readOrNull(inFile[0]);
    try {
      for (const entry of inFile) states.set(entry, bytes === null ? 'unreadable' : stateOrChanged(bytes, entry));
    } finally {
      bytes?.fill(0);
    }
  }
  return entries.map((entry) => states.get(entry) ?? 'gone');
}

/**
 * Names of those settings of an entry that still say what Coffer wrote. A secret does if what tells the entry does.
 *
 * @param wrote - What Coffer wrote.
 * @throws CofferError `bad-request` if the file can't be understood.
 */
export function intactNames(bytes: Uint8Array, entry: MergedEntry, wrote: ReadonlySet<string>): Set<string> {
  const { intact } = find(bytes, entry);
  return new Set([...wrote].filter((name) => intact.has(name)));
}

/**
 * Undoes the merge of an entry: what Coffer added goes, what it replaced or took out comes back. Every other byte stays. The file
 * as it was is kept beside it first.
 *
 * @param entry - Which one.
 * @param change - What the merge did. Its bytes stay the caller's.
 * @param notes - See `FileMerge`.
 * @returns Null if the entry was gone already, so that nothing was written.
 * @throws CofferError `bad-request` if the entry is not what Coffer wrote any more; what `mergeFile` throws.
 */
export async function removeMergedEntry(
  entry: MergedEntry,
  change: SectionChange,
  notes: { readonly nowMs: number; readonly keepCopy: KeepCopy },
): Promise<MergeOutcome | null> {
  const { file, target } = entry;
  const before = readForMerge(file, names[target]);
  try {
    if (stateIn(before, entry) === 'gone') return null;
  } finally {
    before.fill(0);
  }
  const edit = (bytes: Uint8Array) => {
    if (stateIn(bytes, entry) === 'changed') {
      throw new CofferError(
        'bad-request',
        say('main-files.this-entry-was-changed-since-coffer-wrote-it', { file: names[target] }),
      );
    }
    return without(bytes, entry, change);
  };
  return mergeFile({ file, what: names[target], edit, ...notes });
}

/** What an entry of an earlier Coffer is taken to have done, which noted only what it wrote: it made the section. */
export function presumedChange(target: MergedFile, settings: MergedEntry['settings']): SectionChange {
  const wrote = new Set(target === 'ssh-config' ? Object.keys(settings) : ours[target]);
  return { isNew: true, wrote, before: new Map() };
}

function without(bytes: Uint8Array, { target, section, settings }: MergedEntry, change: SectionChange): Uint8Array {
  if (target === 'ssh-config') return withoutSshHost(bytes, { alias: section, settings }, change);
  return withoutProfile(bytes, { file: profileFileOf(target), profile: section }, change);
}

function stateIn(bytes: Uint8Array, entry: MergedEntry): 'there' | 'changed' | 'gone' {
  const { isAnyThere, intact } = find(bytes, entry);
  if (!isAnyThere) return 'gone';
  const telling = Object.keys(entry.settings);
  return telling.length > 0 && telling.every((name) => intact.has(name)) ? 'there' : 'changed';
}

function find(bytes: Uint8Array, { target, section, settings }: MergedEntry): FoundEntry {
  if (target === 'ssh-config') return findWrittenHost(bytes, { alias: section, settings });
  const found = findProfile(bytes, profileFileOf(target), section);
  const there = ours[target].filter((name) => found?.optionNames.includes(name) === true);
  const values: Readonly<Record<string, string | null>> = {
    aws_access_key_id: found?.accessKeyId ?? null,
    region: found?.region ?? null,
  };
  const telling = Object.entries(settings);
  const isSame = telling.length > 0 && telling.every(([name, value]) => values[name] === value);
  return { isAnyThere: there.length > 0, intact: new Set(isSame ? there : []) };
}

function stateOrChanged(bytes: Uint8Array, entry: MergedEntry): EntryState {
  try {
    return stateIn(bytes, entry);
  } catch (error) {
    if (error instanceof CofferError) return 'changed';
    throw error;
  }
}

function readOrNull(entry: MergedEntry | undefined): Uint8Array | null {
  try {
    return entry === undefined ? null : readForMerge(entry.file, names[entry.target]);
  } catch (error) {
    if (error instanceof CofferError) return null;
    throw error;
  }
}

function profileFileOf(target: Exclude<MergedFile, 'ssh-config'>): 'credentials' | 'config' {
  return target === 'aws-config' ? 'config' : 'credentials';
}
