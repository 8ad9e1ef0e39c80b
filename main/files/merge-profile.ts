import path from 'node:path';
import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { mergeFile, readForMerge, type MergeNotes, type MergeOutcome } from './merge-file';
import { checkProfileName, findProfile, mergeProfile, type FoundProfile, type ProfileChange } from './profile-text';
import { profileChange } from './profile-undo';

/** Where AWS's two files are, and what may be written over. */
export interface ProfilePlace {
  readonly home: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the vault holds a key of this access key ID: such a profile is ours to update without asking. */
  readonly isKnownKeyId: (accessKeyId: string) => boolean;
  /** What the user said to `taken`. */
  readonly mayReplace: boolean;
  readonly nowMs: number;
}

/** `taken`: a profile of this name is there, Coffer did not write it, and nothing was changed: ask first. */
export type ProfileOutcome =
  { readonly outcome: 'written'; readonly file: MergeOutcome } | { readonly outcome: 'taken'; readonly file: string };

type ProfileFile = ProfileChange['file'];

const names = {
  credentials: say('main-files.aws-credentials-file'),
  config: say('main-files.aws-config-file'),
} as const;
const variables = { credentials: 'AWS_SHARED_CREDENTIALS_FILE', config: 'AWS_CONFIG_FILE' } as const;
/** Options of the config file that say nothing of who signs. */
const harmless: readonly string[] = ['region', 'output'];

/** Options that are no secret, and tell whose a profile is. */
const telling = ['aws_access_key_id', 'region'] as const;

/**
 * The file that AWS's tools use: what the environment variable says, or the one in `~/.aws`.
 *
 * @throws CofferError `bad-request` if the variable holds no full path: it would mean another file in each folder.
 * @see AWS CLI User Guide, "Environment variables": AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE.
 */
export function profileFilePath(
  file: ProfileFile,
  { home, environment }: Pick<ProfilePlace, 'home' | 'environment'>,
): string {
  const named = environment[variables[file]] ?? '';
  if (named === '') return path.join(home, '.aws', file);
  const full = /^~(?=$|[/\\])/.test(named) ? path.join(home, named.slice(1)) : named;
  if (!path.isAbsolute(full))
    throw new CofferError('bad-request', say('main-files.variable-expected-a-full-path', { file: variables[file] }));
  return path.normalize(full);
}

/**
 * Writes a profile into one of AWS's two files. Both are looked at: the profile is somebody else's if its access key ID is none of
 * the vault's, or if the config file says how it signs (a role, a program, single sign-on), or names another Region.
 *
 * @param change - Values stay the caller's. For the credentials file, options that would not go with the new key are taken out.
 * @param notes - Told what is changed, before anything is written.
 * @throws CofferError `bad-request` for a name or file that is refused; what {@link mergeFile} throws.
 */
export async function writeAwsProfile(
  change: ProfileChange,
  place: ProfilePlace,
  notes: MergeNotes,
): Promise<ProfileOutcome> {
  checkProfileName(change.profile);
  const file = profileFilePath(change.file, place);
  if (!place.mayReplace && isTaken(change, place)) return { outcome: 'taken', file };
  const values = change.file === 'credentials' ? withoutOldTokens(change.values) : change.values;
  const edit = (bytes: Uint8Array) => {
    notes.found(bytes, { change: profileChange(bytes, { ...change, values }), settings: tellingOf(values) });
    return mergeProfile(bytes, { ...change, values });
  };
  const merge = { file, what: names[change.file], edit, nowMs: place.nowMs };
  return { outcome: 'written', file: await mergeFile({ ...merge, ...notes }) };
}

function isTaken({ file, profile, values }: ProfileChange, place: ProfilePlace): boolean {
  const inCredentials = look('credentials', profile, place);
  const inConfig = look('config', profile, place);
  const keyId = inCredentials?.accessKeyId ?? '';
  if (keyId !== '' && place.isKnownKeyId(keyId)) return false;
  if (inCredentials !== null && inCredentials.optionNames.length > 0) return true;
  if (inConfig === null) return false;
  const region = values.get('region') ?? null;
  const isOtherRegion = file === 'config' && inConfig.region !== null && inConfig.region !== textOrNull(region);
  return isOtherRegion || inConfig.optionNames.some((name) => !harmless.includes(name));
}

/** What is no secret among the values. */
function tellingOf(values: ProfileChange['values']): Record<string, string> {
  return Object.fromEntries(
    telling.flatMap((name) => {
      const text = textOrNull(values.get(name) ?? null);
      return text === null ? [] : [[name, text] as const];
    }),
  );
}

/** With the token of another key every request would be refused. */
function withoutOldTokens(values: ProfileChange['values']): ProfileChange['values'] {
  return new Map<string, Uint8Array | null>([['aws_security_token', null], ['aws_session_token', null], ...values]);
}

function textOrNull(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

function look(file: ProfileFile, profile: string, place: ProfilePlace): FoundProfile | null {
  const bytes = readForMerge(profileFilePath(file, place), names[file]);
  try {
    return findProfile(bytes, file, profile);
  } finally {
    bytes.fill(0);
  }
}
