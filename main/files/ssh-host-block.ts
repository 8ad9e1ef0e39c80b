import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { readSshBlocks, type SshBlock, type SshSetting } from './ssh-config-lines';
import { isNoPlainText } from './text-lines';

/** A `Host` block: how ssh reaches one instance with one key. Nothing in it is secret. */
export interface SshHost {
  /** What is typed after `ssh`. */
  readonly alias: string;
  /** Name or address. */
  readonly hostName: string;
  readonly user: string;
  /** Full path of the private key. */
  readonly identityFile: string;
}

/** A line that a `Host` block of ours has. */
export interface HostLine {
  readonly keyword: SshKeyword;
  /** As it is written. */
  readonly text: string;
  /** As ssh reads it: without quotes. */
  readonly word: string;
}

/** A block that begins with a `Host` or `Match` line. */
export type OpenedBlock = SshBlock & { readonly opening: SshSetting };

/** What Coffer writes into a `Host` block. */
export const ourKeywords = ['HostName', 'User', 'IdentityFile', 'IdentitiesOnly'] as const;

/** One of {@link ourKeywords}. */
export type SshKeyword = (typeof ourKeywords)[number];

/**
 * Reads an ssh configuration.
 *
 * @throws CofferError `bad-request` if the bytes are no plain text.
 */
export function blocksOf(bytes: Uint8Array): SshBlock[] {
  if (isNoPlainText(bytes)) {
    throw new CofferError('bad-request', say('main-files.ssh-configuration-expected-plain-text-in-utf-8'));
  }
  return readSshBlocks(bytes);
}

/** Whether it is no block of what precedes all of them. */
export function isOpened(block: SshBlock): block is OpenedBlock {
  return block.opening !== null;
}

/** Blocks for one alias alone, in the file's order; ssh takes what the first one says. */
export function ownBlocks(blocks: readonly SshBlock[], alias: string): OpenedBlock[] {
  const isOwn = ({ opening: { keyword, words } }: OpenedBlock) =>
    keyword === 'host' && words.length === 1 && words[0] === alias;
  return blocks.filter(isOpened).filter(isOwn);
}

/** The lines of a host, in their order. */
export function linesFor(host: SshHost): HostLine[] {
  const file = writtenPath(host.identityFile);
  const line = (keyword: SshKeyword, word: string, text = word) => ({ keyword, word, text });
  return [
    line('HostName', host.hostName),
    line('User', host.user),
    line('IdentityFile', file, /\s|#|'/.test(file) ? `"${file}"` : file),
    line('IdentitiesOnly', 'yes'),
  ];
}

/**
 * The setting of a block in whose place one of our lines goes. Key files add up, so that one that names ours already is the one;
 * of every other keyword ssh takes the first.
 *
 * @returns Null if there is none.
 */
export function settingFor({ settings }: SshBlock, { keyword, word }: HostLine): SshSetting | null {
  const ofKeyword = settings.filter((setting) => setting.keyword === keyword.toLowerCase());
  const same = keyword === 'IdentityFile' ? ofKeyword.find((setting) => saysWord(setting, word)) : undefined;
  return same ?? ofKeyword[0] ?? null;
}

/** Whether a setting says this and no more. */
export function saysWord({ words }: SshSetting, word: string): boolean {
  return words.length === 1 && words[0] === word;
}

/** ssh reads `%` as the start of a token, and `\` before some characters as an escape; on Windows it takes `/` as well. */
export function writtenPath(identityFile: string): string {
  const path = /^[A-Za-z]:\\/.test(identityFile) ? identityFile.replaceAll('\\', '/') : identityFile;
  return path.replaceAll('%', '%%');
}
