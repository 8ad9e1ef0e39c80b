import { CofferError } from '../errors';
import { mergeFile, readForMerge, type MergeOutcome } from './merge-file';
import { findProfile, removeProfile } from './profile-text';
import { sshHostState, withoutSshHost } from './ssh-config-text';

/** Files of other programs that Coffer merges entries into. */
export type MergedFile = 'aws-credentials' | 'aws-config' | 'ssh-config';

/** What became of an entry: `changed` also if the file can't be read, or does not tell. */
export type EntryState = 'there' | 'changed' | 'gone';

/** An entry that Coffer once merged into a file. */
export interface MergedEntry {
  readonly target: MergedFile;
  /** Full path. */
  readonly file: string;
  /** Name of the profile, or alias of the host. */
  readonly section: string;
  /** What tells that the entry is still Coffer's: settings without secrets, as they were written. */
  readonly settings: Readonly<Record<string, string>>;
}

const names = {
  'aws-credentials': 'AWS credentials file',
  'aws-config': 'AWS config file',
  'ssh-config': 'ssh configuration',
} as const;

/** What Coffer writes into a profile. */
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
      for (const entry of inFile) states.set(entry, bytes === null ? 'changed' : stateOrChanged(bytes, entry));
    } finally {
      bytes?.fill(0);
    }
  }
  return entries.map((entry) => states.get(entry) ?? 'gone');
}

/**
 * Takes an entry out of its file, as far as Coffer wrote it, and its heading if nothing else is left under it. Every other byte
 * stays. The file as it was is kept beside it first.
 *
 * @returns Null if the entry was gone already, so that nothing was written.
 * @throws CofferError `bad-request` if the entry is not what Coffer wrote any more; what `mergeFile` throws.
 */
export async function removeMergedEntry(entry: MergedEntry, nowMs: number): Promise<MergeOutcome | null> {
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
        `${names[target]}: this entry was changed since Coffer wrote it; look at it and take it out yourself`,
      );
    }
    return without(bytes, entry);
  };
  return mergeFile({ file, what: names[target], edit, nowMs });
}

function without(bytes: Uint8Array, { target, section }: MergedEntry): Uint8Array {
  if (target === 'ssh-config') return withoutSshHost(bytes, section);
  return removeProfile(bytes, { file: profileFileOf(target), profile: section, names: ours[target] });
}

function stateIn(bytes: Uint8Array, { target, section, settings }: MergedEntry): EntryState {
  if (target === 'ssh-config') return sshHostState(bytes, section, settings);
  const found = findProfile(bytes, profileFileOf(target), section);
  const optionNames: readonly string[] = ours[target];
  if (found?.optionNames.some((name) => optionNames.includes(name)) !== true) return 'gone';
  const values: Record<string, string | null> = { aws_access_key_id: found.accessKeyId, region: found.region };
  return Object.entries(settings).every(([name, value]) => values[name] === value) ? 'there' : 'changed';
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
