import type { ProfileOption } from './profile-lines';
import { type ProfileChange, cut, insertion, profileSection, removal, replacement } from './profile-text';
import type { SectionChange } from './section-change';
import { spliced, type Splice } from './text-lines';

/** A profile of one of AWS's two files. */
export type ProfilePlaceInFile = Pick<ProfileChange, 'file' | 'profile'>;

/**
 * What merging a profile changes.
 *
 * @param bytes - The file. What is taken out of it is copied.
 * @throws CofferError `bad-request` as `mergeProfile`.
 */
export function profileChange(bytes: Uint8Array, { file, profile, values }: ProfileChange): SectionChange {
  const section = profileSection(bytes, file, profile);
  const wrote = new Set<string>();
  const before = new Map<string, Uint8Array>();
  for (const [name, value] of values) {
    const option = section?.options.find((one) => one.name === name);
    const was = option === undefined ? null : rawValue(bytes, option);
    if (was !== null && value !== null && Buffer.compare(was, value) === 0) {
      was.fill(0);
      continue;
    }
    if (value !== null) wrote.add(name);
    if (was !== null) before.set(name, was);
  }
  return { isNew: section === null, wrote, before };
}

/**
 * Undoes a merge: options that were added go, values that were replaced come back, options that were taken out come back at the
 * section's end unless others stand there now, and the header goes too if it was made for them and nothing else is below it.
 * Every other byte stays.
 *
 * @param bytes - Not changed.
 * @param change - What the merge did. Its bytes stay the caller's.
 * @returns An array of its own, which the caller wipes.
 * @throws CofferError `bad-request` as `mergeProfile`.
 */
export function withoutProfile(
  bytes: Uint8Array,
  { file, profile }: ProfilePlaceInFile,
  { isNew, wrote, before }: SectionChange,
): Uint8Array {
  const section = profileSection(bytes, file, profile);
  if (section === null) return Uint8Array.from(bytes);
  const optionOf = (name: string) => section.options.find((one) => one.name === name);
  const ours = [...wrote].flatMap((name) => optionOf(name) ?? []);
  const gone = ours.filter(({ name }) => !before.has(name));
  const splices: Splice[] = ours.flatMap((option) => {
    const was = before.get(option.name);
    return was === undefined ? removal(option) : replacement(option, was);
  });
  const missing = [...before].filter(([name]) => optionOf(name) === undefined);
  if (missing.length > 0) splices.push(insertion(bytes, section, new Map(missing)));
  const last = section.options.at(-1);
  const end = last === undefined ? section.line.next : (last.continued.at(-1)?.next ?? last.line.next);
  // A section that goes on has a line in it that is no option.
  const isEmptied = gone.length === section.options.length && missing.length === 0 && section.end === end;
  return spliced(bytes, [...(isNew && isEmptied ? [cut(section.line)] : []), ...splices]);
}

/** A value as it stands there, with the lines that continue it; without the last line break. */
function rawValue(bytes: Uint8Array, { valueStart, line, continued }: ProfileOption): Uint8Array {
  const lines = [{ ...line, start: valueStart }, ...continued];
  const ranges = lines.map(({ start, end, next }, at) => bytes.subarray(start, at === lines.length - 1 ? end : next));
  const value = new Uint8Array(ranges.reduce((sum, range) => sum + range.length, 0));
  let at = 0;
  for (const range of ranges) {
    value.set(range, at);
    at += range.length;
  }
  return value;
}
