import { say } from '../../preload/words/say';
import { CofferError } from '../errors';
import { OverviewWriter } from './overview-writer';
import { layout, readHead, readText, textEndAt, titleAtOf } from './overview-layout';

/** What lists and search need of a record; sealed together with those of other records. */
export interface Overview {
  /** Name of the kind; it may be one that this version does not know. At most 255 bytes of UTF-8. */
  readonly kind: string;
  readonly title: string;
  readonly tags: readonly string[];
  readonly isFavourite: boolean;
  /** Short second line, made by the kind. */
  readonly subtitle: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  /** Null unless the record is in the trash. */
  readonly trashedAtMs: number | null;
  /** Records that this one points to, by field. */
  readonly links: Readonly<Record<string, string>>;
  /** What finds a record by what it is; see `marks.ts`. */
  readonly marks: readonly string[];
  /** Members that a newer version wrote, as values of JSON; kept when this one rewrites the overview. */
  readonly unknownMembers: Readonly<Record<string, unknown>>;
}

/** An overview to be written; without links and marks if it has none. */
export type OverviewToWrite = Omit<Overview, 'links' | 'marks'> & Partial<Pick<Overview, 'links' | 'marks'>>;

/**
 * Writes an overview. Numbers are big-endian:
 *
 * - version u8 = 1
 * - flags u8: 1 favourite, 2 in the trash; the other bits are 0
 * - created f64, updated f64, trashed f64 (0 unless in the trash): milliseconds since 1970
 * - kind: u8, 1 key-pair, 2 settings, 3 export; 0 for any other, whose name follows: length u8, then UTF-8
 * - title: a text; a text is a length u32, then as many bytes of UTF-8. A string with half of a surrogate pair has no UTF-8: its
 *   length has the highest bit set, and UTF-16 (big-endian) follows
 * - tags: count u16, then a text each
 * - subtitle: a text
 * - members: count u16, then for each its name, a text, and its value in JSON, a text. `links`: an object of record ids (32 hex digits) by
 *   field name; `marks`: an array of strings; both are left out if they are empty. Others are kept as they are
 *
 * What lists sort and filter by comes first, at fixed places.
 *
 * @param overview - Not changed.
 * @returns Fresh bytes; the caller owns them.
 * @throws CofferError `bad-request` for a kind of more than 255 bytes, or more than 65,535 tags.
 */
export function encodeOverview(overview: OverviewToWrite): Uint8Array {
  const { kind, title, tags, subtitle, isFavourite, createdAtMs, updatedAtMs, trashedAtMs } = overview;
  const { links = {}, marks = [], unknownMembers } = overview;
  const writer = new OverviewWriter();
  const flags = (isFavourite ? layout.favouriteFlag : 0) | (trashedAtMs === null ? 0 : layout.trashedFlag);
  writer.number(1, layout.version).number(1, flags);
  for (const timeMs of [createdAtMs, updatedAtMs, trashedAtMs ?? 0]) writer.float(timeMs);
  writer.kind(kind).text(title).count(tags.length);
  for (const tag of tags) writer.text(tag);
  writer.text(subtitle);
  const members: [string, unknown][] = Object.entries(unknownMembers);
  if (Object.keys(links).length > 0) members.push(['links', links]);
  if (marks.length > 0) members.push(['marks', marks]);
  writer.count(members.length);
  for (const [name, value] of members) writer.text(name).text(JSON.stringify(value));
  return writer.finish();
}

/**
 * Reads what {@link encodeOverview} wrote.
 *
 * @param bytes - Not changed.
 * @throws CofferError `vault-damaged` if they do not have that layout; `newer-format` for another version.
 */
export function decodeOverview(bytes: Uint8Array): Overview {
  const { flags, createdAtMs, updatedAtMs, trashedAtMs, kind, titleAt } = readHead(bytes, 0);
  const title = readText(bytes, titleAt);
  const tags = readList(bytes, title.end, 1);
  const subtitle = readText(bytes, tags.end);
  const members = readList(bytes, subtitle.end, 2);
  if (members.end !== bytes.length) throw damaged();
  const pairs = members.texts.flatMap((name, index) =>
    index % 2 === 0 ? [[name, parse(members.texts[index + 1] ?? '')] as const] : [],
  );
  const { links, marks, ...unknownMembers } = Object.fromEntries(pairs);
  return {
    kind,
    title: title.text,
    tags: tags.texts,
    isFavourite: (flags & layout.favouriteFlag) !== 0,
    subtitle: subtitle.text,
    createdAtMs,
    updatedAtMs,
    trashedAtMs: (flags & layout.trashedFlag) === 0 ? null : trashedAtMs,
    links: readLinks(links),
    marks: readMarks(marks),
    unknownMembers,
  };
}

/**
 * The record that a field points to, told without decoding the rest of the overview.
 *
 * @param bytes - One overview; not changed.
 * @param field - Name of a link.
 * @returns Null if it points to none.
 * @throws CofferError `vault-damaged`.
 */
export function linkIn(bytes: Uint8Array, field: string): string | null {
  let at = textEndAt(bytes, titleAtOf(bytes, 0));
  const tags = countAt(bytes, at);
  at += 2;
  for (let tag = 0; tag < tags; tag++) at = textEndAt(bytes, at);
  at = textEndAt(bytes, at);
  const members = countAt(bytes, at);
  at += 2;
  for (let member = 0; member < members; member++) {
    const name = readText(bytes, at);
    if (name.text === 'links') return readLinks(parse(readText(bytes, name.end).text))[field] ?? null;
    at = textEndAt(bytes, name.end);
  }
  return null;
}

function readLinks(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged();
  const links: [string, unknown][] = Object.entries(value);
  return Object.fromEntries(
    links.map(([field, id]) => {
      if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id)) throw damaged();
      return [field, id] as const;
    }),
  );
}

function readMarks(value: unknown): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value) || !value.every((mark): mark is string => typeof mark === 'string')) throw damaged();
  return value;
}

/** @param textsEach - Texts that make one item of the list. */
function readList(bytes: Uint8Array, at: number, textsEach: number): { texts: string[]; end: number } {
  if (at + 2 > bytes.length) throw damaged();
  const count = countAt(bytes, at) * textsEach;
  const texts: string[] = [];
  let end = at + 2;
  while (texts.length < count) {
    const read = readText(bytes, end);
    texts.push(read.text);
    end = read.end;
  }
  return { texts, end };
}

function countAt(bytes: Uint8Array, at: number): number {
  return (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch {
    // The cause is left out: JSON's message quotes the text.
    throw damaged();
  }
}

function damaged(): CofferError {
  return new CofferError('vault-damaged', say('main-records.record-its-overview-is-not-what-coffer-wrote'));
}
