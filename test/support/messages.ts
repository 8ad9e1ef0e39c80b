import { readFileSync } from 'node:fs';
import path from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { type Source, noSource, readSource, readSources } from './said';

const root = path.resolve(import.meta.dirname, '../..');

/** Message by key, as they stand in the file. */
export const messages = JSON.parse(readFileSync(path.join(root, 'preload/words/en.json'), 'utf8')) as Readonly<
  Record<string, string>
>;

/** What the library makes of a piece of a message. */
interface Part {
  readonly type: number;
  /** Of plain text the text, of everything else the name. */
  readonly value?: string;
  readonly children?: readonly object[];
  readonly options?: Readonly<Record<string, { readonly value?: readonly object[] }>> | null;
}
const literal = 0;

/** The sources of the screens. */
export function readScreens(): Source {
  return readSources(root, 'renderer', (file) => file.startsWith('renderer/features/parts/'));
}

/** The sources of the main process. */
export function readMain(): Source {
  return readSources(root, 'main', () => false);
}

/** What both read: the table of shortcuts. */
export function readShared(): Source {
  const shared = noSource();
  const file = 'preload/shortcuts.ts';
  readSource(file, readFileSync(path.join(root, file), 'utf8'), shared);
  return shared;
}

/**
 * Calls of `say` and the like with other values than their messages have places.
 *
 * @param source - Where they stand.
 */
export function wronglyAsked(source: Source): string[] {
  const wrong = source.asked.filter(({ key, values, isOneOfSome }) => {
    const places = placesOf(messages[key] ?? '');
    // Values that are not written out there: the types see what they are.
    if (values === null) return places.length === 0;
    return !hasAll(values, places) || (!isOneOfSome && !hasAll(places, values));
  });
  // Keys that come from a table: some call that takes its key from one gives what they need.
  const direct = new Set(source.asked.map(({ key }) => key));
  const ofTables = Object.keys(messages).filter((key) => source.strings.has(key) && !direct.has(key));
  const unmet = ofTables.filter((key) => {
    const places = placesOf(messages[key] ?? '');
    return !source.askedByTable.some(({ values }) => values !== null && hasAll(values, places));
  });
  return [...wrong.map(({ file, key }) => `${file}: ${key}`), ...unmet];
}

/** Names of the values and tags of a message, those inside its plurals too. */
function placesOf(message: string): string[] {
  return [...namesIn(new IntlMessageFormat(message, 'en').getAst())];
}

function namesIn(parts: readonly object[]): Set<string> {
  const names = new Set<string>();
  for (const { type, value, children = [], options = {} } of parts as readonly Part[]) {
    if (type !== literal && value !== undefined) names.add(value);
    const inside = [...children, ...Object.values(options ?? {}).flatMap((option) => option.value ?? [])];
    for (const name of namesIn(inside)) names.add(name);
  }
  for (const standard of ['b', 'bdi']) names.delete(standard);
  return names;
}

function hasAll(names: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((name) => names.includes(name));
}
