import path from 'node:path';
import { CofferError } from '../errors';
import { mergeFile, readForMerge, type MergeOutcome } from './merge-file';
import { checkProfileName, findProfile, mergeProfile, type FoundProfile, type ProfileFile } from './profile-text';

/** A profile for AWS's tools, as it is to stand in the two files. */
export interface AwsProfile {
  readonly name: string;
  readonly accessKeyId: string;
  /** ASCII. Stays the caller's. */
  readonly secretAccessKey: Uint8Array;
  /** Goes with temporary keys; null for others, and an old one is taken out. Stays the caller's. */
  readonly sessionToken: Uint8Array | null;
  /** Empty: the config file is left alone. */
  readonly region: string;
}

/** Where the two files are, and whether another's profile may be written over. */
export interface ProfilePlace {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Access key IDs that the vault holds: a profile with one of these is ours to update without asking. */
  readonly knownKeyIds: ReadonlySet<string>;
  /** What the user said to `taken`. */
  readonly mayReplace: boolean;
  readonly nowMs: number;
}

/** `taken`: a profile of this name is there, Coffer did not write it, and nothing was changed: ask first. */
export type ProfileOutcome =
  | { readonly outcome: 'written'; readonly files: readonly MergeOutcome[] }
  | { readonly outcome: 'taken'; readonly files: readonly string[] };

const names = { credentials: 'AWS credentials file', config: 'AWS config file' } as const;
const variables = { credentials: 'AWS_SHARED_CREDENTIALS_FILE', config: 'AWS_CONFIG_FILE' } as const;

/**
 * The file that AWS's tools use: what the environment variable says, or the one in `~/.aws`.
 *
 * @throws CofferError `bad-request` if the variable holds no full path: it would mean another file in each folder.
 * @see AWS CLI User Guide, "Environment variables": AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE.
 */
export function profileFilePath(file: ProfileFile, { home, environment }: Pick<ProfilePlace, 'home' | 'environment'>) {
  const named = environment[variables[file]] ?? '';
  if (named === '') return path.join(home, '.aws', file);
  const full = /^~(?=$|[/\\])/.test(named) ? path.join(home, named.slice(1)) : named;
  if (!path.isAbsolute(full)) throw new CofferError('bad-request', `${variables[file]}: expected a full path`);
  return path.normalize(full);
}

/**
 * Writes a profile into AWS's credentials file, and its Region into the config file. Both are read and checked before either is
 * written. A profile counts as ours if its access key ID is one that the vault holds.
 *
 * @throws CofferError `bad-request` for a name or file that is refused; what {@link mergeFile} throws. If the config file cannot be
 *   written, the credentials file has its profile already, and the message is about the config file.
 */
export async function writeAwsProfile(profile: AwsProfile, place: ProfilePlace): Promise<ProfileOutcome> {
  checkProfileName(profile.name);
  const credentials = profileFilePath('credentials', place);
  const config = profileFilePath('config', place);
  const inCredentials = look(credentials, 'credentials', profile.name);
  const inConfig = look(config, 'config', profile.name);
  const taken = takenFiles(inCredentials, inConfig, profile, place);
  if (taken.length > 0 && !place.mayReplace) {
    return { outcome: 'taken', files: taken.map((file) => ({ credentials, config })[file]) };
  }
  const files = [await merge('credentials', credentials, profile.name, credentialValues(profile), place)];
  if (profile.region !== '') {
    const region = new TextEncoder().encode(profile.region);
    files.push(await merge('config', config, profile.name, new Map([['region', region]]), place));
  }
  return { outcome: 'written', files };
}

/** What the two files hold under a name, if it is not ours to change: another key, a role, another Region. */
function takenFiles(
  inCredentials: FoundProfile | null,
  inConfig: FoundProfile | null,
  { region }: AwsProfile,
  { knownKeyIds }: ProfilePlace,
): ProfileFile[] {
  if (knownKeyIds.has(inCredentials?.accessKeyId ?? '')) return [];
  const taken: ProfileFile[] = [];
  if (inCredentials !== null && inCredentials.optionNames.length > 0) taken.push('credentials');
  const isOnlyOurRegion =
    inConfig?.optionNames.every((name) => name === 'region') === true && inConfig.region === region;
  if (inConfig !== null && inConfig.optionNames.length > 0 && !isOnlyOurRegion) taken.push('config');
  return taken;
}

function credentialValues({ accessKeyId, secretAccessKey, sessionToken }: AwsProfile): Map<string, Uint8Array | null> {
  return new Map([
    ['aws_access_key_id', new TextEncoder().encode(accessKeyId)],
    ['aws_secret_access_key', secretAccessKey],
    // With the token of another key every request would be refused.
    ['aws_session_token', sessionToken],
    ['aws_security_token', null],
  ]);
}

function look(file: string, kind: ProfileFile, name: string): FoundProfile | null {
  const bytes = readForMerge(file, names[kind]);
  try {
    return findProfile(bytes, kind, name);
  } finally {
    bytes.fill(0);
  }
}

function merge(
  kind: ProfileFile,
  file: string,
  profile: string,
  values: ReadonlyMap<string, Uint8Array | null>,
  { nowMs }: ProfilePlace,
): Promise<MergeOutcome> {
  const edit = (bytes: Uint8Array) => mergeProfile(bytes, { file: kind, profile, values });
  return mergeFile({ file, what: names[kind], edit, nowMs });
}
