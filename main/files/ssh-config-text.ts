import { CofferError } from '../errors';
import { matchesHost, readSshBlocks, type SshBlock, type SshSetting } from './ssh-config-lines';
import { endsWithinLine, isNoPlainText, lineBreakOf, linesOf, spliced, type Splice } from './text-lines';

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

/** What an ssh configuration says about an alias already. */
export interface FoundHost {
  /** `own`: a block for it alone. `shared`: a block for it and others, or with wildcards other than a catch-all. */
  readonly block: 'none' | 'own' | 'shared';
  /** Whether a block for it alone names this key file, so that it was written for it. */
  readonly hasSameKey: boolean;
  /** Keywords of ours that lines before the place of our block set already, so that ours are without effect. */
  readonly shadowed: readonly string[];
  /** Files that are included before our block, and may set them too. */
  readonly includesBefore: number;
}

const defaultIndent = '    ';
const ourKeywords = ['HostName', 'User', 'IdentityFile', 'IdentitiesOnly'] as const;

/**
 * Checks what goes into a `Host` block.
 *
 * @throws CofferError `bad-request`, naming the field, for a value that ssh would read as something else: spaces and wildcards in
 *   the alias, quotes, line breaks, `${`.
 */
export function checkSshHost({ alias, hostName, user, identityFile }: SshHost): void {
  const refuse = (field: string, expected: string) => {
    throw new CofferError('bad-request', `${field}: expected ${expected}`);
  };
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(alias)) {
    refuse('name for ssh', '1 to 253 letters, digits, dots, dashes or underscores, with a letter or digit first');
  }
  if (!/^[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}$/.test(hostName)) refuse('host name', 'a host name or an IP address');
  if (!/^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}$/.test(user)) refuse('user', 'the name of a user on the instance');
  const path = written(identityFile);
  if (path === '' || path.length > 4096 || /["\\\p{Cc}]|\$\{/u.test(path)) {
    refuse('key file', 'a path without quotes, backslashes, control characters or ${');
  }
}

/**
 * Looks an alias up.
 *
 * @throws CofferError `bad-request` if the bytes are no plain text.
 */
export function findSshHost(bytes: Uint8Array, host: SshHost): FoundHost {
  const blocks = blocksOf(bytes);
  const own = ownBlock(blocks, host.alias);
  const place = own ?? firstThatApplies(blocks, host.alias);
  const before = blocks.slice(0, place === null ? undefined : blocks.indexOf(place));
  const applying = before.filter(({ opening }) => opening === null || applies(opening, host.alias));
  const set = new Set(applying.flatMap(({ settings }) => settings.map(({ keyword }) => keyword)));
  const keysInOwn = own?.settings.filter(({ keyword }) => keyword === 'identityfile') ?? [];
  return {
    block: own !== null ? 'own' : blocks.some(({ opening }) => namesAlias(opening, host.alias)) ? 'shared' : 'none',
    hasSameKey: keysInOwn.some(({ words }) => words[0] === written(host.identityFile)),
    // Key files add up; every other keyword counts once.
    shadowed: ourKeywords.filter((keyword) => keyword !== 'IdentityFile' && set.has(keyword.toLowerCase())),
    includesBefore: applying.flatMap(({ settings }) => settings).filter(({ keyword }) => keyword === 'include').length,
  };
}

/**
 * Writes a `Host` block into an ssh configuration; every other byte stays. A block for the alias alone has its lines of our four
 * keywords replaced, missing ones come first in it. Otherwise a new block goes before the first one that applies to the alias
 * (`Host *`, any `Match`), as ssh takes the first value that it finds; at the end if there is none. It never goes above lines or
 * `Include`s that precede all blocks: they hold for every host and would become part of ours.
 *
 * @param bytes - The file; empty for a new one. Not changed.
 * @returns An array of its own.
 * @throws CofferError `bad-request` for what {@link checkSshHost} refuses, or if the bytes are no plain text.
 */
export function mergeSshHost(bytes: Uint8Array, host: SshHost): Uint8Array {
  checkSshHost(host);
  const blocks = blocksOf(bytes);
  const own = ownBlock(blocks, host.alias);
  if (own !== null) return spliced(bytes, editsOf(bytes, own, host));
  const place = firstThatApplies(blocks, host.alias);
  return spliced(bytes, [newBlock(bytes, place, host)]);
}

/**
 * Whether the block for one alias is still as it was written.
 *
 * @param settings - By keyword, values as they were given to {@link mergeSshHost}.
 * @returns `gone` also if the block has none of our four keywords.
 */
export function sshHostState(
  bytes: Uint8Array,
  alias: string,
  settings: Readonly<Record<string, string>>,
): 'there' | 'changed' | 'gone' {
  const ours = ownBlock(blocksOf(bytes), alias)?.settings.filter(isOurs) ?? [];
  if (ours.length === 0) return 'gone';
  const isSame = ([name, value]: [string, string]) => {
    const text = name === 'IdentityFile' ? written(value) : value;
    return ours.some(({ keyword, words }) => keyword === name.toLowerCase() && words[0] === text);
  };
  return Object.entries(settings).every(isSame) ? 'there' : 'changed';
}

/**
 * Takes our four settings out of the block for one alias, and its `Host` line too if nothing else is in it.
 *
 * @returns An array of its own.
 */
export function withoutSshHost(bytes: Uint8Array, alias: string): Uint8Array {
  const own = ownBlock(blocksOf(bytes), alias);
  if (own === null) return Uint8Array.from(bytes);
  const ours = own.settings.filter(isOurs);
  const lines = [...(ours.length === own.settings.length ? [own.opening] : []), ...ours].map(({ line }) => line);
  return spliced(
    bytes,
    lines.map(({ start, next }) => ({ start, end: next, pieces: [] })),
  );
}

function isOurs({ keyword }: SshSetting): boolean {
  return ourKeywords.some((ours) => ours.toLowerCase() === keyword);
}

type OpenedBlock = SshBlock & { readonly opening: SshSetting };

function blocksOf(bytes: Uint8Array): SshBlock[] {
  if (isNoPlainText(bytes)) {
    throw new CofferError('bad-request', 'ssh configuration: expected plain text in UTF-8, as ssh reads it');
  }
  return readSshBlocks(bytes);
}

function isOpened(block: SshBlock): block is OpenedBlock {
  return block.opening !== null;
}

function ownBlock(blocks: readonly SshBlock[], alias: string): OpenedBlock | null {
  const isOwn = ({ opening: { keyword, words } }: OpenedBlock) =>
    keyword === 'host' && words.length === 1 && words[0] === alias;
  return blocks.filter(isOpened).find(isOwn) ?? null;
}

function firstThatApplies(blocks: readonly SshBlock[], alias: string): OpenedBlock | null {
  return blocks.filter(isOpened).find(({ opening }) => applies(opening, alias)) ?? null;
}

/** What `Match` looks at is not known here, so it is taken to apply. */
function applies({ keyword, words }: SshSetting, alias: string): boolean {
  return keyword === 'match' || matchesHost(words, alias);
}

/** A `Host` line that means the alias, and not every host. */
function namesAlias(opening: SshSetting | null, alias: string): boolean {
  return opening?.keyword === 'host' && !opening.words.includes('*') && matchesHost(opening.words, alias);
}

function editsOf(bytes: Uint8Array, { opening, settings }: OpenedBlock, host: SshHost): Splice[] {
  const lineBreak = lineBreakOf(bytes);
  const indent = settings[0]?.indent ?? opening.indent + defaultIndent;
  const splices: Splice[] = [];
  const missing: string[] = [];
  for (const [keyword, value] of linesFor(host)) {
    const setting = settings.find((candidate) => candidate.keyword === keyword.toLowerCase());
    if (setting === undefined) {
      missing.push(`${indent}${keyword} ${value}${lineBreak}`);
    } else {
      splices.push({ start: setting.wordsStart, end: setting.wordsEnd, pieces: [value] });
    }
  }
  const { end, next } = opening.line;
  const start = missing.length > 0 && end === next ? lineBreak : '';
  return [...splices, { start: next, end: next, pieces: [start, ...missing] }];
}

function newBlock(bytes: Uint8Array, place: OpenedBlock | null, host: SshHost): Splice {
  const lineBreak = lineBreakOf(bytes);
  const lines = linesFor(host).map(([keyword, value]) => `${defaultIndent}${keyword} ${value}${lineBreak}`);
  const block = [`Host ${host.alias}${lineBreak}`, ...lines];
  if (place === null) {
    const gap = linesOf(bytes, false).length > 0 ? lineBreak : '';
    const pieces = [endsWithinLine(bytes, false) ? lineBreak : '', gap, ...block];
    return { start: bytes.length, end: bytes.length, pieces };
  }
  const at = startWithComments(bytes, place.opening);
  return { start: at, end: at, pieces: [...block, lineBreak] };
}

/** Comment lines right above a block belong to it; our block goes above them. */
function startWithComments(bytes: Uint8Array, opening: SshSetting): number {
  const lines = linesOf(bytes, false);
  let at = lines.findIndex(({ start }) => start === opening.line.start);
  while (at > 0 && /^\s*#/.test(textAt(bytes, lines[at - 1]))) at -= 1;
  return lines[at]?.start ?? opening.line.start;
}

function textAt(bytes: Uint8Array, line: { readonly start: number; readonly end: number } | undefined): string {
  return line === undefined ? '' : Buffer.from(bytes.subarray(line.start, line.end)).toString('latin1');
}

function linesFor(host: SshHost): (readonly [string, string])[] {
  const file = written(host.identityFile);
  return [
    ['HostName', host.hostName],
    ['User', host.user],
    ['IdentityFile', /\s|#|'/.test(file) ? `"${file}"` : file],
    ['IdentitiesOnly', 'yes'],
  ];
}

/** ssh reads `%` as the start of a token, and `\` before some characters as an escape; on Windows it takes `/` as well. */
function written(identityFile: string): string {
  const path = /^[A-Za-z]:\\/.test(identityFile) ? identityFile.replaceAll('\\', '/') : identityFile;
  return path.replaceAll('%', '%%');
}
