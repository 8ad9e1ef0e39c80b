import { isSpace, linesOf, skipSpace, trimEnd, wordOf, type Line } from './text-lines';

/** `name = value` in a section, with the lines that continue it. */
export interface ProfileOption {
  /** In lower case. */
  readonly name: string;
  readonly line: Line;
  /** Where its value begins, within the line. */
  readonly valueStart: number;
  /** Indented lines that belong to its value, blank lines and comments left out. */
  readonly continued: readonly Line[];
}

/** A section and what it holds. */
export interface ProfileSection {
  /** Between the brackets, as it stands there. */
  readonly header: string;
  /** Line of the header. */
  readonly line: Line;
  readonly options: readonly ProfileOption[];
  /** End of its last line that is neither blank nor a comment. */
  readonly end: number;
  /** White space before that line's first line; before the header if the section is empty. */
  readonly indent: string;
  /** The same of the header. */
  readonly headerIndent: string;
  /** Whether it has a line that is no option, for which `aws` refuses the whole file. */
  readonly isBroken: boolean;
}

interface OpenOption extends ProfileOption {
  readonly continued: Line[];
}

interface OpenSection extends ProfileSection {
  readonly options: OpenOption[];
  end: number;
  indent: string;
  isBroken: boolean;
}

const hash = 0x23;
const semicolon = 0x3b;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
const colon = 0x3a;
const equals = 0x3d;

/**
 * Reads the sections of an AWS credentials or config file the way `aws` does: a line that is indented deeper than the option
 * above it continues that option, whatever it looks like.
 *
 * @param bytes - The file. No value is turned into a string.
 * @returns In the file's order, repeated ones too. What is before the first section belongs to none.
 * @see Python's configparser, `_read`, which `aws` reads these files with.
 */
export function readSections(bytes: Uint8Array): ProfileSection[] {
  const sections: OpenSection[] = [];
  let option: OpenOption | null = null;
  let level = 0;
  for (const line of linesOf(bytes, true)) {
    const start = skipSpace(bytes, line.start, line.end);
    if (start === line.end || bytes[start] === hash || bytes[start] === semicolon) continue;
    const section = sections.at(-1);
    if (section !== undefined && option !== null && start - line.start > level) {
      option.continued.push(line);
      section.end = line.next;
      continue;
    }
    level = start - line.start;
    const indent = wordOf(bytes, line.start, start);
    const header = headerOf(bytes, start, line.end);
    if (header !== null) {
      option = null;
      sections.push({ header, line, options: [], end: line.next, indent, headerIndent: indent, isBroken: false });
    } else if (section !== undefined) {
      const read = optionOf(bytes, start, line);
      section.end = line.next;
      section.indent = indent;
      option = read;
      if (read === null) section.isBroken = true;
      else section.options.push(read);
    }
  }
  return sections;
}

/** A value as a string: for values that are no secret. Lines that continue it are left out. */
export function valueText(bytes: Uint8Array, { valueStart, line }: ProfileOption): string {
  return wordOf(bytes, valueStart, trimEnd(bytes, valueStart, line.end));
}

/** Up to the last closing bracket, as `aws` reads it; what comes after is ignored. */
function headerOf(bytes: Uint8Array, start: number, end: number): string | null {
  if (bytes[start] !== openingBracket) return null;
  const closing = bytes.subarray(start, end).lastIndexOf(closingBracket) + start;
  return closing > start + 1 ? wordOf(bytes, start + 1, closing) : null;
}

function optionOf(bytes: Uint8Array, start: number, line: Line): OpenOption | null {
  let delimiter = start;
  while (delimiter < line.end && bytes[delimiter] !== equals && bytes[delimiter] !== colon) delimiter += 1;
  if (delimiter === line.end) return null;
  const name = wordOf(bytes, start, trimEnd(bytes, start, delimiter)).toLowerCase();
  let valueStart = delimiter + 1;
  while (valueStart < line.end && isSpace(bytes[valueStart])) valueStart += 1;
  return { name, line, valueStart, continued: [] };
}
