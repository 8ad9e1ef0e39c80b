import path from 'node:path';
import { say } from '../../preload/words/say';
import type { Exported } from '../credentials/descriptor';
import { CofferError } from '../errors';
import type { MergeNotes, MergeOutcome } from '../files/merge-file';
import { profileFilePath, writeAwsProfile } from '../files/merge-profile';
import { sshConfigPath, writeSshHost } from '../files/merge-ssh-config';
import type { Services } from './services';

type Merge = Extract<Exported, { type: 'merge' }>;
type Where = { readonly folder: string; readonly fileName: string };

/** What a merge needs of the rest of the app. */
export type MergePlace = Pick<Services, 'folders' | 'environment'> & {
  readonly isKnownKeyId: (accessKeyId: string) => boolean;
  /** True after the user agreed to replace an entry that is not ours. */
  readonly mayReplace: boolean;
  readonly nowMs: number;
};

/** What was written. */
interface Written {
  readonly outcome: 'written';
  /** Full path of the file as it was before; null if there was none or nothing changed. */
  readonly backup: string | null;
  /** What the user should know about the entry, in sentences. */
  readonly remarks: readonly string[];
}

/** `taken`: an entry of this name is there that Coffer did not write; nothing was changed. */
export type MergeResult = (Written & Where) | { readonly outcome: 'taken'; readonly file: string };

/** Where an entry goes. */
export function mergePlaceOf({ target }: Merge, place: MergePlace): Where {
  const file = fileOf(target, place);
  return { folder: path.dirname(file), fileName: path.basename(file) };
}

/**
 * Merges an entry into a file of another program; every byte that is not ours stays, and the file as it was is kept beside it.
 *
 * @param merge - What a kind's export came to. Values stay the caller's.
 * @param notes - Told what is changed, before anything is written.
 * @throws CofferError `bad-request` for a name, value or file that is refused; `busy`, `no-permission`, `disk-full`, `io-failed`.
 */
export async function mergeExport(merge: Merge, place: MergePlace, notes: MergeNotes): Promise<MergeResult> {
  const written = await write(merge, place, notes);
  return written === 'taken'
    ? { outcome: 'taken', file: fileOf(merge.target, place) }
    : { ...written, ...mergePlaceOf(merge, place) };
}

function fileOf(target: Merge['target'], { folders, environment }: MergePlace): string {
  if (target === 'ssh-config') return sshConfigPath(folders.home);
  return profileFilePath(target === 'aws-config' ? 'config' : 'credentials', { home: folders.home, environment });
}

async function write(
  { target, section, settings }: Merge,
  place: MergePlace,
  notes: MergeNotes,
): Promise<Written | 'taken'> {
  const { folders, ...rest } = place;
  const profilePlace = { ...rest, home: folders.home };
  if (target === 'ssh-config') {
    const text = (name: string) => {
      const value = settings.find((setting) => setting.name === name)?.value;
      if (value === undefined)
        throw new CofferError('bad-request', say('main-export.expected-a-value-for-the-host-block', { name }));
      return new TextDecoder().decode(value);
    };
    const host = { hostName: text('HostName'), user: text('User'), identityFile: text('IdentityFile') };
    const result = await writeSshHost({ alias: section, ...host }, profilePlace, notes);
    return result.outcome === 'taken' ? 'taken' : writtenTo(result.file, sshRemarks(result));
  }
  const file = target === 'aws-config' ? 'config' : 'credentials';
  const values = new Map(settings.map(({ name, value }) => [name, value] as const));
  const result = await writeAwsProfile({ file, profile: section, values }, profilePlace, notes);
  return result.outcome === 'taken' ? 'taken' : writtenTo(result.file, []);
}

function writtenTo({ backup, isChanged }: MergeOutcome, remarks: readonly string[]): Written {
  const same = say('main-export.the-file-says-just-this-already-nothing-was');
  return { outcome: 'written', backup, remarks: isChanged ? remarks : [same, ...remarks] };
}

/** ssh takes the first value that it finds, so what stands above the entry counts. */
function sshRemarks(found: { readonly shadowed: readonly string[]; readonly includesBefore: number }): string[] {
  const { shadowed, includesBefore } = found;
  const remarks: string[] = [];
  if (shadowed.length > 0) {
    remarks.push(say('main-export.lines-above-the-entry-which-hold', { names: shadowed.join(', ') }));
  }
  if (includesBefore > 0) {
    remarks.push(say('main-export.files-are-included', { count: includesBefore }));
  }
  return remarks;
}
