import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { linesOf, skipSpace, wordOf, type Line } from './text-lines';

/** A line of an ssh configuration that says something. */
export interface SshSetting {
  /** In lower case. */
  readonly keyword: string;
  /** As they stand there, quotes taken off. */
  readonly words: readonly string[];
  readonly line: Line;
  /** White space before the keyword. */
  readonly indent: string;
  /** Where the words begin. */
  readonly wordsStart: number;
  /** Where the last of them ends, before a comment. */
  readonly wordsEnd: number;
}

/** What stands before the first `Host` or `Match` has no opening; everything else begins with one. */
export interface SshBlock {
  readonly opening: SshSetting | null;
  readonly settings: readonly SshSetting[];
}

const maxConfigLines = 100_000;

/**
 * Reads an ssh configuration into blocks, the way ssh does: a line is cut at LF, white space around it is ignored, a keyword is
 * followed by space or one `=`, and words may be in double quotes.
 *
 * @returns The first one has no opening, and may be empty.
 * @throws CofferError `bad-request` for more than 100,000 lines.
 * @see ssh_config(5); OpenSSH readconf.c, `process_config_line_depth`.
 */
export function readSshBlocks(bytes: Uint8Array): SshBlock[] {
  const lines = linesOf(bytes, false);
  if (lines.length > maxConfigLines) {
    throw new CofferError(
      'bad-request',
      say('main-files.ssh-configuration-expected-at-most-lines', { maxConfigLines }),
    );
  }
  const blocks: { opening: SshSetting | null; settings: SshSetting[] }[] = [{ opening: null, settings: [] }];
  for (const line of lines) {
    const setting = settingOf(bytes, line);
    if (setting === null) continue;
    if (setting.keyword === 'host' || setting.keyword === 'match') blocks.push({ opening: setting, settings: [] });
    else blocks.at(-1)?.settings.push(setting);
  }
  return blocks;
}

function settingOf(bytes: Uint8Array, line: Line): SshSetting | null {
  const start = skipSpace(bytes, line.start, line.end);
  const text = wordOf(bytes, start, line.end);
  if (text === '' || text.startsWith('#')) return null;
  const match = /^([^\s=]+)(?:\s*=\s*|\s+|$)/.exec(text);
  if (match === null) return null;
  const [head, keyword = ''] = match;
  const { words, length } = wordsOf(text.slice(head.length));
  const indent = wordOf(bytes, line.start, start);
  const wordsStart = start + head.length;
  return { keyword: keyword.toLowerCase(), words, line, indent, wordsStart, wordsEnd: wordsStart + length };
}

/** Splits at white space outside quotes; a comment ends the words. `length` is where the last of them ends. */
function wordsOf(text: string): { readonly words: string[]; readonly length: number } {
  const words: string[] = [];
  let length = 0;
  for (const { 0: word, index } of text.matchAll(/(?:"(?:\\.|[^"\\])*"?|'[^']*'?|\\.|[^\s"'\\])+/g)) {
    if (word.startsWith('#')) break;
    words.push(word.replace(/\\(["'\\ ])|["']/g, '$1'));
    length = index + word.length;
  }
  return { words, length };
}

/**
 * Whether a `Host` line's patterns take in a name: one of them matches, and none that begins with `!` does.
 *
 * @see ssh_config(5), PATTERNS.
 */
export function matchesHost(patterns: readonly string[], alias: string): boolean {
  const isMatch = (pattern: string) => globMatches(pattern.toLowerCase(), alias.toLowerCase());
  if (patterns.some((pattern) => pattern.startsWith('!') && isMatch(pattern.slice(1)))) return false;
  return patterns.some((pattern) => !pattern.startsWith('!') && isMatch(pattern));
}

/** `*` is any run of characters, `?` is one. In time proportional to the product of the lengths, whatever the pattern. */
function globMatches(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let star: { readonly pattern: number; text: number } | null = null;
  while (from < text.length) {
    if (pattern[at] === '*') {
      star = { pattern: at, text: from };
      at += 1;
    } else if (at < pattern.length && (pattern[at] === '?' || pattern[at] === text[from])) {
      at += 1;
      from += 1;
    } else if (star !== null) {
      star.text += 1;
      from = star.text;
      at = star.pattern + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
