import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { matchesHost, type SshBlock, type SshSetting } from './ssh-config-lines';
import {
  type OpenedBlock,
  type SshHost,
  blocksOf,
  isOpened,
  linesFor,
  ourKeywords,
  ownBlocks,
  saysWord,
  settingFor,
  writtenPath,
} from './ssh-host-block';
import { endsWithinLine, lineBreakOf, linesOf, spliced, type Splice } from './text-lines';

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

/**
 * Checks what goes into a `Host` block.
 *
 * @throws CofferError `bad-request`, naming the field, for a value that ssh would read as something else: spaces and wildcards in
 *   the alias, quotes, line breaks, `${`.
 */
export function checkSshHost({ alias, hostName, user, identityFile }: SshHost): void {
  const refuse = (field: string, expected: string) => {
    throw new CofferError('bad-request', say('main-files.expected', { field, expected }));
  };
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(alias)) {
    refuse(say('main-files.name-for-ssh'), say('main-files.1-to-253-letters-digits-dots'));
  }
  if (!/^[A-Za-z0-9:][A-Za-z0-9.:_-]{0,252}$/.test(hostName))
    refuse(say('main-files.host-name'), say('main-files.a-host-name-or-an-ip'));
  if (!/^[A-Za-z0-9_][A-Za-z0-9._@+-]{0,63}$/.test(user))
    refuse(say('main-files.user'), say('main-files.the-name-of-a-user-on'));
  const path = writtenPath(identityFile);
  if (path === '' || path.length > 4096 || /["\\\p{Cc}]|\$\{/u.test(path)) {
    refuse(say('main-files.key-file'), say('main-files.a-path-without', { sign: '${' }));
  }
}

/**
 * Looks an alias up.
 *
 * @throws CofferError `bad-request` if the bytes are no plain text.
 */
export function findSshHost(bytes: Uint8Array, host: SshHost): FoundHost {
  const blocks = blocksOf(bytes);
  const own = ownBlocks(blocks, host.alias)[0] ?? null;
  const place = own ?? firstThatApplies(blocks, host.alias);
  const before = blocks.slice(0, place === null ? undefined : blocks.indexOf(place));
  const applying = before.filter(({ opening }) => opening === null || applies(opening, host.alias));
  const set = new Set(applying.flatMap(({ settings }) => settings.map(({ keyword }) => keyword)));
  const keysInOwn = own?.settings.filter(({ keyword }) => keyword === 'identityfile') ?? [];
  return {
    block: own !== null ? 'own' : blocks.some(({ opening }) => namesAlias(opening, host.alias)) ? 'shared' : 'none',
    hasSameKey: keysInOwn.some(({ words }) => words[0] === writtenPath(host.identityFile)),
    // Key files add up; every other keyword counts once.
    shadowed: ourKeywords.filter((keyword) => keyword !== 'IdentityFile' && set.has(keyword.toLowerCase())),
    includesBefore: applying.flatMap(({ settings }) => settings).filter(({ keyword }) => keyword === 'include').length,
  };
}

/**
 * Writes a `Host` block into an ssh configuration; every other byte stays. A block for the alias alone has its lines of our four
 * keywords replaced unless they say the same, missing ones come first in it. Otherwise a new block goes before the first one that applies to the alias
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
  const own = ownBlocks(blocks, host.alias)[0] ?? null;
  if (own !== null) return spliced(bytes, editsOf(bytes, own, host));
  const place = firstThatApplies(blocks, host.alias);
  return spliced(bytes, [newBlock(bytes, place, host)]);
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

function editsOf(bytes: Uint8Array, block: OpenedBlock, host: SshHost): Splice[] {
  const { opening, settings } = block;
  const lineBreak = lineBreakOf(bytes);
  const indent = settings[0]?.indent ?? opening.indent + defaultIndent;
  const splices: Splice[] = [];
  const missing: string[] = [];
  for (const line of linesFor(host)) {
    const setting = settingFor(block, line);
    if (setting === null) missing.push(`${indent}${line.keyword} ${line.text}${lineBreak}`);
    else if (!saysWord(setting, line.word)) {
      splices.push({ start: setting.wordsStart, end: setting.wordsEnd, pieces: [line.text] });
    }
  }
  if (missing.length === 0) return splices;
  const { end, next } = opening.line;
  const start = end === next ? lineBreak : '';
  return [...splices, { start: next, end: next, pieces: [start, ...missing] }];
}

function newBlock(bytes: Uint8Array, place: OpenedBlock | null, host: SshHost): Splice {
  const lineBreak = lineBreakOf(bytes);
  const lines = linesFor(host).map(({ keyword, text }) => `${defaultIndent}${keyword} ${text}${lineBreak}`);
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
