import path from 'node:path';
import type { Exported, ExportFormat } from '../credentials/descriptor';
import { CofferError } from '../errors';
import { profileFilePath, removeAwsProfile, writeAwsProfile } from '../files/merge-profile';
import { removeSshHost, sshConfigPath, writeSshHost } from '../files/merge-ssh-config';
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

/** `taken`: an entry of this name is there that Coffer did not write; nothing was changed. */
export type MergeResult =
  ({ readonly outcome: 'written' } & Where) | { readonly outcome: 'taken'; readonly file: string };

const credentialOptions = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'];

/**
 * Merges an entry into a file of another program; every byte that is not ours stays, and the file as it was is kept beside it.
 *
 * @param merge - What a kind's export came to. Values stay the caller's.
 * @param noting - Notes the entry in the list of exports around the writing; what it is given throws if nothing was written.
 * @throws CofferError `bad-request` for a name, value or file that is refused; `busy`, `no-permission`, `disk-full`, `io-failed`.
 */
export async function mergeExport(
  merge: Merge,
  place: MergePlace,
  noting: (where: Where, write: () => Promise<void>) => Promise<void>,
): Promise<MergeResult> {
  const file = fileOf(merge.target, place);
  const where = { folder: path.dirname(file), fileName: path.basename(file) };
  const taken = new Taken();
  try {
    await noting(where, async () => {
      if ((await write(merge, place)) === 'taken') throw taken;
    });
    return { outcome: 'written', ...where };
  } catch (error) {
    if (error !== taken) throw error;
    return { outcome: 'taken', file };
  }
}

/**
 * Takes an entry out of a file again, as far as Coffer wrote it. A file or entry that is gone is no error.
 *
 * @throws CofferError As {@link mergeExport}.
 */
export async function removeMerged(
  { format, section, folder, fileName }: Where & { readonly format: ExportFormat; readonly section: string },
  nowMs: number,
): Promise<void> {
  const place = { file: path.join(folder, fileName), nowMs };
  if (format === 'aws-credentials') {
    await removeAwsProfile({ file: 'credentials', profile: section, names: credentialOptions }, place);
  } else if (format === 'aws-config') {
    await removeAwsProfile({ file: 'config', profile: section, names: ['region'] }, place);
  } else if (format === 'ssh-config') {
    await removeSshHost(section, place);
  }
}

/** Ends the noting of an entry that was not written. */
class Taken extends Error {
  override readonly name = 'Taken';
}

function fileOf(target: Merge['target'], { folders, environment }: MergePlace): string {
  if (target === 'ssh-config') return sshConfigPath(folders.home);
  return profileFilePath(target === 'aws-config' ? 'config' : 'credentials', { home: folders.home, environment });
}

async function write({ target, section, settings }: Merge, place: MergePlace): Promise<'written' | 'taken'> {
  const { folders, ...rest } = place;
  const profilePlace = { ...rest, home: folders.home };
  if (target === 'ssh-config') {
    const text = (name: string) => {
      const value = settings.find((setting) => setting.name === name)?.value;
      if (value === undefined) throw new CofferError('bad-request', `${name}: expected a value for the Host block`);
      return new TextDecoder().decode(value);
    };
    const host = { hostName: text('HostName'), user: text('User'), identityFile: text('IdentityFile') };
    return (await writeSshHost({ alias: section, ...host }, profilePlace)).outcome;
  }
  const file = target === 'aws-config' ? 'config' : 'credentials';
  const values = new Map(settings.map(({ name, value }) => [name, value] as const));
  return (await writeAwsProfile({ file, profile: section, values }, profilePlace)).outcome;
}
