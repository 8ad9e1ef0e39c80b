import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { readSections, valueText, type ProfileOption, type ProfileSection } from './profile-lines';
import { endsWithinLine, isNoPlainText, lineBreakOf, spliced, type Piece, type Splice } from './text-lines';

/** Which of AWS's two files a text is: they name sections differently. */
export type ProfileFile = 'credentials' | 'config';

/** What to set in a profile. */
export interface ProfileChange {
  readonly file: ProfileFile;
  /** See {@link checkProfileName}. */
  readonly profile: string;
  /** Names in lower case. Values are ASCII without line breaks, and stay the caller's; null takes the option out. */
  readonly values: ReadonlyMap<string, Uint8Array | null>;
}

/** What stands in a file under a profile's name. */
export interface FoundProfile {
  /** Null if there is none, or one that is cut short. */
  readonly accessKeyId: string | null;
  readonly region: string | null;
  /** Names of all its options, in lower case. */
  readonly optionNames: readonly string[];
}

const maxNameLength = 64;

/**
 * Checks the name of a profile.
 *
 * @throws CofferError `bad-request` unless it is 1 to 64 letters, digits and `. _ - + @ / % =`, and starts with a letter or digit.
 */
export function checkProfileName(name: string): void {
  // `DEFAULT` holds for every profile in the eyes of the parser that aws uses.
  if (name.length > maxNameLength || !/^[A-Za-z0-9][A-Za-z0-9._+@/%=-]*$/.test(name) || name === 'DEFAULT') {
    throw new CofferError(
      'bad-request',
      say('main-files.profile-name-expected-1-to-letters-digits-or', { maxNameLength }),
    );
  }
}

/**
 * Looks a profile up.
 *
 * @returns Null if the file has no section for it.
 * @throws CofferError `bad-request` as {@link mergeProfile}.
 */
export function findProfile(bytes: Uint8Array, file: ProfileFile, profile: string): FoundProfile | null {
  const section = profileSection(bytes, file, profile);
  if (section === null) return null;
  const text = (wanted: string) => {
    const option = section.options.find(({ name }) => name === wanted);
    return option === undefined ? null : valueText(bytes, option);
  };
  const optionNames = section.options.map(({ name }) => name);
  return { accessKeyId: text('aws_access_key_id'), region: text('region'), optionNames };
}

/**
 * Sets options of one profile. Every other byte stays: comments, order, line breaks, a byte order mark, unknown options, other
 * sections. In a section that is there, values are replaced where they stand and missing options come after its last one;
 * otherwise the section is appended. Doing it twice gives what doing it once gives.
 *
 * @param bytes - The file; empty for a new one. Not changed.
 * @returns An array of its own that holds secrets; the caller wipes it.
 * @throws CofferError `bad-request` if the bytes are no plain text, or the section is there twice or under a name that `aws` does not read.
 */
export function mergeProfile(bytes: Uint8Array, change: ProfileChange): Uint8Array {
  checkProfileName(change.profile);
  const section = profileSection(bytes, change.file, change.profile);
  return spliced(bytes, section === null ? [appendedSection(bytes, change)] : editsOf(bytes, section, change));
}

/**
 * The section of a profile.
 *
 * @returns Null if there is none.
 * @throws CofferError `bad-request` as {@link mergeProfile}.
 */
export function profileSection(bytes: Uint8Array, file: ProfileFile, profile: string): ProfileSection | null {
  if (isNoPlainText(bytes)) {
    throw new CofferError('bad-request', say('main-files.aws-file-expected-plain-text-in-utf-8', { file }));
  }
  const found = readSections(bytes).filter(({ header }) => nameIn(header, file) === profile);
  if (found.length > 1) {
    throw new CofferError('bad-request', say('main-files.aws-file-it-has-this-profile-twice-keep', { file }));
  }
  const [section] = found;
  if (section !== undefined && !isReadByAws(section.header, file)) {
    throw new CofferError('bad-request', say('main-files.aws-file-this-profiles-name-stands-there-with', { file }));
  }
  if (section?.isBroken === true) {
    throw new CofferError('bad-request', say('main-files.aws-file-this-profile-has-a-line-without', { file }));
  }
  return section ?? null;
}

/** The profile that a header names; null if it names something else. */
function nameIn(header: string, file: ProfileFile): string | null {
  const trimmed = header.trim();
  if (file === 'credentials') return trimmed;
  if (trimmed === 'default') return trimmed;
  const quoted = /^profile\s+(?:"([^"]*)"|'([^']*)'|(.+))$/.exec(trimmed);
  return quoted === null ? null : (quoted[1] ?? quoted[2] ?? quoted[3] ?? null);
}

function isReadByAws(header: string, file: ProfileFile): boolean {
  return file === 'config' && header.startsWith('profile') ? true : header === header.trim();
}

function appendedSection(bytes: Uint8Array, { file, profile, values }: ProfileChange): Splice {
  const lineBreak = lineBreakOf(bytes);
  const header = file === 'credentials' || profile === 'default' ? profile : `profile ${profile}`;
  const gap = readSections(bytes).length > 0 ? lineBreak : '';
  const start = (endsWithinLine(bytes, true) ? lineBreak : '') + gap;
  const pieces = [start, `[${header}]${lineBreak}`, ...optionLines(values, '', lineBreak)];
  return { start: bytes.length, end: bytes.length, pieces };
}

function editsOf(bytes: Uint8Array, section: ProfileSection, { values }: ProfileChange): Splice[] {
  const splices: Splice[] = [];
  const missing = new Map(values);
  for (const option of section.options) {
    const value = values.get(option.name);
    if (value === undefined) continue;
    const isFirst = missing.delete(option.name);
    // A second one of the same name makes aws refuse the file.
    splices.push(...(value === null || !isFirst ? removal(option) : replacement(option, value)));
  }
  return [...splices, insertion(bytes, section, missing)];
}

/** Options that come after the last one of a section; those that are null are left out. */
export function insertion(
  bytes: Uint8Array,
  section: ProfileSection,
  values: ReadonlyMap<string, Uint8Array | null>,
): Splice {
  const lines = optionLines(values, indentFor(bytes, section), lineBreakOf(bytes));
  const isCutShort = lines.length > 0 && section.end === bytes.length && endsWithinLine(bytes, true);
  return { start: section.end, end: section.end, pieces: [isCutShort ? lineBreakOf(bytes) : '', ...lines] };
}

/** As deep as the line before it and the header after it; were it less deep, that header would become part of its value. */
function indentFor(bytes: Uint8Array, section: ProfileSection): string {
  const sections = readSections(bytes);
  const next = sections[sections.findIndex(({ end }) => end === section.end) + 1]?.headerIndent ?? '';
  return next.length > section.indent.length ? next : section.indent;
}

/** Puts a value in the place of another. */
export function replacement({ valueStart, line, continued }: ProfileOption, value: Uint8Array): Splice[] {
  return [{ start: valueStart, end: line.end, pieces: [value] }, ...continued.map(cut)];
}

/** Takes an option out, with the lines that continue it. */
export function removal({ line, continued }: ProfileOption): Splice[] {
  return [line, ...continued].map(cut);
}

/** Takes a line out. */
export function cut({ start, next }: { readonly start: number; readonly next: number }): Splice {
  return { start, end: next, pieces: [] };
}

function optionLines(values: ReadonlyMap<string, Uint8Array | null>, indent: string, lineBreak: string): Piece[] {
  const pieces: Piece[] = [];
  for (const [name, value] of values) if (value !== null) pieces.push(`${indent}${name} = `, value, lineBreak);
  return pieces;
}
